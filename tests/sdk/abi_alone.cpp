// The ABI as C++, from C++17 on.
#include "oddity/abi.h"

static_assert(ODDITY_THROUGH(oddity_window, columns) == sizeof(oddity_window), "the ABI of today");
