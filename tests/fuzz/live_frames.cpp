// Fuzzes what keeper and worker tell each other, were one of them to write anything at all.
//
// Input: how many bytes come at a time, then the stream.
//
// Holds:
// - the frames are the same, however the bytes come, and written again they are the bytes that were read;
// - the name of a series that is read is written to the same bytes;
// - memory is in proportion to the bytes, whatever lengths they claim.
#include <tuple>
#include <vector>

#include "exchange/frame.hpp"
#include "exchange/judged.hpp"
#include "fuzz.hpp"

namespace oddity::fuzz {
namespace {

using Frames = std::vector<std::tuple<live::FrameKind, std::uint64_t, std::string>>;

void check_name(std::string_view body) {
  live::SeriesName name;
  if (!live::SeriesName::read(body, name)) return;
  std::string again;
  name.write(again);
  require(again == body, "a name that was read is written to the same bytes");
}

Frames cut(std::string_view bytes, std::size_t step) {
  Frames frames;
  live::FrameCutter cutter;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    const std::string_view come = bytes.substr(at, step);
    come.copy(cutter.room(come.size()), come.size());
    cutter.filled(come.size());
    live::Frame frame;
    while (cutter.next(frame)) frames.emplace_back(frame.kind, frame.number, std::string(frame.body));
  }
  return frames;
}

void check(std::string_view bytes, std::size_t step) {
  const Held held;
  const Frames frames = cut(bytes, step);
  check_name(bytes);
  for (const auto& [kind, number, body] : frames) check_name(body);
  require_proportion(held, bytes.size(), 64);

  std::string again;
  for (const auto& [kind, number, body] : frames) live::append_frame(again, kind, number, body);
  require(bytes.starts_with(again), "frames written again are the bytes that were read");
  require(frames == cut(bytes, bytes.size() + 1), "the same frames, however they come");
}

}  // namespace
}  // namespace oddity::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  oddity::fuzz::Input input(data, size);
  const std::size_t step = std::size_t{1} + input.number<std::uint8_t>();
  oddity::fuzz::check(input.rest(), step);
  return 0;
}
