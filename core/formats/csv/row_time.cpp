// Where in a CSV the time of a row stands: in one column, or its date and its time of day in two.
#include <fmt/format.h>

#include <algorithm>

#include "csv/csv.hpp"
#include "row/diagnostic.hpp"

namespace oddity::formats {

/// Of several columns that may be the time one was taken.
void CsvParser::note_other_times() const {
  if (influx_ || !choice_.columns.time.empty() || !table_->has_time() || table_->unnamed_time) return;
  for (std::size_t i = 0; i < table_->names.size(); ++i) {
    const std::string& name = table_->names[i];
    const bool is_field =
        std::find(choice_.fields.begin(), choice_.fields.end(), name) != choice_.fields.end();
    if (i == table_->time || i == table_->date || is_field || !is_time_name(name)) continue;
    return note_(fmt::format("the time is taken from '{}', and not from '{}' (--time-column names another)",
                             excerpt(table_->names[table_->time]), excerpt(name)));
  }
}

/// The first row whose time can be read tells whether a column `time` is one of times of day, those of `date`.
bool CsvParser::read_time(Row& row, std::string& diagnostic) {
  const std::size_t time = table_->time;
  if (table_->clock) return read_date_and_clock(time, *table_->clock, row.time, diagnostic);
  const bool alone = times_.read(cell(time), row.time, diagnostic);
  if (!table_->date) return alone;
  const std::size_t date = *table_->date;
  if (!alone && !read_date_and_clock(date, time, row.time, diagnostic)) return false;
  table_->date.reset();
  if (alone) {
    note_(fmt::format("the time is taken from '{}', and not from '{}' (--time-column names another)",
                      excerpt(table_->names[time]), excerpt(table_->names[date])));
  } else {
    table_->time = date;
    table_->clock = time;
    note_(fmt::format("the time is taken from '{}' and '{}' together", excerpt(table_->names[date]),
                      excerpt(table_->names[time])));
  }
  begin_usual();
  return true;
}

bool CsvParser::read_date_and_clock(std::size_t date, std::size_t clock, std::int64_t& time,
                                    std::string& diagnostic) {
  return times_.read(fmt::format("{} {}", cell(date), cell(clock)), time, diagnostic);
}

/// Of a record with as many columns as the header.
bool CsvParser::has_readable_time() {
  std::int64_t time = 0;
  std::string none;
  if (table_->clock) return read_date_and_clock(table_->time, *table_->clock, time, none);
  return times_.read(cell(table_->time), time, none) ||
         (table_->date && read_date_and_clock(*table_->date, table_->time, time, none));
}

}  // namespace oddity::formats
