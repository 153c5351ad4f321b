// Fuzzes the reading of times by a format: %d/%m/%Y and its like, in any text.
//
// Input: which format, then the text.
//
// Holds:
// - what is read is a date of the calendar and a time of day, with an offset below a day; written plainly and
//   read again, it is the same;
// - a format that is offered for a text reads it.
#include <array>
#include <string>

#include "base/time.hpp"
#include "fuzz.hpp"
#include "row/time_format.hpp"

namespace oddity::fuzz {
namespace {

using formats::TimeFormat;

/// Every sign that people are likely to use, in some order.
const std::array<TimeFormat, 8>& known_formats() {
  static const std::array<TimeFormat, 8> known = {
      TimeFormat("%d/%m/%Y %H:%M:%S"),
      TimeFormat("%m/%d/%y %I:%M %p"),
      TimeFormat("%a, %d %b %Y %H:%M:%S %z"),
      TimeFormat("%Y%m%d%H%M%S"),
      TimeFormat("%B %e, %Y %r"),
      TimeFormat("%j of %Y, %T %Z"),
      TimeFormat("%F_%H.%M"),
      TimeFormat("%A %D %R %z"),
  };
  return known;
}

/// Of the years that 64 bits of nanoseconds reach.
void check_again(const ClockTime& clock) {
  const auto time = clock.utc(0);
  if (!time) return;
  static const TimeFormat plain("%Y-%m-%d %H:%M:%S");
  std::string text = format_time(*time);
  text[text.find('T')] = ' ';
  text.pop_back();  // the Z
  const auto again = plain.read(text);
  require(again && again->seconds == clock.seconds && again->nanoseconds == clock.nanoseconds,
          "a time that is written again is read to the same");
}

void check(const TimeFormat& format, std::string_view text) {
  const auto clock = format.read(text);
  if (!clock) return;
  require(clock->nanoseconds >= 0 && clock->nanoseconds < 1'000'000'000, "a fraction is one of a second");
  require(!clock->offset || std::abs(*clock->offset) < 24 * 3'600, "an offset is below a day");
  check_again(*clock);
}

void check_offered(std::string_view text) {
  for (const std::string& quoted : formats::likely_time_formats(text)) {
    const TimeFormat offered(quoted.substr(1, quoted.size() - 2));
    require(offered.read(text).has_value(), "a format that is offered reads the text");
  }
}

}  // namespace
}  // namespace oddity::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace oddity::fuzz;
  Input input(data, size);
  const auto which = input.number<std::uint8_t>();
  check(known_formats()[which % known_formats().size()], input.rest());
  if (which == 0xff && size % 16 == 4) check_offered(input.rest());  // seldom: it tries some hundred formats
  return 0;
}
