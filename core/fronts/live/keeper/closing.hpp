// What a run says of itself at its end: what was judged, and why the rest was not.
#pragma once

#include <string>
#include <vector>

#include "keeper/status.hpp"

namespace oddity::live {

struct ClosingLine {
  std::string text;
  bool warning = false;
};

/// Everything that came and was not judged stands in a line with its number and its reason; reasons that never were
/// have none.
std::vector<ClosingLine> closing_lines(const StatusNumbers& numbers);

/// Whether something came and nothing was judged. Where series are merely new, or their points wait, that is no
/// failure, unless series are forgotten, or detectors fail: then they will always be new.
bool nothing_was_judged(const StatusNumbers& numbers);

}  // namespace oddity::live
