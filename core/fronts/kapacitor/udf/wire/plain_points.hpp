// Takes the points of a batch many at once, as long as they are written as Kapacitor writes them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "wire/point.hpp"

namespace oddity::wire {

/// 1. PlainPoints plain(selection);
/// 2. plain.take(frames, columns) while a batch is open;
/// 3. the first frame that it leaves goes the general way (take_frame, read_request, decode_point), then again.
///
/// A point is plain where each of its parts is written in the usual way, each entry of a map as a key, a value
/// and nothing else, and where every chosen field is a finite double. All else, also what is malformed, is left
/// where it is: what take() appends is what decode_point would have appended.
///
/// Where a field stands among its point's fields is random, so that a branch on "is it this one" is guessed
/// wrong every other time. Hence names are compared, and values picked, by arithmetic.
class PlainPoints {
 public:
  explicit PlainPoints(const FieldSelection& selection);  ///< which outlives it

  /// Takes plain points off the front of `frames` and appends a row for each. How many.
  std::size_t take(Bytes& frames, PointColumns& out);

 private:
  /// A field's name, told from others by its length, its first eight bytes and its last eight; and where the
  /// point at hand has its value.
  struct Field {
    explicit Field(const std::string& name);

    std::string_view name;
    std::uint64_t first = 0, first_mask = 0;
    std::uint64_t last = 0;    ///< where it has more than eight
    std::size_t value_at = 0;  ///< its place in the body; 0: nowhere yet
    std::size_t repeated = 0;  ///< not 0: it is there twice
  };
  static constexpr std::size_t portion = 64;  ///< rows gathered before they are appended

  template <class Fields>
  std::size_t take_all(Bytes& frames, const Fields& chosen, PointColumns& out);
  template <class Fields>
  bool look_at(Bytes body, std::int64_t& time, Bytes& group, Fields& fields) const noexcept;
  template <class Fields>
  bool read_values(Bytes body, std::size_t row, const Fields& fields) noexcept;
  void append(std::size_t rows, PointColumns& out) const;

  std::vector<Field> fields_;
  std::array<std::int64_t, portion> times_{};
  std::vector<std::array<double, portion>> values_;
};

}  // namespace oddity::wire
