#include "conformance/instance.hpp"

#include <fmt/format.h>

#include "plugin/evaluation.hpp"
#include "state/sink.hpp"

namespace oddity::conformance {
namespace {

void require(std::string_view call, std::int32_t code, const std::string& reason) {
  if (code == ODDITY_OK) return;
  throw plugin::Failure(fmt::format("{} answered {} ({})", call,
                                    code == ODDITY_REFUSED ? "'refused'" : fmt::format("'broken', {}", code),
                                    reason.empty() ? "without a word" : reason));
}

}  // namespace

Instance::Instance(std::shared_ptr<const plugin::Algorithm> algorithm, std::uint32_t columns)
    : algorithm_(std::move(algorithm)), handle_(nullptr, Destroy{&algorithm_->table()}) {
  std::string reason;
  const oddity_sink error = state::appending_to(reason);
  handle_.reset(table().create(algorithm_->values().data(), columns, &error));
  if (!handle_) throw Refused(reason);
}

oddity_evaluation Instance::evaluate(const oddity_window& window, std::int32_t direction,
                                     double alpha) const {
  std::string reason;
  const oddity_sink error = state::appending_to(reason);
  const oddity_question question{sizeof question, direction, alpha};
  oddity_evaluation answer = plugin::blank_evaluation();
  require("evaluate", table().evaluate(handle(), &window, &question, &answer, &error), reason);
  return answer;
}

void Instance::update(const oddity_window& window, bool learn) {
  std::string reason;
  const oddity_sink error = state::appending_to(reason);
  require("update", table().update(handle(), &window, learn ? ODDITY_LEARN_YES : ODDITY_LEARN_NO, &error),
          reason);
}

std::string Instance::snapshot() const {
  std::string state;
  std::string reason;
  const oddity_sink bytes = state::appending_to(state);
  const oddity_sink error = state::appending_to(reason);
  require("snapshot", table().snapshot(handle(), &bytes, &error), reason);
  return state;
}

Instance::Restored Instance::restore(std::string_view state) {
  Restored restored;
  const oddity_sink error = state::appending_to(restored.reason);
  restored.code = table().restore(handle(), state.data(), state.size(), description().state_version, &error);
  return restored;
}

std::uint64_t Instance::footprint() const { return table().footprint(handle()); }

}  // namespace oddity::conformance
