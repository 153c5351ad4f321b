// In: bytes into frames, and a batch's points into columns.
#include <benchmark/benchmark.h>

#include <span>

#include "streams/streams.hpp"
#include "wire/frame.hpp"
#include "wire/plain_points.hpp"
#include "wire/point.hpp"
#include "wire/request.hpp"

namespace oddity::bench {
namespace {

/// One batch of a stream, from its begin to its end: the first frame is that of init.
std::string one_batch() {
  const Stream stream = batches_of_300(300);
  return stream.bytes.substr(stream.frames[1]);
}

/// Of that, the frames of its points alone.
std::string points_of_a_batch() {
  const Stream stream = batches_of_300(300);
  return stream.bytes.substr(stream.frames[2], stream.frames.back() - stream.frames[2]);
}

wire::Bytes bytes_of(const std::string& text) { return std::as_bytes(std::span(text)); }

void count_points(benchmark::State& state) {
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * 300);
}

void plain_points_take(benchmark::State& state) {
  const std::string frames = points_of_a_batch();
  const wire::FieldSelection fields({"hotend"});
  wire::PlainPoints plain(fields);
  wire::PointColumns columns(1);
  while (state.KeepRunning()) {
    columns.clear();
    wire::Bytes rest = bytes_of(frames);
    if (plain.take(rest, columns) != 300) state.SkipWithError("not all points are plain");
    benchmark::DoNotOptimize(columns.columns[0].data());
  }
  count_points(state);
}

/// The general way, for points that are not plain.
void decode_points_one_by_one(benchmark::State& state) {
  const std::string frames = points_of_a_batch();
  const wire::FieldSelection fields({"hotend"});
  wire::PointColumns columns(1);
  std::string storage;
  while (state.KeepRunning()) {
    columns.clear();
    wire::Bytes rest = bytes_of(frames), frame;
    while (wire::take_frame(rest, frame) == wire::FrameOutcome::complete && !frame.empty())
      wire::decode_point(wire::read_request(frame, storage).body, fields, columns);
    benchmark::DoNotOptimize(columns.columns[0].data());
  }
  count_points(state);
}

/// Where each frame of a batch ends.
void take_frames(benchmark::State& state) {
  const std::string batch = one_batch();
  while (state.KeepRunning()) {
    wire::Bytes rest = bytes_of(batch), frame;
    std::size_t frames = 0;
    for (; wire::take_frame(rest, frame) == wire::FrameOutcome::complete; ++frames)
      benchmark::DoNotOptimize(frame);
    if (frames != 302) state.SkipWithError("expected begin, 300 points and end");
  }
  count_points(state);
}

BENCHMARK(plain_points_take);
BENCHMARK(decode_points_one_by_one);
BENCHMARK(take_frames);

}  // namespace
}  // namespace oddity::bench
