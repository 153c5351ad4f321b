#include "evaluate/label_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "base/error.hpp"
#include "csv/csv_record.hpp"
#include "replay/line_source.hpp"

namespace oddity::evaluate {
namespace {

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1));
}

/// The fields of each line that is not blank; where a quote does not end in its line, what there is of it.
class Records {
 public:
  explicit Records(const std::filesystem::path& file) : source_(file.string()) {}

  bool next(std::vector<std::string>& cells) {
    for (std::string_view line; source_.next(line);) {
      if (source_.is_cut())
        throw Error(
            {fmt::format("{}:{}", source_.name(), this->line()), "", "", replay::LineSource::cut_diagnostic});
      record_.split(line);
      if (record_.size() == 0 || record_.blank()) continue;
      cells.clear();
      for (std::size_t i = 0; i < record_.size(); ++i) cells.push_back(trimmed(record_[i]));
      return true;
    }
    return false;
  }
  std::uint64_t line() const noexcept { return source_.line_number(); }

 private:
  replay::LineSource source_;
  formats::CsvRecord record_;
};

std::vector<std::size_t> places(const std::filesystem::path& file, std::span<const std::string> columns,
                                const std::vector<std::string>& header) {
  std::vector<std::size_t> found;
  std::vector<Diagnostic> lacking;
  for (const std::string& column : columns) {
    const auto at = std::find(header.begin(), header.end(), column);
    if (at == header.end()) {
      lacking.push_back({file.string() + ":1", "a column '" + column + "'",
                         header.empty() ? "nothing" : fmt::format("{}", fmt::join(header, ",")), ""});
    }
    found.push_back(static_cast<std::size_t>(at - header.begin()));
  }
  if (!lacking.empty()) throw Error(std::move(lacking));
  return found;
}

}  // namespace

std::vector<TableRow> read_table(const std::filesystem::path& file, std::span<const std::string> columns) {
  Records records(file);
  std::vector<std::string> cells;
  if (!records.next(cells)) cells.clear();
  const std::vector<std::size_t> wanted = places(file, columns, cells);
  std::vector<TableRow> rows;
  while (records.next(cells)) {
    TableRow& row = rows.emplace_back(TableRow{records.line(), {}});
    for (const std::size_t column : wanted) row.cells.push_back(column < cells.size() ? cells[column] : "");
  }
  return rows;
}

bool has_column(const std::filesystem::path& file, const std::string& column) {
  Records records(file);
  std::vector<std::string> header;
  return records.next(header) && std::find(header.begin(), header.end(), column) != header.end();
}

}  // namespace oddity::evaluate
