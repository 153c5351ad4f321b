#include "conformance/instance.hpp"

#include <fmt/format.h>

#include "conformance/answer.hpp"

namespace oddity::conformance {
namespace {

void require(std::string_view call, std::int32_t code, const std::string& reason) {
  if (code == ODDITY_OK) return;
  throw plugin::Failure(fmt::format("{} answered {} ({})", call,
                                    code == ODDITY_REFUSED ? "'refused'" : fmt::format("'broken', {}", code),
                                    reason.empty() ? "without a word" : reason));
}

std::int32_t append(void* context, const void* bytes, std::uint64_t size) noexcept {
  try {
    static_cast<std::string*>(context)->append(static_cast<const char*>(bytes),
                                               static_cast<std::size_t>(size));
    return 0;
  } catch (...) {
    return 1;
  }
}

}  // namespace

oddity_sink text_sink(std::string& text) noexcept { return {&text, &append}; }

Instance::Instance(std::shared_ptr<const plugin::Algorithm> algorithm, std::uint32_t columns)
    : algorithm_(std::move(algorithm)), handle_(nullptr, Destroy{&algorithm_->table()}) {
  std::string reason;
  const oddity_sink error = text_sink(reason);
  handle_.reset(table().create(algorithm_->values().data(), columns, &error));
  if (!handle_) throw Refused(reason);
}

oddity_evaluation Instance::evaluate(const oddity_window& window, std::int32_t direction,
                                     double alpha) const {
  std::string reason;
  const oddity_sink error = text_sink(reason);
  const oddity_question question{sizeof question, direction, alpha};
  oddity_evaluation answer = blank_answer();
  require("evaluate", table().evaluate(handle(), &window, &question, &answer, &error), reason);
  return answer;
}

void Instance::update(const oddity_window& window, bool learn) {
  std::string reason;
  const oddity_sink error = text_sink(reason);
  require("update", table().update(handle(), &window, learn ? ODDITY_LEARN_YES : ODDITY_LEARN_NO, &error),
          reason);
}

std::string Instance::snapshot() const {
  std::string state;
  std::string reason;
  const oddity_sink bytes = text_sink(state);
  const oddity_sink error = text_sink(reason);
  require("snapshot", table().snapshot(handle(), &bytes, &error), reason);
  return state;
}

Instance::Restored Instance::restore(std::string_view state) {
  Restored restored;
  const oddity_sink error = text_sink(restored.reason);
  restored.code = table().restore(handle(), state.data(), state.size(), description().state_version, &error);
  return restored;
}

std::uint64_t Instance::footprint() const { return table().footprint(handle()); }

}  // namespace oddity::conformance
