#include "ewma/ewma.hpp"

#include "oddity/export.hpp"

ODDITY_EXPORT_DETECTOR(oddity::plugins::Ewma)
