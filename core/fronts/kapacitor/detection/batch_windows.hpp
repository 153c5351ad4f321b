// Windows that Kapacitor made: begin, point..., end become a GroupWindow.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/log.hpp"
#include "detection/missing_fields.hpp"
#include "window/group_window.hpp"
#include "wire/batch.hpp"
#include "wire/plain_points.hpp"
#include "wire/point.hpp"

namespace oddity::window {

/// Points outside a batch and an end without a begin are dropped and counted; a second begin discards the
/// first batch. Buffers are reused from batch to batch.
class BatchWindows {
 public:
  BatchWindows(std::vector<std::string> fields, Log& log);

  /// False from any of these: the message is malformed, and skipped.
  bool begin(wire::Bytes body);
  bool point(wire::Bytes body);
  /// Takes plain points of the open batch off the front of `frames`.
  void points(wire::Bytes& frames);
  /// `finished`: the window, valid until the next call; nullptr when there is none.
  bool end(wire::Bytes body, const GroupWindow*& finished);

  /// Points and ends without a begin, and discarded batches.
  std::uint64_t dropped() const noexcept { return dropped_; }
  /// Points of batches that were begun and never ended: of those discarded, and of the one that is open.
  std::uint64_t unended_points() const noexcept {
    return discarded_points_ + (open_ ? points_.times.size() : 0);
  }

 private:
  wire::FieldSelection selection_;
  MissingFields missing_;
  wire::PlainPoints plain_;
  wire::PointColumns points_;
  wire::End end_;
  GroupWindow window_;
  bool open_ = false;
  std::uint64_t dropped_ = 0;
  std::uint64_t discarded_points_ = 0;
};

}  // namespace oddity::window
