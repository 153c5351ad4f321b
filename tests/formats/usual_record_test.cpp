// Whether CsvParser reads a line as a usual record or cell by cell makes no difference.
#include "csv/usual_record.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <cmath>
#include <string>
#include <vector>

#include "csv/csv.hpp"

namespace oddity::formats {
namespace {

const CsvChoice choice{{"x", "y"}, {"", {"host"}, ""}, {}};

std::string text_of(const Row& row) {
  std::string text = std::string(row.name) + '\n';
  for (const auto& [key, value] : row.tags) text += std::string(key) + '\n' + std::string(value) + '\n';
  text += std::to_string(row.time) + ' ' + std::to_string(row.texts);
  for (const double value : row.values)
    text += ' ' + (std::isnan(value) ? "missing" : std::to_string(std::bit_cast<std::uint64_t>(value)));
  for (const NoNumber& other : row.no_numbers)
    text += ' ' + std::to_string(other.field) + std::string(other.text);
  return text;
}

/// Reads by a parser; `cell_by_cell`: by quotes around the first cell, which change nothing but that it is not usual.
class Reader {
 public:
  explicit Reader(const std::string& header, bool cell_by_cell = false)
      : cell_by_cell_(cell_by_cell),
        parser_(
            choice, times_, [] { return std::string("a:1"); }, [](const std::string&) {}) {
    Row row;
    std::string diagnostic;
    parser_.parse(header, row, diagnostic);
  }
  std::string read(std::string line) {
    if (cell_by_cell_) {
      const std::size_t end = std::min(line.find(','), line.size());
      line = "\"" + line.substr(0, end) + "\"" + line.substr(end);
    }
    Row row;
    std::string diagnostic;
    const Parsed parsed = parser_.parse(line, row, diagnostic);
    return std::to_string(static_cast<int>(parsed)) + (parsed == Parsed::row       ? text_of(row)
                                                       : parsed == Parsed::nothing ? ""
                                                                                   : diagnostic);
  }

 private:
  const bool cell_by_cell_;
  TimeReader times_{Precision::s, ""};
  CsvParser parser_;
};

rc::Gen<std::string> cell(std::vector<std::string> texts) { return rc::gen::elementOf(texts); }

rc::Gen<std::string> lines() {
  const auto time = cell({"1", "1451606400", "9223372037", "-1", "1.5", "2024-03-01T09:10:00Z", "x", " 1"});
  const auto name = cell({"cpu", "cpu", "mem", "", " cpu ", "a\tb"});
  const auto host = cell({"a", "a", "b", "", " a", "#", "a;b"});
  const auto number = cell(
      {"1.5", "1.5", "-2", "", "0", "-0", "1e3", "nan", "ERR", " 1 ", "12345678901234567", "1.", "\"1\""});
  const auto end = cell({"", "", "", "\r", ",", ",1"});
  return rc::gen::map(rc::gen::tuple(time, name, host, number, number, end), [](const auto& parts) {
    return std::get<0>(parts) + ',' + std::get<1>(parts) + ',' + std::get<2>(parts) + ',' +
           std::get<3>(parts) + ",7," + std::get<4>(parts) + std::get<5>(parts);
  });
}

RC_GTEST_PROP(UsualRecord, IsReadAsCellByCell, ()) {
  const std::string header = "time,_measurement,host,x,other,y";
  const auto all = *rc::gen::container<std::vector<std::string>>(lines());
  Reader usual(header);
  Reader by_cell(header, true);
  for (int round = 0; round < 2; ++round) {
    for (const std::string& line : all) RC_ASSERT(usual.read(line) == by_cell.read(line));
  }
}

CsvTable table_of(const std::vector<std::string>& names) { return csv_table(names, {}, choice, ','); }

TEST(UsualRecord, IsOfATableWhoseColumnsMeanOneThingEach) {
  EXPECT_TRUE(UsualRecords::is_usual(table_of({"time", "_measurement", "host", "x", "y"}), ','));
  EXPECT_FALSE(UsualRecords::is_usual(table_of({"time", "_measurement", "host", "x", "y"}), ';'));
  EXPECT_FALSE(UsualRecords::is_usual(table_of({"time", "host", "x"}), ',')) << "a field is not there";
  const CsvChoice twice{{"x"}, {"", {"x"}, ""}, {}};
  EXPECT_FALSE(UsualRecords::is_usual(csv_table({"time", "x"}, {}, twice, ','), ','))
      << "a tag that is a field";
}

TEST(UsualRecord, OfAnotherTableIsAnotherSeries) {
  const CsvTable table = table_of({"time", "host", "x", "y"});
  CsvSeries first(table, 0);
  UsualRecords records(table, ',', 1);
  Row row;
  ASSERT_TRUE(records.read("1,a,2,3", first, row));
  EXPECT_EQ(row.known->number, 1u);
  ASSERT_TRUE(records.read("2,b,2,3", first, row));
  EXPECT_EQ(row.known->number, 2u);
  ASSERT_TRUE(records.read("2,a,2,3", first, row));
  EXPECT_EQ(row.known->number, 1u);
  CsvSeries second(table, first.numbers());
  ASSERT_TRUE(records.read("1,a,2,3", second, row));
  EXPECT_EQ(row.known->number, 3u);
}

}  // namespace
}  // namespace oddity::formats
