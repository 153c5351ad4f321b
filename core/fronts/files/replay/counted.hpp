// "1 point", "2 points".
#pragma once

#include <cstdint>
#include <string>

namespace oddity::replay {

inline std::string counted(std::uint64_t number, const std::string& one) {
  return std::to_string(number) + " " + one + (number == 1 ? "" : "s");
}

}  // namespace oddity::replay
