#include "base/running_call.hpp"

#include <algorithm>

namespace oddity {
namespace {

/// A signal handler takes no argument, so what it is to report must be reachable without one.
thread_local const RunningCall* running = nullptr;

template <class Append>
void describe_place(std::string_view use, bool has_group, std::string_view group, Append&& append) {
  append(use);
  if (!has_group) return;
  append(use.empty() ? "group '" : ", group '");
  append(group);
  append("'");
}

}  // namespace

void RunningCall::set_use(std::string_view use) {
  const std::lock_guard lock(mutex_);
  use_.set(use);
}

std::string RunningCall::what() const {
  const std::lock_guard lock(mutex_);
  if (detector_.size == 0) return "the agent";
  return "detector '" + std::string(detector_.view()) + "'";
}

std::string RunningCall::where() const {
  const std::lock_guard lock(mutex_);
  std::string text;
  describe_place(use_.view(), has_group_, group_.view(), [&](std::string_view part) { text += part; });
  return text;
}

void RunningCall::append_to(std::array<char, 1024>& out, std::size_t& used) const noexcept {
  const auto append = [&](std::string_view part) { used += part.copy(out.data() + used, out.size() - used); };
  append("detector '");
  append(detector_.view());
  append("' (");
  describe_place(use_.view(), has_group_, group_.view(), append);
  append(")");
}

const RunningCall* RunningCall::of_this_thread() noexcept { return running; }

RunningCall::Inside::Inside(RunningCall& call, std::string_view detector, const std::string* group)
    : call_(call) {
  const std::lock_guard lock(call.mutex_);
  call.detector_.set(detector);
  call.has_group_ = group != nullptr;
  if (group != nullptr) call.group_.set(*group);
  running = &call;
}

RunningCall::Inside::~Inside() {
  running = nullptr;
  const std::lock_guard lock(call_.mutex_);
  call_.detector_.size = 0;
  call_.has_group_ = false;
}

}  // namespace oddity
