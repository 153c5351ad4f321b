// A column of a CSV that nobody asked for, whose name says that it tells series apart.
#pragma once

#include <string>
#include <vector>

#include "csv/unused_texts.hpp"

namespace oddity::replay {

/// A sentence about the first of `columns` that is called as what is measured usually is (host, sensor, entity_id, ...) and has
/// several texts; empty: none is. Rows of one time may differ in any column; this is for where times are never the same.
std::string series_column(const std::vector<formats::UnusedTexts::Column>& columns);

}  // namespace oddity::replay
