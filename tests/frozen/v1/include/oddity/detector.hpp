// Everything a detector includes.
//
// A detector judges windows of numbers against what it has learned. It is a plain class: no base, no virtual.
//
// LIFE CYCLE of an instance (one for each group and field, unless the description says Fields::all)
//   1. `static constexpr Description description` is read without any instance.
//   2. The constructor receives every declared option, complete, checked, in order. It may refuse a
//      combination by throwing std::invalid_argument; the text reaches the user as an error of the task. An
//      instance is also built and thrown away when a task starts, for just this diagnostic.
//   3. restore(reader, version), at most once and before the first update: a state that snapshot wrote, of
//      any version from oldest_state_version to state_version. Throw StateError if it cannot be one.
//   4. evaluate(window, question) judges a window. It changes nothing.
//   5. update(window, learn) follows every window, after its verdict. Learn::yes: the fresh rows join the
//      baseline. Learn::no: running sums and recent values move on, the baseline does not.
//   6. snapshot(writer) at any time between windows.
//   7. The destructor.
//
// LAWS, tested on every detector by `oddity plugin check`
//   1. evaluate never changes state; same state, window and question, same bits.
//   2. restore(snapshot(x)) behaves as x for ever; snapshot(restore(s)) equals s byte for byte.
//   3. A p-value is in [0, 1], or absent (NaN) with an outcome that says why.
//   4. Instances share nothing. Different instances may be called from different threads at once, one
//      instance never is. No clock, no threads, no stdout, no hidden randomness.
//   5. Options do not change after construction.
//   6. Negated data swaps above and below (tests of spread excepted).
//   7. A judged window has the same fields every time: every declared output, and every standard field that
//      the description offers. An alert that names a field is silent about a window without it. A ratio that
//      has no finite value is the largest double with its sign, 0 where there is no difference; bounds
//      without a spread fall together with `expected`. ratio() and Evaluation::set_bounds() do so.
//
// Data is never an error: a constant window, one value, or numbers that overflow are
// an Evaluation with an outcome.
#pragma once

#include <concepts>
#include <cstdint>

#include "oddity/description.hpp"  // IWYU pragma: export
#include "oddity/evaluation.hpp"   // IWYU pragma: export
#include "oddity/options.hpp"      // IWYU pragma: export
#include "oddity/state.hpp"        // IWYU pragma: export
#include "oddity/tails.hpp"        // IWYU pragma: export
#include "oddity/window.hpp"       // IWYU pragma: export

namespace oddity {

/// What ODDITY_EXPORT_DETECTOR asks of a class. `footprint` is in bytes, the instance itself included.
template <class T>
concept Detector = std::constructible_from<T, const Options&> &&
    requires(T detector, const T fixed, const Window& window, const Question& question, Learn learn,
             StateWriter& writer, StateReader& reader, std::uint32_t version) {
  { T::description } -> std::convertible_to<const Description&>;
  { fixed.evaluate(window, question) } -> std::same_as<Evaluation>;
  {detector.update(window, learn)};
  {fixed.snapshot(writer)};
  {detector.restore(reader, version)};
  { fixed.footprint() } -> std::convertible_to<std::size_t>;
};

}  // namespace oddity
