#include "base/call_watch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace oddity {

CallWatch::CallWatch(std::chrono::milliseconds limit, Stuck stuck)
    : limit_(limit), stuck_(std::move(stuck)), thread_([this] { run(); }) {}

CallWatch::~CallWatch() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
}

CallWatch::Watched::Watched(CallWatch& watch, const RunningCall& running) : watch_(watch) {
  const std::lock_guard lock(watch.mutex_);
  place_ = watch.watched_.insert(watch.watched_.end(), Seen{&running});
}

CallWatch::Watched::~Watched() {
  const std::lock_guard lock(watch_.mutex_);
  watch_.watched_.erase(place_);
}

bool CallWatch::lasts_too_long(Seen& seen, Clock::time_point now) const {
  const std::uint64_t call = seen.running->runs() ? seen.running->begun() : 0;
  if (call == 0 || call != seen.call) {
    seen.call = call;
    seen.since = now;
    return false;
  }
  return now - seen.since >= limit_;
}

void CallWatch::run() {
  std::unique_lock lock(mutex_);
  const auto distance = std::max(limit_ / 10, std::chrono::milliseconds(1));
  while (!changed_.wait_for(lock, distance, [this] { return stopping_; })) {
    for (Seen& seen : watched_) {
      if (!lasts_too_long(seen, Clock::now())) continue;
      const std::string where = seen.running->where();
      stuck_(fmt::format("{} did not return within {} s{}", seen.running->what(),
                         std::chrono::duration<double>(limit_).count(),
                         where.empty() ? "" : " (" + where + ")"));
      return;
    }
  }
}

}  // namespace oddity
