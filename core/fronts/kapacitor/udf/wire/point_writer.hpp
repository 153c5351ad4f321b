// Writes a point's message by hand, harmless by construction: what a result takes is a dozen fields, and an object
// of libprotobuf's for each of them costs more than all that was judged.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

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
    size_ = 0;
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

  std::string_view body() const noexcept { return {bytes_.data(), size_}; }
  /// A point without one ends Kapacitor's task.
  bool has_field() const noexcept { return fields_ != 0; }

 private:
  /// Where so many more bytes can be written; written_to() then says how many were.
  char* room(std::size_t bytes) {
    if (bytes_.size() - size_ < bytes) bytes_.resize(2 * (size_ + bytes));
    return bytes_.data() + size_;
  }
  void written_to(const char* end) noexcept { size_ = static_cast<std::size_t>(end - bytes_.data()); }
  void part(int number, std::string_view text);
  void texts(int map, std::string_view key, std::string_view value);
  template <class PutValue>
  void entry(int map, std::string_view key, std::size_t value_bytes, PutValue&& put_value);

  std::vector<char> bytes_;  ///< of which the first `size_` are the body; kept from point to point
  std::size_t size_ = 0;
  int fields_ = 0;
};

}  // namespace oddity::wire
