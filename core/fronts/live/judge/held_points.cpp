#include "judge/held_points.hpp"

#include <algorithm>
#include <limits>
#include <vector>

namespace oddity::live {

void HeldPoints::add(const window::GroupIdentity& identity, std::int64_t time, double value) {
  if (lateness_ == 0) return sink_(identity, time, value);
  auto found = series_.find(identity.key);
  if (found == series_.end()) {
    found = series_.emplace(std::string(identity.key), Series{}).first;
    found->second.name = identity.name;
    found->second.tags = *identity.tags;
    found->second.latest = time;
  }
  Series& series = found->second;
  series.latest = std::max(series.latest, time);
  series.points.emplace(time, value);
  ++waiting_;
  std::int64_t until = std::numeric_limits<std::int64_t>::min();
  if (waiting_ > most_) {
    until = series.latest;
  } else {
    __builtin_sub_overflow(series.latest, lateness_, &until);
  }
  let_go(identity, series, until);
  if (series.points.empty()) series_.erase(found);
}

void HeldPoints::let_go(const window::GroupIdentity& identity, Series& series, std::int64_t until) {
  while (!series.points.empty() && series.points.begin()->first <= until) {
    const auto [time, value] = *series.points.begin();
    series.points.erase(series.points.begin());
    --waiting_;
    sink_(identity, time, value);
  }
}

void HeldPoints::save(StateWriter& out) const {
  std::vector<const std::pair<const std::string, Series>*> sorted;
  for (const auto& entry : series_) sorted.push_back(&entry);
  std::sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return a->first < b->first; });
  out.write(std::uint64_t{sorted.size()});
  for (const auto* const entry : sorted) {
    const Series& series = entry->second;
    out.write(std::string_view(entry->first));
    out.write(std::string_view(series.name));
    out.write(std::uint64_t{series.tags.size()});
    for (const auto& [key, value] : series.tags) {
      out.write(std::string_view(key));
      out.write(std::string_view(value));
    }
    out.write(series.latest);
    out.write(std::uint64_t{series.points.size()});
    for (const auto& [time, value] : series.points) {
      out.write(time);
      out.write(value);
    }
  }
}

void HeldPoints::restore(StateReader& in) {
  series_.clear();
  waiting_ = 0;
  for (std::uint64_t left = in.read_count(5 * 8); left > 0; --left) {
    const std::string_view key = in.read_text();
    Series series;
    series.name = in.read_text();
    for (std::uint64_t tags = in.read_count(8 + 8); tags > 0; --tags) {
      const std::string_view tag = in.read_text();
      series.tags.emplace_back(tag, in.read_text());
    }
    series.latest = in.read<std::int64_t>();
    for (std::uint64_t points = in.read_count(8 + 8); points > 0; --points) {
      const auto time = in.read<std::int64_t>();
      series.points.emplace(time, in.read_double());
    }
    if (series.points.empty()) continue;
    waiting_ += series.points.size();
    if (!series_.emplace(std::string(key), std::move(series)).second)
      throw StateError("a series stands twice among those that hold points");
  }
}

}  // namespace oddity::live
