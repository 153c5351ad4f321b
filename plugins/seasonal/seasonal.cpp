#include "seasonal/seasonal.hpp"

#include "oddity/export.hpp"

ODDITY_EXPORT_DETECTOR(oddity::plugins::Seasonal)
