#include "mad/mad.hpp"

#include "oddity/export.hpp"

ODDITY_EXPORT_DETECTOR(oddity::plugins::MedianAbsoluteDeviation)
