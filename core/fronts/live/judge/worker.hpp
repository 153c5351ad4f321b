// The process that judges. It may crash: the keeper starts another, from the last state.
#pragma once

#include <filesystem>

#include "base/log.hpp"
#include "judge/judge.hpp"
#include "setup/setup.hpp"

namespace oddity::live {

/// Where a state is taken up at the start, and where those that are asked for are written.
struct StatePlaces {
  std::filesystem::path restored;
  std::filesystem::path saved;
};

/// Restores the state, says so, and answers frames until there are no more; the process's exit code. A state that
/// cannot be used is laid aside, and the log says so.
int run_worker(const JudgeSettings& settings, setup::Ready& ready, const StatePlaces& state,
               SharedInHand& in_hand, Log& log);

}  // namespace oddity::live
