// Points wait for others that come late, and go on in order of their time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "oddity/state.hpp"
#include "window/time_windows.hpp"

namespace oddity::live {

/// 1. HeldPoints(lateness, most, sink), restore(state) at most once;
/// 2. add(identity, time, value) for each point; the sink is called, before add returns, for each point that
///    another of its series has left behind by `lateness`; save(state) between points.
///
/// A point that comes later than that goes on at once, out of order. Where more points than `most` wait, those of
/// the series at hand go on early.
class HeldPoints {
 public:
  using Sink = std::function<void(const window::GroupIdentity&, std::int64_t time, double value)>;
  /// `lateness`: ns of the data's time; 0: nothing waits.
  HeldPoints(std::int64_t lateness, std::size_t most, Sink sink)
      : lateness_(lateness), most_(most), sink_(std::move(sink)) {}

  void add(const window::GroupIdentity& identity, std::int64_t time, double value);
  std::size_t waiting() const noexcept { return waiting_; }

  /// Equal points give equal bytes.
  void save(StateWriter& out) const;
  /// Throws StateError, and holds nothing then.
  void restore(StateReader& in);

 private:
  struct Series {
    std::string name;
    window::Tags tags;
    std::multimap<std::int64_t, double> points;
    std::int64_t latest = 0;
  };
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  void let_go(const window::GroupIdentity& identity, Series& series, std::int64_t until);

  const std::int64_t lateness_;
  const std::size_t most_;
  Sink sink_;
  std::unordered_map<std::string, Series, Hash, std::equal_to<>> series_;
  std::size_t waiting_ = 0;
};

}  // namespace oddity::live
