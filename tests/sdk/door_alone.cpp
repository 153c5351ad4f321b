// The door as C++, from C++17 on.
#include "oddity/door.h"

static_assert(ODDITY_THROUGH(oddity_window, columns) == sizeof(oddity_window), "the door of today");
