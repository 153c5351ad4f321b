// The window that a front makes; its type is the library's.
#pragma once

#include "oddity/engine/group_window.hpp"  // IWYU pragma: export

namespace oddity::window {

using oddity::GroupWindow;
using oddity::Tags;

}  // namespace oddity::window
