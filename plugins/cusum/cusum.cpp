#include "cusum/cusum.hpp"

#include "oddity/export.hpp"

ODDITY_EXPORT_DETECTOR(oddity::plugins::Cusum)
