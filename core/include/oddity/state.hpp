// Writing and reading a detector's state: little-endian, bounded, checked.
//
// LIFE CYCLE
//   1. snapshot(writer) writes values one after another.
//   2. restore(reader, version) reads them in the same order, perhaps years later, in another process.
//   3. After it the host expects the end of the bytes: a state that goes on is refused.
#pragma once

#include <bit>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "oddity/abi.h"

namespace oddity {

/// A saved state that cannot be what a snapshot wrote: too short, too long, or with impossible numbers.
class StateError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Appends values to a sink. The layout is the detector's; version and checksum stand in the core's envelope.
class StateWriter {
 public:
  /// `sink` is the host's and has to outlive the writer. Every write throws StateError when it takes no more.
  explicit StateWriter(const oddity_sink& sink) noexcept : sink_(&sink) {}

  /// A whole number in as many bytes as its type has.
  template <std::unsigned_integral T>
  void write(T value) {
    unsigned char bytes[sizeof(T)];
    for (std::size_t i = 0; i < sizeof(T); ++i) bytes[i] = static_cast<unsigned char>(value >> (8 * i));
    write_raw(bytes, sizeof(T));
  }
  /// A whole number with its sign, in two's complement.
  template <std::signed_integral T>
  void write(T value) {
    write(static_cast<std::make_unsigned_t<T>>(value));
  }
  /// A double, bit for bit.
  void write(double value) { write(std::bit_cast<std::uint64_t>(value)); }
  /// Doubles one after another. Their count is not written: write it before, for read_count().
  void write(std::span<const double> values) { write_each(values); }
  /// Whole numbers one after another, handed to the sink at once; the same bytes as one by one. Nor is their count written.
  template <std::unsigned_integral T>
  void write(std::span<const T> values) {
    write_each(values);
  }
  /// A text with its length before it.
  void write(std::string_view text) {
    write(static_cast<std::uint64_t>(text.size()));
    write_raw(text.data(), text.size());
  }

 private:
  template <class T>
  void write_each(std::span<const T> values) {
    if constexpr (std::endian::native == std::endian::little) {
      write_raw(values.data(), values.size_bytes());
    } else {
      for (const T value : values) write(value);
    }
  }
  void write_raw(const void* bytes, std::size_t size) {
    if (size != 0 && sink_->write(sink_->context, bytes, size) != 0)
      throw StateError("the host takes no more state");
  }
  const oddity_sink* sink_;
};

/// Reads what StateWriter wrote. Every read is checked against the bytes that are there, before anything is
/// allocated; a failure throws StateError and usually means a damaged state or one of another version.
class StateReader {
 public:
  /// `bytes` are the host's and have to outlive the reader.
  explicit StateReader(std::span<const std::byte> bytes) noexcept : rest_(bytes) {}

  /// A whole number of this type.
  template <std::integral T>
  T read() {
    const auto bytes = take(sizeof(T));
    std::make_unsigned_t<T> value = 0;
    for (std::size_t i = sizeof(T); i-- > 0;) {
      value = static_cast<std::make_unsigned_t<T>>((sizeof(T) > 1 ? value << 8 : 0) |
                                                   std::to_integer<std::make_unsigned_t<T>>(bytes[i]));
    }
    return static_cast<T>(value);
  }
  /// A double, bit for bit: it may be NaN or infinite.
  double read_double() { return std::bit_cast<double>(read<std::uint64_t>()); }
  /// Fills `values`; refuses what is not finite.
  void read_finite(std::span<double> values) {
    for (double& value : values) {
      value = read_double();
      if (!std::isfinite(value)) throw StateError("a number in the state is not finite");
    }
  }
  /// A text that was written with its length; a view into the bytes.
  std::string_view read_text() {
    const std::uint64_t size = read_count(1);
    const auto bytes = take(static_cast<std::size_t>(size));
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
  /// A count of things of which each takes at least `bytes_each` of what follows.
  std::uint64_t read_count(std::size_t bytes_each) {
    const auto count = read<std::uint64_t>();
    if (count > rest_.size() / bytes_each) throw StateError("the state announces more than it holds");
    return count;
  }
  /// The next `size` bytes as they are; a view.
  std::span<const std::byte> take(std::size_t size) {
    if (size > rest_.size()) throw StateError("the state ends too early");
    const auto taken = rest_.first(size);
    rest_ = rest_.subspan(size);
    return taken;
  }
  /// How many bytes have not been read.
  std::size_t remaining() const noexcept { return rest_.size(); }
  /// Throws where bytes are left. ODDITY_EXPORT_DETECTOR calls it after restore, so a detector need not.
  void expect_end() const {
    if (!rest_.empty()) throw StateError("the state goes on after its end");
  }

 private:
  std::span<const std::byte> rest_;
};

}  // namespace oddity
