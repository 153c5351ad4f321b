#include "detection/missing_fields.hpp"

namespace oddity::window {
namespace {

const char* reason(std::uint8_t missing) noexcept {
  if ((missing & wire::missing_text) != 0) return "is a text";
  if ((missing & wire::missing_boolean) != 0) return "is a boolean";
  if ((missing & wire::missing_not_finite) != 0) return "is NaN or infinite";
  return "is not there";
}

}  // namespace

void MissingFields::tell(wire::PointColumns& points, std::string_view group) {
  for (std::size_t field = 0; field < told_.size(); ++field) {
    if (points.missing[field] == 0) continue;
    if (told_[field] == 0) {
      log_.line(
          "field '{}' of a point in group '{}' {}: taken as missing, not as 0 (logged once for each field)",
          selection_.name(field), group, reason(points.missing[field]));
    }
    told_[field] |= points.missing[field];
    points.missing[field] = 0;
  }
}

}  // namespace oddity::window
