// A detector without a fault; each bad plugin overrides one thing.
#pragma once

#include "oddity/export.hpp"

namespace bad {

struct Good {
  explicit Good(const oddity::Options&) {}
  oddity::Evaluation evaluate(const oddity::Window&, const oddity::Question&) const {
    oddity::Evaluation answer;
    answer.p = 0.5;
    return answer;
  }
  void update(const oddity::Window&, oddity::Learn) {}
  void snapshot(oddity::StateWriter& out) const { out.write(1.0); }
  void restore(oddity::StateReader& in, std::uint32_t) { in.read_double(); }
  std::size_t footprint() const noexcept { return sizeof *this; }
};

constexpr oddity::Description described(const char* name) {
  return {.name = name, .version = "1", .about = "Has one fault."};
}

}  // namespace bad
