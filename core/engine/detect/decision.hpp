// What follows from a p-value: concluded once, for everybody who shows it or acts on it.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace oddity::detect {

/// Of one detector, of the detectors that judge the same columns, or of a whole window.
struct Decision {
  /// The detector's own, in [0, 1]; NaN: it has none.
  double p = std::numeric_limits<double>::quiet_NaN();
  /// Against its own earlier answers, in (0, 1); NaN where that is not asked for.
  double calibrated = std::numeric_limits<double>::quiet_NaN();
  /// The one of the two that decided; NaN: nothing was judged.
  double deciding = std::numeric_limits<double>::quiet_NaN();
  /// What has to be above alpha for the window to be learned, by the rule of `Learned`; NaN: nothing was judged.
  double learning = std::numeric_limits<double>::quiet_NaN();
  /// Above 1 is anomalous, for every algorithm; NaN where nothing was judged.
  double score = std::numeric_limits<double>::quiet_NaN();
  /// In units of the usual variation; NaN where nobody asks for it.
  double magnitude = std::numeric_limits<double>::quiet_NaN();
  bool anomalous = false;  ///< the state of the window
  bool alarm = false;      ///< the event that somebody should hear of
  bool young = false;      ///< too few windows came before to know how rare alpha is
  bool learn = true;       ///< whether the window joins what is taken for normal

  bool judged() const noexcept { return !std::isnan(deciding); }
};

/// Which windows are learned, beside those of which nothing was said.
enum class Learned : std::uint8_t {
  normal,      ///< those that are not anomalous
  as_by_both,  ///< those of which neither p is below alpha
  /// Those whose deciding p is not below a tenth of alpha. One in a thousand normal windows lies below an alpha
  /// of 0.001: a history that learned none of these would come to vary less than the series does, so that the
  /// next ones lie farther out.
  not_clearly_anomalous
};

/// The overall p-value of k judgements: min(1, k · the smallest), the first step of Holm (1979, p. 66).
class LeastP {
 public:
  /// NaN: not judged, and not counted.
  void add(double p) noexcept {
    if (std::isnan(p)) return;
    ++judged_;
    min_ = std::fmin(min_, p);
  }
  /// NaN: none was judged.
  double overall() const noexcept {
    if (judged_ == 0) return std::numeric_limits<double>::quiet_NaN();
    return std::fmin(1.0, static_cast<double>(judged_) * min_);
  }

 private:
  std::size_t judged_ = 0;
  double min_ = 1;
};

/// 1. Decider decider(alpha);
/// 2. decide(p, calibrated) for each judgement that is shown or acted upon; call_normal() where it is rare
///    but small;
/// 3. Together several; several.add(decision) for each; several.decided_by(decider) for all of them.
class Decider {
 public:
  /// `alpha`: in (0, 1).
  explicit Decider(double alpha) noexcept : alpha_(alpha), log_alpha_(std::log(alpha)) {}

  /// By the calibrated p where there is one, else by p: anomalous below alpha.
  Decision decide(double p, double calibrated = std::numeric_limits<double>::quiet_NaN(),
                  Learned learned = Learned::normal) const noexcept;

  /// Takes back that a window is anomalous: its score is 1 then, and it is learned.
  void call_normal(Decision& decision) const noexcept;

  double alpha() const noexcept { return alpha_; }

 private:
  double alpha_;
  double log_alpha_;
};

/// Decisions about one window, gathered for one about all of them.
class Together {
 public:
  void add(const Decision& decision) noexcept {
    p_.add(decision.p);
    calibrated_.add(decision.calibrated);
    deciding_.add(decision.deciding);
    learning_.add(decision.learning);
    if (!(decision.magnitude <= magnitude_)) magnitude_ = decision.magnitude;
    young_ |= decision.young;
  }
  Decision decided_by(const Decider& decider) const noexcept {
    Decision decision = decider.decide(deciding_.overall());
    decision.p = p_.overall();
    decision.calibrated = calibrated_.overall();
    decision.learning = learning_.overall();
    decision.learn = !decision.judged() || decision.learning > decider.alpha();
    decision.magnitude = magnitude_;
    decision.young = young_;
    return decision;
  }

 private:
  LeastP p_;
  LeastP calibrated_;
  LeastP deciding_;
  LeastP learning_;
  double magnitude_ = std::numeric_limits<double>::quiet_NaN();
  bool young_ = false;
};

}  // namespace oddity::detect
