// Checks that the calls answer at all; nearly every other check stands on them.
#include <fmt/format.h>

#include <array>
#include <cstring>

#include "conformance/answer.hpp"
#include "conformance/candidate.hpp"
#include "conformance/checks.hpp"
#include "state/sink.hpp"

namespace oddity::conformance {
namespace {

Result check_creates(const Candidate& candidate) {
  for (int i = 0; i < 3; ++i) candidate.instance();
  std::string texts;
  for (const auto& [name, text] : candidate.usual_texts())
    texts += fmt::format("{}{}={}", texts.empty() ? "" : " ", name, text);
  return passed(texts);
}

Result check_evaluates(const Candidate& candidate) {
  const Instance instance = candidate.instance();
  Source source = candidate.source();
  for (int i = 0; i < 5; ++i) instance.evaluate(source.noise());
  return passed();
}

Result check_updates(const Candidate& candidate) {
  Instance instance = candidate.instance();
  Source source = candidate.source();
  play(instance, source);
  return passed();
}

Result check_judges(const Candidate& candidate) {
  constexpr int windows = 500;
  Instance instance = candidate.instance();
  Source source = candidate.source();
  for (int i = 0; i < windows; ++i) {
    const AbiWindow window = source.noise();
    if (judged(instance.evaluate(window)))
      return passed(i == 0 ? "from the first window on"
                           : fmt::format("after {} windows of {} rows", i, window.rows()));
    instance.update(window, true);
  }
  return warned(fmt::format("judged none of {} windows of {} rows", windows, Source::usual_rows));
}

/// A struct as a later version of the ABI would have it: with members behind those we know.
template <class Struct>
struct Later {
  Struct known;
  std::array<unsigned char, 64> appended;

  explicit Later(const Struct& from) : known(from) {
    appended.fill(0xa5);
    known.struct_size = sizeof *this;
  }
  bool untouched() const {
    for (const unsigned char byte : appended) {
      if (byte != 0xa5) return false;
    }
    return true;
  }
};

/// Judges and learns the window with later structs all round. Throws plugin::Failure.
oddity_evaluation judge_later(Instance& instance, const AbiWindow& window) {
  std::vector<Later<oddity_column>> columns;
  std::vector<const oddity_column*> pointers;
  for (std::uint32_t i = 0; i < window.abi().column_count; ++i)
    columns.emplace_back(*window.abi().columns[i]);
  for (const auto& column : columns) pointers.push_back(&column.known);
  Later<oddity_window> abi(window.abi());
  abi.known.columns = pointers.data();
  Later<oddity_question> question({sizeof(oddity_question), ODDITY_BOTH, Instance::usual_alpha});
  Later<oddity_evaluation> answer(plugin::blank_evaluation());

  std::string reason;
  const oddity_sink error = state::appending_to(reason);
  if (instance.table().evaluate(instance.handle(), &abi.known, &question.known, &answer.known, &error) !=
      ODDITY_OK)
    throw plugin::Failure(fmt::format("evaluate fails with a later ABI's structs: {}", reason));
  if (!answer.untouched())
    throw plugin::Failure("evaluate wrote to the part of the answer that it does not know");
  instance.update(abi.known, true);
  return answer.known;
}

Result check_later_structs(const Candidate& candidate) {
  Instance usual = candidate.instance();
  Instance later = candidate.instance();
  Source source = candidate.source();
  for (int i = 0; i < 60; ++i) {
    const AbiWindow window = source.noise();
    const oddity_evaluation expected = usual.evaluate(window);
    usual.update(window, true);
    if (!same_bits(expected, judge_later(later, window)))
      return failed(
          fmt::format("window {} is judged otherwise when it comes in a later ABI's structs", i + 1));
  }
  return passed();
}

}  // namespace

std::vector<Check> running_checks() {
  return {
      {"creates", "running", "option-defaults",
       "create makes an instance of the options it is checked with: the defaults, a size of 200, any "
       "permitted value for what else is required; and destroy ends it. A detector that cannot be made of "
       "its own defaults cannot be used without being configured. Where it needs other values, give them: "
       "oddity plugin check FILE --param name=value.",
       &check_creates},
      {"evaluates", "running", "creates",
       "A new instance, which has learned nothing, answers evaluate for ordinary windows (20 rows about "
       "20): with a p-value, or with an outcome that says why there is none. Every group starts so. Data is "
       "never an error: answer warming up instead of throwing.",
       &check_evaluates},
      {"updates", "running", "evaluates",
       "Sixty ordinary windows, some of them shifted, are judged and then learned or not, and no call "
       "fails. This is what every task does all day. What a call throws costs that window and the group's "
       "whole memory.",
       &check_updates},
      {"judges", "running", "finite-numbers",
       "Of 500 windows of 20 rows at least one is judged (otherwise a warning). A detector that warms up "
       "for longer is silent for days after each start, and nobody can tell it from a broken one. Judge as "
       "soon as there is anything to judge by.",
       &check_judges},
      {"later-structs", "running", "instances-apart",
       "Windows, columns, questions and answers that are larger than today's, as a later version of the "
       "ABI would hand them, are judged to the same bits, and nothing is written behind what the plugin "
       "knows. A plugin outlives the Oddity it was built for. Never compare struct_size for equality, reach "
       "columns by their pointers, and write no more of the answer than struct_size and your own sizeof "
       "both cover.",
       &check_later_structs},
  };
}

}  // namespace oddity::conformance
