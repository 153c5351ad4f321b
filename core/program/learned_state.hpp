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
/// 2. save(state, groups, log) when all is judged.
class LearnedState {
 public:
  explicit LearnedState(const std::string& file);
  /// `state`: in its envelope, with so many groups.
  void save(const std::string& state, std::size_t groups, Log& log);

 private:
  const std::string file_;
  std::unique_ptr<ResultFile> out_;
};

}  // namespace oddity::program
