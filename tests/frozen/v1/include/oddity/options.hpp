// The options that a detector's constructor receives: resolved, complete, checked, in declared order.
//
// LIFE CYCLE
//   1. The host resolves every declared option; ODDITY_EXPORT_DETECTOR wraps the values.
//   2. The constructor reads them by name and type, and may refuse a combination by std::invalid_argument.
//   3. The values outlive the instance, so views (texts, lists) may be kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "oddity/description.hpp"

namespace oddity {

/// A view; the values outlive every instance. To ask for an option that the description does not declare, or
/// as another type than declared, is a mistake of the detector: it throws std::logic_error, and create fails.
class Options {
 public:
  /// `values`: one for each of `specs`, in their order.
  Options(std::span<const OptionSpec> specs, const oddity_value* values, std::size_t columns) noexcept
      : specs_(specs), values_(values), columns_(columns) {}

  /// How many fields the instance will see in each window: 1 unless the description says Fields::all.
  std::size_t columns() const noexcept { return columns_; }

  /// The value of an option of type ODDITY_BOOL.
  bool boolean(std::string_view name) const { return *one<std::uint8_t>(name, ODDITY_BOOL) != 0; }
  /// The value of an option of type ODDITY_INT, within its bounds.
  std::int64_t integer(std::string_view name) const { return *one<std::int64_t>(name, ODDITY_INT); }
  /// The value of an option of type ODDITY_DOUBLE: finite, within its bounds.
  double number(std::string_view name) const { return *one<double>(name, ODDITY_DOUBLE); }
  /// The value of an option of type ODDITY_STRING, one of its choices where it has any.
  std::string_view text(std::string_view name) const { return *one<const char*>(name, ODDITY_STRING); }
  /// The value of an option of type ODDITY_DURATION, within its bounds.
  std::int64_t nanoseconds(std::string_view name) const { return *one<std::int64_t>(name, ODDITY_DURATION); }

  /// All values of an ODDITY_INT that may be given more than once, in the order given; may be empty.
  std::span<const std::int64_t> integers(std::string_view name) const {
    return all<std::int64_t>(name, ODDITY_INT);
  }
  /// All values of an ODDITY_DOUBLE that may be given more than once, in the order given; may be empty.
  std::span<const double> numbers(std::string_view name) const { return all<double>(name, ODDITY_DOUBLE); }
  /// All values of an ODDITY_STRING that may be given more than once, in the order given; may be empty.
  std::span<const char* const> texts(std::string_view name) const {
    return all<const char*>(name, ODDITY_STRING);
  }

 private:
  const oddity_value& find(std::string_view name, std::int32_t type) const {
    for (std::size_t i = 0; i < specs_.size(); ++i) {
      if (name != specs_[i].name) continue;
      if (specs_[i].type == type) return values_[i];
      throw std::logic_error("the detector reads its option '" + std::string(name) +
                             "' as another type than it declares");
    }
    throw std::logic_error("the detector reads an option '" + std::string(name) +
                           "' that it does not declare");
  }
  template <class T>
  std::span<const T> all(std::string_view name, std::int32_t type) const {
    const oddity_value& value = find(name, type);
    return {static_cast<const T*>(value.values), value.count};
  }
  template <class T>
  const T* one(std::string_view name, std::int32_t type) const {
    const auto values = all<T>(name, type);
    if (values.empty()) throw std::logic_error("the option '" + std::string(name) + "' has no value");
    return values.data();
  }

  std::span<const OptionSpec> specs_;
  const oddity_value* values_;
  std::size_t columns_;
};

}  // namespace oddity
