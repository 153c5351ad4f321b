// Which change of the data a detector notices, for checks that need one.
#pragma once

#include <optional>
#include <string_view>

#include "conformance/candidate.hpp"

namespace oddity::conformance {

/// A window's distribution, in standard deviations of the usual noise.
struct Change {
  std::string_view name;
  double shift;
  double deviation;
};

AbiWindow changed(Source& source, const Change& change, std::size_t rows = Source::usual_rows);

/// The first of a shift upward, downward, a wider and a narrower spread for which p is below `p`.
/// std::nullopt: the detector, taught with noise, notices none.
std::optional<Change> noticed(const Instance& instance, Source& source, double p = 0.001);

}  // namespace oddity::conformance
