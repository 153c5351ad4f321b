#include "streams/group_windows.hpp"

#include <cstring>

#include "standin/standin.hpp"

namespace oddity::bench {
namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t start = 1'451'606'400 * second;
constexpr std::string_view no_number = "00000000";
constexpr double no_value = 1234.56789;

std::vector<std::size_t> places_of(const std::string& text, std::string_view what) {
  std::vector<std::size_t> places;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size()))
    places.push_back(at);
  return places;
}

}  // namespace

GroupWindows::GroupWindows(std::size_t round) : noise_(2 * round + 1) {
  const std::string host = "server" + std::string(no_number);
  const std::int64_t begin = start + static_cast<std::int64_t>(round * points) * second;
  const auto size = static_cast<std::int64_t>(points);
  const test::Batch batch{"cpu", "host=" + host, {{"host", host}}, false, begin + size * second};
  frames_ = test::frame(test::begin_request(batch, size));
  for (std::int64_t i = 0; i < size; ++i)
    frames_ += test::frame(test::point_request(batch, begin + i * second, {{"value", no_value}}));
  frames_ += test::frame(test::end_request(batch));
  numbers_ = places_of(frames_, no_number);
  std::string bytes(sizeof no_value, '\0');
  std::memcpy(bytes.data(), &no_value, sizeof no_value);
  values_ = places_of(frames_, bytes);
}

void GroupWindows::append(std::string& stream, std::size_t group) {
  const std::size_t begin = stream.size();
  stream += frames_;
  char number[no_number.size()];
  for (std::size_t i = no_number.size(); i-- > 0; group /= 10)
    number[i] = static_cast<char>('0' + group % 10);
  for (const std::size_t place : numbers_) std::memcpy(stream.data() + begin + place, number, sizeof number);
  for (const std::size_t place : values_) {
    noise_ = noise_ * 6364136223846793005u + 1442695040888963407u;
    const double value = 50 + static_cast<double>(static_cast<std::int64_t>(noise_) >> 11) * 0x1p-52;
    std::memcpy(stream.data() + begin + place, &value, sizeof value);
  }
}

}  // namespace oddity::bench
