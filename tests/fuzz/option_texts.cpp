// Fuzzes the texts of single values: numbers, booleans, durations and times, as
// options, files and answers hold them.
//
// Holds: a text that is read is finite and has one value; what is printed is read again to the same value,
// for every value that there is (the first bytes of the input are taken as one, too).
#include <cmath>

#include "base/error.hpp"
#include "base/time.hpp"
#include "fuzz.hpp"
#include "options/parse.hpp"
#include "row/number.hpp"
#include "row/time_reader.hpp"

namespace oddity::fuzz {
namespace {

void check_whole(std::int64_t value) {
  require(options::parse_integer(std::to_string(value)) == value, "a printed whole number is read again");
  require(options::parse_duration(options::print_duration(value)) == value,
          "a printed duration is read again");
  require(parse_time(format_time(value)) == value, "a printed time is read again");
}

void check_number(double value) {
  if (!std::isfinite(value)) return;
  require(options::parse_number(options::print_number(value)) == value, "a printed number is read again");
  require(formats::parse_double(options::print_number(value)) == value,
          "a printed number is read from a file");
}

/// One sign at most, and a digit behind it.
bool looks_like_a_number(std::string_view text) {
  const std::size_t signs = text.find_first_not_of("+-");
  return signs != std::string_view::npos && signs <= 1;
}

void check_text(std::string_view text) {
  if (const auto whole = options::parse_integer(text)) {
    require(looks_like_a_number(text), "a whole number has one sign");
    check_whole(*whole);
  }
  if (const auto number = options::parse_number(text)) {
    require(std::isfinite(*number), "a number is finite");
    require(looks_like_a_number(text), "a number has one sign");
    require(formats::parse_double(text) == number, "a number in an option is the same in a file");
    check_number(*number);
  }
  if (const auto number = formats::parse_double(text)) {
    require(std::isfinite(*number) && looks_like_a_number(text), "a number in a file is finite");
    check_number(*number);
  }
  if (const auto duration = options::parse_duration(text)) check_whole(*duration);
  if (const auto bytes = options::parse_size(text)) {
    require(*bytes >= 0, "a size is not negative");
    require(options::parse_size(std::to_string(*bytes)) == bytes, "a printed size is read again");
  }
  // In a zone, too, where there are times that come twice, and times that never come.
  static formats::TimeReader local(formats::Precision::s, "Europe/Paris");
  std::int64_t local_time = 0;
  std::string diagnostic;
  require(local.read(text, local_time, diagnostic) || !diagnostic.empty(),
          "a time that cannot be read has a diagnostic");
  if (const auto time = parse_time(text)) {
    check_whole(*time);
    require(text.find_first_not_of("0123456789-+:.,/TtZz UTCGM") == std::string_view::npos,
            "a time has nothing else in it");
    const std::string_view time_of_day = text.substr(10, 9);  // of "2016-01-01T01:05:00+02:00"
    require(text.substr(0, 13).find('+') == std::string_view::npos && !time_of_day.starts_with("T-") &&
                !time_of_day.starts_with(" -"),
            "the numbers of a time have no sign");
  }
}

}  // namespace
}  // namespace oddity::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace oddity::fuzz;
  check_text(Input(data, size).rest());
  check_whole(Input(data, size).number<std::int64_t>());
  check_number(Input(data, size).number<double>());
  return 0;
}
