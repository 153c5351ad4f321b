// Nothing is allocated for a point: counted, from the point's bytes to the answer about its window.
#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include "detect/pipeline.hpp"
#include "detection/answers.hpp"
#include "detection/batch_windows.hpp"
#include "detection/stream_windows.hpp"
#include "oddity/export.hpp"
#include "standin/standin.hpp"
#include "support/log_pipe.hpp"
#include "ttest/ttest.hpp"
#include "zscore/zscore.hpp"

namespace {
std::atomic<std::size_t> allocations{0};
}

// Not inlined, or a compiler that sees free() where it looks for delete takes them for a mismatch.
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* const memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace oddity {
namespace {

/// A detector that is linked in, with the one option `size`.
template <class D>
detect::Plan plan_of(std::int64_t size) {
  plugin::Algorithm::Value value;
  value.integers = {size};
  const auto library = plugin::Library::linked(
      [](const oddity_host* host) { return detail::Exported<D>::entry(host); }, D::description.name);
  return {{"x"}, 0.001, {{std::make_shared<plugin::Algorithm>(library, std::vector{value}), ""}}};
}

/// The bytes of a batch as they come, made beforehand so that making them does not count.
struct Bytes {
  std::string begin, end;
  std::vector<std::string> points;
  std::string frames;  ///< of the same points
};

Bytes batch_of(int index, std::size_t rows) {
  const std::string place = "longer than what a std::string holds in itself";
  test::Batch batch{"cpu",
                    "host=a,place=" + place,
                    {{"place", place}, {"host", "a"}},
                    false,
                    (index + 2) * static_cast<std::int64_t>(rows)};
  Bytes bytes{test::begin_request(batch, 0).begin().SerializeAsString(),
              test::end_request(batch).end().SerializeAsString(),
              {},
              {}};
  for (std::size_t row = 0; row < rows; ++row) {
    const auto time = (index + 1) * static_cast<std::int64_t>(rows) + static_cast<std::int64_t>(row);
    const double value = std::sin(static_cast<double>(time * 7));
    const udf::Request request = test::point_request(batch, time, {{"y", 1}, {"x", value}});
    bytes.points.push_back(request.point().SerializeAsString());
    wire::append_varint(bytes.frames, request.ByteSizeLong());
    request.AppendToString(&bytes.frames);
  }
  return bytes;
}

/// Allocations of one batch of `rows` points and of its answer, when everything has reached its size. The points come
/// one by one, or many at once.
template <class D>
std::size_t allocations_of(std::size_t rows, bool at_once) {
  constexpr int warm_up = 30;
  test::LogPipe log;
  detect::Pipeline engine(plan_of<D>(1000), log.log);
  window::BatchWindows windows({"x"}, log.log);
  kapacitor::Answers answers(log.log);
  wire::Responses out;
  std::size_t counted = 0;
  for (int index = 0; index <= warm_up; ++index) {
    const Bytes bytes = batch_of(index, rows);
    const std::size_t before = allocations;
    windows.begin(wire::as_bytes(bytes.begin));
    wire::Bytes frames = wire::as_bytes(bytes.frames);
    if (at_once) windows.points(frames);
    for (const std::string& point : bytes.points)
      if (!at_once) windows.point(wire::as_bytes(point));
    const window::GroupWindow* window = nullptr;
    windows.end(wire::as_bytes(bytes.end), window);
    EXPECT_EQ(window->rows(), rows);
    answers.of_window(*window, engine.judge(*window), out);
    out.clear();
    counted = allocations - before;
  }
  return counted;
}

TEST(Allocation, NothingIsAllocatedForAWindowOfAnySize) {
  for (const std::size_t rows : {20u, 300u, 900u}) {
    for (const bool at_once : {true, false}) {
      EXPECT_EQ(allocations_of<plugins::TTest>(rows, at_once), 0u) << rows << at_once;
      EXPECT_EQ(allocations_of<plugins::ZScore>(rows, at_once), 0u) << rows << at_once;
    }
  }
}

/// The same for a point of a stream, which is a window or becomes part of one.
std::size_t allocations_of_a_point(const char* extent) {
  constexpr std::int64_t warm_up = 2000;
  test::LogPipe log;
  detect::Pipeline engine(plan_of<plugins::ZScore>(1000), log.log);
  window::StreamWindows windows({"x"}, *options::Extent::parse(extent), {}, log.log);
  std::size_t counted = 0;
  for (std::int64_t time = 0; time < warm_up + 100; ++time) {
    test::Batch group{"cpu", "host=a", {{"host", "a"}}, false, 0};
    udf::Request request =
        test::point_request(group, time, {{"y", 1}, {"x", std::sin(static_cast<double>(time * 7))}});
    request.mutable_point()->add_dimensions("host");
    const std::string body = request.point().SerializeAsString();
    const std::size_t before = allocations;
    const window::GroupWindow* window = nullptr;
    windows.point(wire::as_bytes(body), window);
    if (window != nullptr) engine.judge(*window);
    if (time >= warm_up) counted += allocations - before;
  }
  return counted;
}

TEST(Allocation, NothingIsAllocatedForAPointOfAStream) {
  for (const char* extent : {"0", "20", "30ns"}) EXPECT_EQ(allocations_of_a_point(extent), 0u) << extent;
}

}  // namespace
}  // namespace oddity
