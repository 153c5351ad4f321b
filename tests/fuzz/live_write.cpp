// Fuzzes the body of a write over HTTP.
//
// Input: the precision, the time of arrival, then the body.
//
// Holds:
// - every line of the body is good, bad, our own result, or nothing to be judged, and the first bad one is named in an
//   answer that is UTF-8 and a line;
// - what is good is good again when it is judged, line by line;
// - a line is the same row to the parser of every number and to that of chosen fields, or unreadable to both;
// - memory is in proportion to the body.
#include <nlohmann/json.hpp>

#include "exchange/lines.hpp"
#include "fuzz.hpp"
#include "http/write_request.hpp"
#include "line_protocol/line_protocol.hpp"
#include "rows.hpp"

namespace oddity::fuzz {
namespace {

using formats::LineParser;
using formats::Parsed;
using formats::Precision;
using formats::Row;

void check_row_of_every_number(const Row& every) {
  require(every.names.size() == every.values.size(), "each value has its name");
  check_row(every, every.names.size());
  for (auto name = every.names.begin(); name != every.names.end(); ++name)
    require(std::find(every.names.begin(), name, *name) == name, "no name stands twice");
}

bool same(double a, double b) {
  return std::isnan(a) ? std::isnan(b) : std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

void check_line(std::string_view line, Precision precision, std::int64_t arrival) {
  LineParser of_every{LineParser::EveryNumber{}, precision};
  of_every.set_times(precision, arrival);
  Row every;
  std::string diagnostic;
  const Parsed parsed = of_every.parse(line, every, diagnostic);
  std::vector<std::string> names;
  if (parsed == Parsed::row) {
    check_row_of_every_number(every);
    names.assign(every.names.begin(), every.names.end());
  }
  names.emplace_back("x");  // of two of a name the first counts
  LineParser of_chosen{names, precision};
  of_chosen.set_times(precision, arrival);
  Row chosen;
  std::string other;
  require(of_chosen.parse(line, chosen, other) == parsed && diagnostic == other, "both read it alike");
  if (parsed != Parsed::row) return;
  require(chosen.name == every.name && chosen.tags == every.tags && chosen.time == every.time &&
              chosen.fields_end == every.fields_end,
          "to the same series and time");
  for (std::size_t i = 0; i < every.values.size(); ++i)
    require(same(chosen.values[i], every.values[i]), "to the same values");
  require(std::isnan(chosen.values.back()), "no number is left out");
}

void check(std::string_view body, Precision precision, std::int64_t arrival) {
  const Held held;
  const live::WriteRequest request(body, precision, arrival);
  require_proportion(held, body.size(), 64);
  require(request.problem.empty() == (request.bad_lines == 0), "the first bad line is named");
  const std::string answer = request.error_json();
  require(nlohmann::json::accept(answer) && answer.find('\n') == answer.size() - 1,
          "the answer is a line of JSON");

  const live::WriteRequest again(request.good, precision, arrival);
  require(again.bad_lines == 0 && again.good_lines == request.good_lines && again.good == request.good,
          "what is good stays good");
  std::uint64_t lines = 0;
  for (std::string_view rest = body; !rest.empty();) {
    const std::size_t end = std::min(live::line_end(rest), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end);
    if (line.ends_with('\n')) line.remove_suffix(1);
    lines += LineParser::is_row(line) ? 1 : 0;
    check_line(line, precision, arrival);
  }
  require(lines == request.good_lines + request.bad_lines + request.own_results, "every line is counted");
}

}  // namespace
}  // namespace oddity::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  oddity::fuzz::Input input(data, size);
  const auto precision = oddity::fuzz::precision(input);
  const auto arrival = input.number<std::int64_t>();
  oddity::fuzz::check(input.rest(), precision, arrival);
  return 0;
}
