// Checks of update: which rows it takes in, and what learning or not means.
#include <fmt/format.h>

#include "conformance/answer.hpp"
#include "conformance/checks.hpp"
#include "conformance/reaction.hpp"
#include "conformance/sound_life.hpp"

namespace oddity::conformance {
namespace {

/// `stale` rows before those of `fresh`, which alone are fresh.
AbiWindow overlapping(const AbiWindow& stale, const AbiWindow& fresh, bool wants_sorted) {
  auto columns = stale.columns();
  for (std::size_t i = 0; i < columns.size(); ++i)
    columns[i].insert(columns[i].end(), fresh.columns()[i].begin(), fresh.columns()[i].end());
  auto times = stale.times();
  times.insert(times.end(), fresh.times().begin(), fresh.times().end());
  return AbiWindow(std::move(columns), std::move(times), wants_sorted).with_fresh(fresh.rows());
}

Result check_fresh_only(const Candidate& candidate) {
  const bool wants_sorted = candidate.description().wants_sorted;
  Instance one = candidate.instance();
  Instance other = candidate.instance();
  Source source = candidate.source();
  for (int i = 0; i < 40; ++i) {
    const AbiWindow stale = source.noise();
    const AbiWindow other_stale(source.noise(Source::usual_rows, 21, 2).columns(), stale.times(),
                                wants_sorted);
    const AbiWindow fresh = source.noise();
    one.update(overlapping(stale, fresh, wants_sorted), i % 4 != 3);
    other.update(overlapping(other_stale, fresh, wants_sorted), i % 4 != 3);
    const AbiWindow asked = source.noise();
    if (!same_bits(one.evaluate(asked), other.evaluate(asked)))
      return failed("two instances whose windows differ in rows that are not fresh learned different things");
  }
  return passed();
}

Result check_fresh_none(const Candidate& candidate) {
  Source source = candidate.source();
  for (const int learned : {0, 1, 20}) {
    Instance instance = candidate.instance();
    learn_noise(instance, source, learned);
    const bool before = judged(judge_soundly(instance, source.noise().abi(), "noise"));
    for (int i = 0; i < 6; ++i) instance.update(source.noise().with_fresh(0), i % 2 == 0);
    const bool after =
        judged(judge_soundly(instance, source.noise().abi(), "noise after updates without a fresh row"));
    if (before && !after) return failed("judges nothing any more after updates without a fresh row");
  }
  return passed();
}

Result check_learn_no(const Candidate& candidate) {
  if (candidate.description().gets_used_to_things())
    return skipped("it declares that it gets used to what it sees, learned or not");
  Instance instance = candidate.instance();
  Source source = candidate.source();
  learn_noise(instance, source, 40);
  const auto change = noticed(instance, source);
  if (!change) return skipped("it notices none of the changes tried");
  constexpr int windows = 100;
  for (int i = 0; i < windows; ++i) instance.update(changed(source, *change), false);
  const double p = instance.evaluate(changed(source, *change)).p;
  constexpr double normal_again = 0.01;
  if (!(p > normal_again)) return passed();
  return failed(
      fmt::format("{}, which was odd, has p = {:.3g} after {} such windows that were not to be learned",
                  change->name, p, windows));
}

Result check_learn_yes(const Candidate& candidate) {
  Instance instance = candidate.instance();
  Source source = candidate.source();
  learn_noise(instance, source, 40);
  const auto change = noticed(instance, source);
  if (!change) return skipped("it notices none of the changes tried");
  constexpr int windows = 200;
  for (int i = 0; i < windows; ++i) instance.update(changed(source, *change), true);
  int odd = 0;
  constexpr int asked = 20;
  for (int i = 0; i < asked; ++i) odd += instance.evaluate(changed(source, *change)).p < 0.001 ? 1 : 0;
  if (odd <= asked / 4) return passed();
  return warned(fmt::format("{} is still odd after {} such windows were learned", change->name, windows));
}

}  // namespace

std::vector<Check> learning_checks() {
  return {
      {"fresh-rows-only", "learning", "instances-apart",
       "Where windows overlap, update takes in the fresh rows, the last ones, and no other: two instances "
       "that were shown different stale rows answer alike. A row that is learned five times counts five "
       "times, and p is wrong by that. Use Window::fresh_values() in update, never column().values() or the "
       "window's mean.",
       &check_fresh_only},
      {"fresh-none", "learning", "finite-numbers",
       "A window without any fresh row, learned or not, leaves a detector that goes on judging. Late and "
       "repeated data makes such windows. A mean of no values is 0/0: return early when fresh() is 0.",
       &check_fresh_none},
      {"learn-no", "learning", "p-uniform",
       "A change that is odd stays odd (p below 0.01) although a hundred such windows went by that were not "
       "to be learned. Otherwise a fault that lasts becomes the new normal. Let Learn::no move running sums "
       "and recent values at most, never the baseline. A detector that is meant to get used to things "
       "declares offers_habituation, and is not asked.",
       &check_learn_no},
      {"learn-yes", "learning", "p-uniform",
       "A change is normal after two hundred such windows were learned (else a warning). With a size of 200 "
       "samples they are all that the detector should remember; one that has stopped to learn alarms for "
       "ever after the first change of season. Let the oldest samples leave.",
       &check_learn_yes},
  };
}

}  // namespace oddity::conformance
