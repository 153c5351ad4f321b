// Times in a form of their own, such as 03/04/2024 11:05 PM.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace oddity::formats {

/// 1. TimeFormat("%m/%d/%Y %I:%M %p"), which throws oddity::Error where the format tells no day, or an hour of twelve alone;
/// 2. read(text) for each time.
///
/// The signs are those of strptime(3), with English names; %S reads a fraction, too, and so does Python's %S.%f.
class TimeFormat {
 public:
  explicit TimeFormat(std::string format);

  /// std::nullopt: the text is not of that form, or there is no such time. A zone is read by %z; by %Z only UTC, GMT and Z,
  /// since of other names it is not known how far ahead they are.
  std::optional<ClockTime> read(std::string_view text) const;

  /// As it was given, in quotes, with a time that is written so: "'%d/%m/%Y', as 28/11/2016".
  const std::string& text() const noexcept { return text_; }

 private:
  std::string format_;
  std::string text_;
};

/// The formats by which a text can be read, in quotes for a command line: two where it does not tell whether the day or the
/// month comes first, none where it is no time that a format can tell.
std::vector<std::string> likely_time_formats(std::string_view text);

}  // namespace oddity::formats
