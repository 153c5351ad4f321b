// In: bytes into frames, and a batch's points into columns.
#include <benchmark/benchmark.h>

#include <cstring>
#include <span>

#include "agent/frame_cutter.hpp"
#include "agent/inbox.hpp"
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
  for (auto _ : state) {
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
  for (auto _ : state) {
    columns.clear();
    wire::Bytes rest = bytes_of(frames), frame;
    while (wire::take_frame(rest, frame) == wire::FrameOutcome::complete && !frame.empty())
      wire::decode_point(wire::read_request(frame, storage).body, fields, columns);
    benchmark::DoNotOptimize(columns.columns[0].data());
  }
  count_points(state);
}

/// What the reading thread does with bytes that have come: whole frames are handed on.
void cut_frames(benchmark::State& state) {
  std::string bytes;
  while (bytes.size() < agent::FrameCutter::read_bytes) bytes += one_batch();
  bytes.resize(agent::FrameCutter::read_bytes);
  const std::size_t points = bytes.size() / (one_batch().size() / 300);
  for (auto _ : state) {
    state.PauseTiming();
    agent::Inbox inbox(std::size_t{8} << 20);
    agent::FrameCutter cutter;
    std::memcpy(cutter.room(), bytes.data(), bytes.size());
    state.ResumeTiming();
    benchmark::DoNotOptimize(cutter.take(bytes.size(), inbox, [](wire::Bytes) {}));
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * points));
}

BENCHMARK(plain_points_take);
BENCHMARK(decode_points_one_by_one);
BENCHMARK(cut_frames);

}  // namespace
}  // namespace oddity::bench
