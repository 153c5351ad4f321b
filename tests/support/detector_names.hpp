// The names of our own detectors, as the program lists them.
#pragma once

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "own_detectors.hpp"

namespace oddity::test {

inline std::vector<std::string> detector_names() {
  std::vector<std::string> names(std::begin(own_detectors), std::end(own_detectors));
  std::sort(names.begin(), names.end());
  return names;
}

/// Separated by commas, as in errors.
inline std::string listed_detectors() {
  std::string text;
  for (const std::string& name : detector_names()) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace oddity::test
