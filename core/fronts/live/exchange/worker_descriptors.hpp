// The descriptors that a worker is started with.
#pragma once

namespace oddity::live {

inline constexpr int worker_in = 3;
inline constexpr int worker_out = 4;
inline constexpr int worker_in_hand = 5;

}  // namespace oddity::live
