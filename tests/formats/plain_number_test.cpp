#include "row/plain_number.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <charconv>
#include <string>

#include "row/number.hpp"

namespace oddity::formats {
namespace {

/// Texts of digits, signs and points, most of them numbers.
rc::Gen<std::string> decimals() {
  const auto digits = rc::gen::container<std::string>(rc::gen::inRange('0', static_cast<char>('9' + 1)));
  const auto sign = rc::gen::element<std::string>("", "", "-", "+");
  const auto point = rc::gen::element<std::string>(".", ".", "", ",", "e");
  return rc::gen::map(rc::gen::tuple(sign, digits, point, digits), [](const auto& parts) {
    return std::get<0>(parts) + std::get<1>(parts) + std::get<2>(parts) + std::get<3>(parts);
  });
}

struct Taken {
  bool taken = false;
  double value = 0;
  std::size_t size = 0;
};

Taken take(std::string_view text) {
  PlainDecimal number;
  const char* at = text.data();
  const bool taken = number.take(at, text.data() + text.size());
  return {taken, taken ? number.value() : 0, static_cast<std::size_t>(at - text.data())};
}

TEST(PlainDecimal, IsDigitsWithASignAndAPointBetweenThem) {
  EXPECT_EQ(take("12.5").value, 12.5);
  EXPECT_EQ(take("-0.001").value, -0.001);
  EXPECT_EQ(take("7").value, 7);
  EXPECT_EQ(std::bit_cast<std::uint64_t>(take("-0").value), std::bit_cast<std::uint64_t>(-0.0));
  for (const char* text : {"", "-", ".5", "5.", "+1", "x", "--1", "1234567890123456", "1.234567890123456"})
    EXPECT_FALSE(take(text).taken) << text;
}

TEST(PlainDecimal, EndsBeforeWhatIsNoDigit) {
  const Taken taken = take("1.5e3,y=2");
  EXPECT_EQ(taken.value, 1.5);
  EXPECT_EQ(taken.size, 3u) << "what follows is the reader's to judge";
}

RC_GTEST_PROP(PlainDecimal, IsWhatTheStandardLibraryReads, ()) {
  const std::string text = *decimals();
  const Taken taken = take(text);
  if (!taken.taken || taken.size != text.size()) return;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  RC_ASSERT(error == std::errc() && end == text.data() + text.size());
  RC_ASSERT(std::bit_cast<std::uint64_t>(value) == std::bit_cast<std::uint64_t>(taken.value));
}

RC_GTEST_PROP(PlainDecimal, TakesEveryShortNumber, (std::int64_t digits, std::uint8_t decimals)) {
  constexpr std::int64_t most = 1'000'000'000'000'000;
  std::string text = std::to_string(std::abs(digits % most));
  const std::size_t places = decimals % text.size();
  if (places != 0) text.insert(text.size() - places, 1, '.');
  if (digits < 0) text.insert(0, 1, '-');
  RC_ASSERT(take(text).taken);
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  RC_ASSERT(std::bit_cast<std::uint64_t>(value) == std::bit_cast<std::uint64_t>(take(text).value));
}

TEST(PlainWhole, HasAtMost63BitsAndNothingButDigits) {
  EXPECT_EQ(plain_whole("0"), 0);
  EXPECT_EQ(plain_whole("1451606400000000000"), 1'451'606'400'000'000'000);
  EXPECT_EQ(plain_whole("9223372036854775807"), std::numeric_limits<std::int64_t>::max());
  for (const char* text :
       {"", "-1", "+1", "1.0", "9223372036854775808", "9999999999999999999", "00000000000000000001",
        "1451606400 ", "12345678/", "1234567:", "/2345678", "\xb1\xb2"})
    EXPECT_EQ(plain_whole(text), std::nullopt) << text;
}

TEST(PlainWhole, EveryByteInEveryPlaceIsADigitOrNone) {
  for (std::size_t place = 0; place < 19; ++place) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string text = "1111111111111111111";
      text[place] = static_cast<char>(byte);
      const bool digit = byte >= '0' && byte <= '8';  // 9 111... is beyond 63 bits in no place but the first
      if (byte == '9') continue;
      EXPECT_EQ(plain_whole(text).has_value(), digit) << place << ' ' << byte;
    }
  }
}

RC_GTEST_PROP(PlainWhole, IsWhatTheStandardLibraryReads, (std::int64_t number)) {
  const std::string text = std::to_string(number);
  RC_ASSERT(plain_whole(text) == (number < 0 ? std::nullopt : std::optional(number)));
}

}  // namespace
}  // namespace oddity::formats
