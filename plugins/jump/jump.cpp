#include "jump/jump.hpp"

#include "oddity/export.hpp"

ODDITY_EXPORT_DETECTOR(oddity::plugins::Jump)
