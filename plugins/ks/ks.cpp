#include "ks/ks.hpp"

#include "oddity/export.hpp"

ODDITY_EXPORT_DETECTOR(oddity::plugins::KolmogorovSmirnov)
