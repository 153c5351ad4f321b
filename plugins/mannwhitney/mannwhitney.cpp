#include "mannwhitney/mannwhitney.hpp"

#include "oddity/export.hpp"

ODDITY_EXPORT_DETECTOR(oddity::plugins::MannWhitney)
