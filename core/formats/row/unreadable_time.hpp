// What is said of a text that is no time: the forms that are read, and what is wrong with one that people can read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace oddity::formats {

/// "expected a time, as ..., got '03/01/2024' (is the day or the month first? ...)". `text`: neither a number nor a clock.
/// `formats`: values of --time-format that would read it, for whoever has that option.
std::string unreadable_time(std::string_view text, const std::vector<std::string>& formats = {});

}  // namespace oddity::formats
