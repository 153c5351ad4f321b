#include "learned_state.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "replay/counted.hpp"
#include "state/envelope.hpp"
#include "state/state_file.hpp"

namespace oddity::program {

std::size_t load_state(const std::string& file, detect::Pipeline& engine, Log& log) {
  const std::string what = fmt::format("option '--load-state', '{}'", file);
  const std::string bytes = state::read_file(what, file);
  try {
    const auto restored = engine.restore(state::open(bytes));
    log.line("state loaded from '{}': {}, {}{}{}", file, replay::counted(restored.groups, "group"),
             replay::counted(restored.detectors, "detector"),
             restored.dropped.empty() ? "" : "; not used: ", restored.dropped);
    return restored.groups;
  } catch (const state::EnvelopeError& unusable) {
    throw Error({what, "a saved state", unusable.what(), "`oddity replay --save-state` writes one"});
  }
}

LearnedState::LearnedState(const std::string& file) : file_(file) {
  if (!file.empty()) out_ = std::make_unique<ResultFile>("--save-state", file);
}

void LearnedState::write(const std::string& state) {
  if (out_ != nullptr) out_->write(state);
}

void LearnedState::tell(std::size_t groups, Log& log) const {
  if (out_ == nullptr) return;
  log.line("state saved to '{}': {}", file_, replay::counted(groups, "group"));
}

}  // namespace oddity::program
