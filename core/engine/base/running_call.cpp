#include "base/running_call.hpp"

#include <thread>

namespace oddity {
namespace {

/// A signal handler takes no argument, so what it is to report must be reachable without one.
thread_local const RunningCall* running = nullptr;

template <class Append>
void describe_place(std::string_view use, std::optional<std::string_view> group, Append&& append) {
  append(use);
  if (!group) return;
  append(use.empty() ? "group '" : ", group '");
  append(*group);
  append("'");
}

}  // namespace

void RunningCall::set_use(std::string_view use) {
  const std::lock_guard lock(mutex_);
  use_size_ = use.copy(use_.data(), use_.size());
}

/// Either the call sees the reader and waits at its end, or the reader sees that it has ended: both write first and
/// look then, in one order of all (sequential consistency).
template <class Read>
std::string RunningCall::read(Read&& read) const {
  ++readers_;
  std::string text = read(current_.load());
  --readers_;
  return text;
}

std::string RunningCall::what() const {
  return read([](const Inside* inside) {
    return inside == nullptr ? std::string("the agent") : "detector '" + std::string(inside->detector_) + "'";
  });
}

std::string RunningCall::where() const {
  const std::lock_guard lock(mutex_);
  return read([&](const Inside* inside) {
    std::string text;
    describe_place({use_.data(), use_size_}, inside == nullptr ? std::nullopt : inside->group_,
                   [&](std::string_view part) { text += part; });
    return text;
  });
}

void RunningCall::append_to(std::array<char, 1024>& out, std::size_t& used) const noexcept {
  const auto append = [&](std::string_view part) { used += part.copy(out.data() + used, out.size() - used); };
  const Inside* const inside = current_.load(std::memory_order_relaxed);  // this thread's own, or nullptr
  if (inside == nullptr) return;
  append("detector '");
  append(inside->detector_);
  append("' (");
  describe_place({use_.data(), use_size_}, inside->group_, append);
  append(")");
}

const RunningCall* RunningCall::of_this_thread() noexcept { return running; }

RunningCall::Inside::Inside(RunningCall& call, std::string_view detector, const std::string* group) noexcept
    : call_(call), detector_(detector) {
  if (group != nullptr) group_ = *group;
  call_.begun_.store(call_.begun() + 1, std::memory_order_relaxed);
  call_.current_.store(this, std::memory_order_release);
  running = &call;
}

RunningCall::Inside::~Inside() {
  running = nullptr;
  call_.current_.store(nullptr);
  while (call_.readers_.load() != 0) std::this_thread::yield();
}

}  // namespace oddity
