#include "streams/streams.hpp"

#include <array>
#include <span>
#include <utility>

#include "standin/standin.hpp"
#include "wire/varint.hpp"

namespace oddity::bench {
namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t start = 1'451'606'400 * second;

/// Cheap noise about a mean.
class Noise {
 public:
  double next(double mean) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return mean + static_cast<double>(static_cast<std::int64_t>(state_) >> 11) * 0x1p-52;
  }
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(next(1) * 1e9) % count; }

 private:
  std::uint64_t state_ = 1;
};

void append(Stream& stream, const udf::Request& request) {
  stream.frames.push_back(stream.bytes.size());
  wire::append_varint(stream.bytes, request.ByteSizeLong());
  request.AppendToString(&stream.bytes);
}

/// Go writes a map of few entries in a random rotation: the order never helps a reader.
std::vector<std::pair<std::string, double>> rotated(std::span<const std::pair<std::string, double>> fields,
                                                    std::size_t by) {
  std::vector<std::pair<std::string, double>> turned;
  for (std::size_t i = 0; i < fields.size(); ++i) turned.push_back(fields[(i + by) % fields.size()]);
  return turned;
}

}  // namespace

Stream batches_of_300(std::size_t points) {
  Stream stream{"300 points a batch", "one group, three fields, history of 3600", {}, {}, 0};
  Noise noise;
  append(stream, test::Init().field("hotend").size(3600).alpha(0.001));
  test::Batch batch;
  for (std::size_t window = 0; window < points / 300; ++window) {
    batch.tmax = start + static_cast<std::int64_t>(window + 1) * 300 * second;
    append(stream, test::begin_request(batch, 300));
    for (std::size_t i = 0; i < 300; ++i, ++stream.points) {
      const std::array<std::pair<std::string, double>, 3> fields{
          {{"hotend", noise.next(220)}, {"bed", noise.next(90)}, {"air", noise.next(70)}}};
      append(stream, test::point_request(batch, start + static_cast<std::int64_t>(stream.points) * second,
                                         rotated(fields, noise.below(3))));
    }
    append(stream, test::end_request(batch));
  }
  return stream;
}

Stream a_thousand_groups(std::size_t points) {
  Stream stream{"1 000 groups", "20 points a batch, one field and one tag, history of 3600", {}, {}, 0};
  Noise noise;
  append(stream, test::Init().field("value").size(3600).alpha(0.001));
  for (std::size_t round = 0; round < points / 20'000; ++round) {
    for (int group = 0; group < 1000; ++group) {
      const std::string host = "server" + std::to_string(group);
      test::Batch batch{"cpu",
                        "host=" + host,
                        {{"host", host}},
                        false,
                        start + static_cast<std::int64_t>(round + 1) * 20 * second};
      append(stream, test::begin_request(batch, 20));
      for (std::int64_t i = 0; i < 20; ++i, ++stream.points) {
        append(stream,
               test::point_request(batch, start + (static_cast<std::int64_t>(round) * 20 + i) * second,
                                   {{"value", noise.next(50)}}));
      }
      append(stream, test::end_request(batch));
    }
  }
  return stream;
}

Stream single_points(std::size_t points, const std::string& algorithm) {
  Stream stream{"single points", "one group, one field, history of 3600", {}, {}, 0};
  Noise noise;
  append(stream, test::Init().field("value").size(3600).alpha(0.001).algorithm(algorithm));
  for (; stream.points < points; ++stream.points) {
    udf::Request request = test::point_request({}, start + static_cast<std::int64_t>(stream.points) * second,
                                               {{"value", noise.next(50)}});
    request.mutable_point()->set_name("cpu");
    append(stream, request);
  }
  return stream;
}

Stream windows_of_300(std::size_t points, const std::string& algorithm) {
  Stream stream{"300 points a batch", "one group, one field, history of 3600", {}, {}, 0};
  Noise noise;
  append(stream, test::Init().field("value").size(3600).alpha(0.001).algorithm(algorithm));
  test::Batch batch;
  while (stream.points < points) {
    batch.tmax = start + static_cast<std::int64_t>(stream.points + 300) * second;
    append(stream, test::begin_request(batch, 300));
    for (const std::size_t end = stream.points + 300; stream.points < end; ++stream.points) {
      append(stream, test::point_request(batch, start + static_cast<std::int64_t>(stream.points) * second,
                                         {{"value", noise.next(50)}}));
    }
    append(stream, test::end_request(batch));
  }
  return stream;
}

}  // namespace oddity::bench
