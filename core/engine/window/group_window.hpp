// The window that a front makes: the library's type under the name that the core uses.
#pragma once

#include "oddity/engine/group_window.hpp"  // IWYU pragma: export

namespace oddity::window {

using oddity::GroupWindow;
using oddity::Tags;

}  // namespace oddity::window
