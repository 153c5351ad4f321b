#include "http/write_request.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "exchange/lines.hpp"
#include "line_protocol/line_protocol.hpp"

namespace oddity::live {

std::optional<formats::Precision> precision_of(std::string_view text) noexcept {
  using formats::Precision;
  if (text.empty() || text == "n" || text == "ns") return Precision::ns;
  if (text == "u" || text == "us") return Precision::us;
  if (text == "ms") return Precision::ms;
  if (text == "s") return Precision::s;
  if (text == "m") return Precision::m;
  if (text == "h") return Precision::h;
  return std::nullopt;
}

WriteRequest::WriteRequest(std::string_view body, formats::Precision precision, std::int64_t arrival,
                           const ResultNames& own) {
  formats::LineParser parser(formats::LineParser::EveryNumber{}, precision);
  parser.set_times(precision, arrival);
  formats::Row row;
  std::string diagnostic;
  while (!body.empty()) {
    const std::size_t end = std::min(line_end(body), body.size());
    std::string_view line = body.substr(0, end);
    body.remove_prefix(end);
    if (line.ends_with('\n')) line.remove_suffix(1);
    const formats::Parsed parsed = parser.parse(line, row, diagnostic);
    if (parsed == formats::Parsed::nothing) continue;
    if (parsed == formats::Parsed::row && own.has(row.name)) {
      if (own_results++ == 0) own_name = row.name;
      continue;
    }
    if (parsed == formats::Parsed::row) {
      ++good_lines;
      good.append(line).append(1, '\n');
      continue;
    }
    if (bad_lines++ == 0) problem = fmt::format("unable to parse '{}': {}", line.substr(0, 200), diagnostic);
  }
}

std::string WriteRequest::error_json() const {
  const std::string others = bad_lines > 1 ? fmt::format(" (and {} more lines)", bad_lines - 1) : "";
  return live::error_json(good_lines + own_results == 0
                              ? problem + others
                              : fmt::format("partial write: {}{} dropped=0", problem, others));
}

std::string error_json(const std::string& text) {
  const nlohmann::json object{{"error", text}};
  return object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace oddity::live
