// What `oddity replay` learns, from one run to the next and on to the agent.
#pragma once

#include <memory>
#include <string>

#include "base/log.hpp"
#include "detect/pipeline.hpp"
#include "result_file.hpp"

namespace oddity::program {

/// Begins with what `file` holds, and logs how much of it is used. Throws oddity::Error where none of it can
/// be.
void load_state(const std::string& file, detect::Pipeline& engine, Log& log);

/// 1. LearnedState(file) before the work begins, which throws oddity::Error when nothing can be written there;
///    "" is none;
/// 2. save(engine, log) when all is judged.
class LearnedState {
 public:
  explicit LearnedState(const std::string& file);
  /// Equal state gives equal bytes: they name no run, and no window is open in them.
  void save(detect::Pipeline& engine, Log& log);

 private:
  const std::string file_;
  std::unique_ptr<ResultFile> out_;
};

}  // namespace oddity::program
