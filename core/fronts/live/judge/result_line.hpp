// Results as line protocol.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "oddity/engine/result_field.hpp"
#include "window/group_window.hpp"

namespace oddity::live {

/// Which of a window's results are written; empty: all.
using ChosenResults = std::vector<std::string>;

/// Appends "NAME,tags result=value,... time\n"; nothing where no result is chosen. `time`: in the unit that the
/// reader expects.
void append_result_line(std::string& out, std::string_view name, const window::Tags& tags,
                        std::span<const ResultField> fields, const ChosenResults& chosen, std::int64_t time);

/// Appends ",FIELD.result=value" for each chosen result, or ",oddity.FIELD.result=value" where `line`, which they are to follow, has a
/// field of that name: of two a database would keep one. False: one had to be called so.
bool append_further_fields(std::string& out, std::string_view line, std::string_view field,
                           std::span<const ResultField> fields, const ChosenResults& chosen);

}  // namespace oddity::live
