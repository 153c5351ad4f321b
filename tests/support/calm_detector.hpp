// A detector that does next to nothing, for tests of what surrounds it; each overrides what it needs.
#pragma once

#include "oddity/export.hpp"

namespace oddity::test {

struct Calm {
  explicit Calm(const Options&) {}
  Evaluation evaluate(const Window&, const Question&) const {
    Evaluation answer;
    answer.p = 0.5;
    return answer;
  }
  void update(const Window&, Learn) {}
  void snapshot(StateWriter& out) const { out.write(1.0); }
  void restore(StateReader& in, std::uint32_t) { in.read_double(); }
  std::size_t footprint() const noexcept { return sizeof *this; }
};

}  // namespace oddity::test
