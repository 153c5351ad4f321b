// Writes a point's message by hand, harmless by construction: what a result takes is a dozen fields, and an object
// of libprotobuf's for each of them costs more than all that was judged.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

#include "wire/field_reader.hpp"

namespace oddity::wire {

/// 1. PointWriter point;
/// 2. point.clear(), then its parts: in the order of their numbers in udf.proto they are, byte for byte, what
///    libprotobuf would write;
/// 3. responses.point(point).
///
/// Texts that are no UTF-8 are made such; a number that is not finite is left out. Parts with the value that a
/// reader takes for absent (an empty text, 0, false) are not written, but for the fields themselves.
class PointWriter {
 public:
  void clear() noexcept {
    body_.clear();
    fields_ = 0;
  }

  void time(std::int64_t nanoseconds);
  void name(std::string_view text);
  void database(std::string_view text);
  void retention_policy(std::string_view text);
  void group(std::string_view text);
  void dimension(std::string_view text);
  void tag(std::string_view key, std::string_view value);
  void number(std::string_view key, double value);
  void text(std::string_view key, std::string_view value);
  void by_name(bool grouped);
  void boolean(std::string_view key, bool value);

  std::string_view body() const noexcept { return body_; }
  /// A point without one ends Kapacitor's task.
  bool has_field() const noexcept { return fields_ != 0; }

 private:
  std::string body_;
  int fields_ = 0;
};

}  // namespace oddity::wire
