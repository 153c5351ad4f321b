// A detector whose answers are written in its data, for tests of the engine.
#pragma once

#include <algorithm>
#include <limits>
#include <memory>
#include <stdexcept>

#include "detect/plan.hpp"
#include "oddity/export.hpp"
#include "window/group_window.hpp"

namespace oddity::test {

/// Its p is the window's mean where that lies in [0, 1]; 2 makes it throw in evaluate, 3 in update, 4 answer
/// a p of 7, 5 throw in the next snapshot, 6 answer an infinite output, 7 an unknown outcome; above 10 it has
/// no p. It remembers the sum and the count of what it learned, and how many rows came without learning.
class Scripted {
 public:
  static constexpr OutputSpec outputs[] = {
      {.name = "learned", .unit = "", .about = "Rows learned so far."},
      {.name = "sum", .unit = "", .about = "Sum of what was learned."},
      {.name = "passed", .unit = "", .about = "Rows that came without learning."}};
  static constexpr Description description{
      .name = "scripted", .version = "1", .about = "Answers as its data say.", .outputs = outputs};

  explicit Scripted(const Options&) {}
  Evaluation evaluate(const Window& window, const Question&) const {
    const double mean = window.column().mean();
    if (mean == 2) throw std::runtime_error("as told");
    Evaluation answer;
    answer.outputs = {learned_, sum_, passed_};
    if (mean == 4) answer.p = 7;
    if (mean == 6) answer.outputs[1] = std::numeric_limits<double>::infinity();
    if (mean == 7) answer.outcome = static_cast<Outcome>(99);
    if (mean >= 0 && mean <= 1) answer.p = mean;
    if (mean > 10) answer.outcome = Outcome::warming_up;
    return answer;
  }
  void update(const Window& window, Learn learn) {
    if (window.column().mean() == 3) throw std::runtime_error("as told");
    spoilt_ = window.column().mean() == 5;
    const double fresh = static_cast<double>(window.fresh());
    (learn == Learn::yes ? learned_ : passed_) += fresh;
    for (const double value : window.fresh_values()) sum_ += learn == Learn::yes ? value : 0;
  }
  void snapshot(StateWriter& out) const {
    if (spoilt_) throw std::runtime_error("as told");
    out.write(learned_);
    out.write(sum_);
    out.write(passed_);
  }
  void restore(StateReader& in, std::uint32_t) {
    learned_ = in.read_double();
    sum_ = in.read_double();
    passed_ = in.read_double();
  }
  std::size_t footprint() const noexcept { return sizeof *this; }

 private:
  double learned_ = 0;
  double sum_ = 0;
  double passed_ = 0;
  bool spoilt_ = false;
};

/// Its p is the window's mean, its reason the place of the window's first value times ten.
class Reasoned : public Scripted {
 public:
  using Scripted::Scripted;
  static constexpr const char* reasons[] = {"first", "second"};
  static constexpr Description description{
      .name = "reasoned", .version = "1", .about = "Says why.", .reasons = reasons};
  Evaluation evaluate(const Window& window, const Question&) const {
    Evaluation answer;
    answer.p = window.column().mean();
    answer.reason = static_cast<std::int32_t>(window.column().values()[0] * 10) - 1;
    return answer;
  }
};

/// Declares an effect and gives none where the window's mean is 1; answers undefined where it is above 10.
class Forgetful {
 public:
  static constexpr OutputSpec outputs[] = {{.name = "y", .unit = "", .about = "Half of the mean."}};
  static constexpr Description description{.name = "forgetful",
                                           .version = "1",
                                           .about = "Leaves out what it declares.",
                                           .outputs = outputs,
                                           .offers = offers_effect};
  explicit Forgetful(const Options&) {}
  Evaluation evaluate(const Window& window, const Question&) const {
    Evaluation answer;
    const double mean = window.column().mean();
    if (mean > 10) {
      answer.outcome = Outcome::undefined;
      return answer;
    }
    answer.p = 0.5;
    answer.outputs[0] = mean / 2;
    if (mean != 1) answer.effect = mean;
    return answer;
  }
  void update(const Window&, Learn) {}
  void snapshot(StateWriter&) const {}
  void restore(StateReader&, std::uint32_t) {}
  std::size_t footprint() const noexcept { return sizeof *this; }
};

/// Judges all fields together: p is the smallest mean.
class Together {
 public:
  static constexpr Description description{
      .name = "together", .version = "1", .about = "Judges all fields at once.", .fields = Fields::all};
  explicit Together(const Options& given) : columns_(given.columns()) {}
  Evaluation evaluate(const Window& window, const Question&) const {
    Evaluation answer;
    answer.p = 1;
    for (std::size_t i = 0; i < columns_; ++i) answer.p = std::min(answer.p, window.column(i).mean());
    return answer;
  }
  void update(const Window&, Learn) {}
  void snapshot(StateWriter&) const {}
  void restore(StateReader&, std::uint32_t) {}
  std::size_t footprint() const noexcept { return sizeof *this; }

 private:
  std::size_t columns_;
};

/// Answers with the number of the direction it was asked for.
class Echoing {
 public:
  static constexpr OutputSpec outputs[] = {{.name = "asked", .unit = "", .about = "The direction."}};
  static constexpr Description description{.name = "echoing",
                                           .version = "1",
                                           .about = "Tells what it is asked.",
                                           .outputs = outputs,
                                           .directions = serves_all_directions};
  explicit Echoing(const Options&) {}
  Evaluation evaluate(const Window&, const Question& question) const {
    Evaluation answer;
    answer.p = 0.5;
    answer.outputs[0] = static_cast<double>(question.direction);
    return answer;
  }
  void update(const Window&, Learn) {}
  void snapshot(StateWriter&) const {}
  void restore(StateReader&, std::uint32_t) {}
  std::size_t footprint() const noexcept { return sizeof *this; }
};

template <class D>
detect::ChosenAlgorithm chosen() {
  const auto library = plugin::Library::linked(
      [](const oddity_host* host) { return oddity::detail::Exported<D>::entry(host); }, D::description.name);
  return {std::make_shared<plugin::Algorithm>(library, std::vector<plugin::Algorithm::Value>()), ""};
}

inline detect::Plan plan_of(std::vector<std::string> fields,
                            std::vector<detect::ChosenAlgorithm> algorithms) {
  detect::Plan plan(std::move(fields), 0.05, std::move(algorithms));
  plan.calibrate = options::Calibrate::none;  // the p that the data write is the one that decides
  return plan;
}

/// A window of one field until `end`, its rows at the given times.
inline window::GroupWindow window_of(std::vector<std::int64_t> times,
                                     std::vector<std::vector<double>> columns, std::int64_t end,
                                     std::string group = "") {
  window::GroupWindow window;
  window.group = std::move(group);
  window.times = std::move(times);
  window.columns = std::move(columns);
  window.end = end;
  return window;
}

}  // namespace oddity::test
