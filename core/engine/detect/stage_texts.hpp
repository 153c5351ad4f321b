// Where the stages of one group write what they remember, until all of it is written as one.
#pragma once

#include <concepts>
#include <cstddef>
#include <list>
#include <string>
#include <utility>
#include <vector>

#include "detect/saved_state.hpp"
#include "oddity/state.hpp"
#include "state/sink.hpp"

namespace oddity::detect {

/// 1. add() for each stage that has something to remember;
/// 2. stages(): they refer to texts that live as long as this object.
class StageTexts {
 public:
  template <class Write>
  requires std::invocable<Write, StateWriter&>
  void add(Stage stage, std::size_t spec, Write&& write) {
    std::string text;
    const oddity_sink sink = state::appending_to(text);
    StateWriter writer(sink);
    write(writer);
    add(stage, spec, std::move(text));
  }
  void add(Stage stage, std::size_t spec, std::string bytes) {
    stages_.push_back({stage, spec, texts_.emplace_back(std::move(bytes))});
  }

  const std::vector<SavedStage>& stages() const noexcept { return stages_; }

 private:
  std::list<std::string> texts_;
  std::vector<SavedStage> stages_;
};

}  // namespace oddity::detect
