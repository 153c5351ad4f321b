// Says why values of watched fields are missing, once for each field.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/log.hpp"
#include "wire/point.hpp"

namespace oddity::window {

/// 1. MissingFields missing(selection, log);
/// 2. missing.tell(points, group) whenever rows of one group have come: the reasons in `points` are cleared.
class MissingFields {
 public:
  MissingFields(const wire::FieldSelection& selection, Log& log)
      : selection_(selection), log_(log), told_(selection.size()) {}

  void tell(wire::PointColumns& points, std::string_view group);

 private:
  const wire::FieldSelection& selection_;
  Log& log_;
  std::vector<std::uint8_t> told_;  ///< one a field: the reasons met so far
};

}  // namespace oddity::window
