// What `oddity replay` learns, from one run to the next and on to the agent.
#pragma once

#include <memory>
#include <string>

#include "base/log.hpp"
#include "detect/pipeline.hpp"
#include "result_file.hpp"

namespace oddity::program {

/// Begins with what `file` holds, and logs how much of it is used. Throws oddity::Error where none of it can
/// be. How many groups it has.
std::size_t load_state(const std::string& file, detect::Pipeline& engine, Log& log);

/// 1. LearnedState(file) before the work begins, which throws oddity::Error when nothing can be written there;
///    "" is none;
/// 2. write(state) when all is judged, then finish() of file(), which may be none, and tell(groups, log).
class LearnedState {
 public:
  explicit LearnedState(const std::string& file);
  /// `state`: in its envelope.
  void write(const std::string& state);
  ResultFile* file() noexcept { return out_.get(); }
  void tell(std::size_t groups, Log& log) const;

 private:
  const std::string file_;
  std::unique_ptr<ResultFile> out_;
};

}  // namespace oddity::program
