// A row of the table of the core's options: what an option is, where it may stand, and which member of a
// struct takes its value.
//
// A row is made from the spec of an option and a pointer to the member. The compiler checks that both are of
// one type: bool, whole numbers and durations (in nanoseconds), double, text, a list of texts, an enumeration
// for a choice among words (in the same order), or a class of its own for a text with a form (HasForm).
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "oddity/description.hpp"
#include "options/resolved.hpp"

namespace oddity::options {

/// Where an option may be given.
enum Place : unsigned { in_tickscript = 1, in_yaml = 2, on_command_line = 4, anywhere = 7 };

/// Whether an option may have the ends of its range as values.
enum class Ends { included, excluded };

/// A value that is written as a text with a form of its own, such as '1/7d' or either '30m' or '5'.
template <class T>
concept HasForm = requires(std::string_view text, const T value) {
  { T::form } -> std::convertible_to<const char*>;  // "a number of alarms in a time, such as 1/7d"
  { T::parse(text) } -> std::same_as<std::optional<T>>;
  { value.text() } -> std::same_as<std::string>;
};

/// Where a value that resolve() has checked goes to, and back as it would be printed.
template <class Values>
struct Member {
  void (*store)(Values&, const OptionSpec&, const Resolved&) = nullptr;
  Resolved (*load)(const Values&, const OptionSpec&) = nullptr;
  const char* form = nullptr;  ///< what is expected of a text, where it has a form
  bool (*has_form)(std::string_view) = nullptr;
};

/// One option. The member's initialiser is its default value, unless it is required.
template <class Values>
struct Row {
  OptionSpec spec;
  /// Of nullptrs: the value is handed on to the detectors that declare the option.
  Member<Values> member{};
  /// A value as it stands in YAML, for docs and errors.
  const char* example = nullptr;
  /// "an alpha value": what is missing where nobody gives it; nullptr: not required.
  const char* missing = nullptr;
  /// The option that may be given in place of a required one.
  const char* instead = nullptr;
  unsigned places = anywhere;
  Ends ends = Ends::included;

  constexpr std::string_view name() const noexcept { return spec.name; }
  constexpr bool required() const noexcept { return missing != nullptr; }
  constexpr bool may_stand(Place place) const noexcept { return (places & place) != 0; }
  /// An option of the detectors' own that has the same name in all of them.
  constexpr bool handed_on() const noexcept { return member.store == nullptr; }
  /// Texts of a list are names: none is empty, and none stands there twice.
  constexpr bool lists_names() const noexcept { return spec.type == ODDITY_STRING && spec.list != 0; }

  constexpr Row shown_as(const char* text) const {
    Row row = *this;
    row.example = text;
    return row;
  }
  constexpr Row required_as(const char* what) const {
    Row row = *this;
    row.missing = what;
    return row;
  }
  constexpr Row or_else(const char* option) const {
    Row row = *this;
    row.instead = option;
    return row;
  }
  constexpr Row only(unsigned where) const {
    Row row = *this;
    row.places = where;
    return row;
  }
  constexpr Row without_ends() const {
    Row row = *this;
    row.ends = Ends::excluded;
    return row;
  }

  void store(Values& to, const Resolved& value) const { member.store(to, spec, value); }
  /// The value that `from` has, as it would stand in YAML.
  std::string text(const Values& from) const { return member.load(from, spec).text(); }
};

namespace detail {

/// Which word of "slow|fast" is meant; the enumerators stand in the same order.
constexpr std::size_t place_among(std::string_view choices, std::string_view word) noexcept {
  std::size_t place = 0;
  while (choices.substr(0, choices.find('|')) != word) {
    choices.remove_prefix(choices.find('|') + 1);
    ++place;
  }
  return place;
}
constexpr std::string_view word_at(std::string_view choices, std::size_t place) noexcept {
  for (; place != 0; --place) choices.remove_prefix(choices.find('|') + 1);
  return choices.substr(0, choices.find('|'));
}

template <class T>
constexpr bool fits(const OptionSpec& spec) noexcept {
  constexpr bool list = std::same_as<T, std::vector<std::string>>;
  if ((spec.list != 0) != list) return false;
  if constexpr (std::is_enum_v<T>) return spec.type == ODDITY_STRING && spec.choices != nullptr;
  if constexpr (std::same_as<T, bool>) return spec.type == ODDITY_BOOL;
  if constexpr (std::same_as<T, double>) return spec.type == ODDITY_DOUBLE;
  if constexpr (std::same_as<T, std::string> || list || HasForm<T>)
    return spec.type == ODDITY_STRING && spec.choices == nullptr;
  if constexpr (std::integral<T> && !std::same_as<T, bool>)
    return (spec.type == ODDITY_INT || spec.type == ODDITY_DURATION) &&
           (std::is_signed_v<T> || spec.min >= 0);
  return false;
}

template <class T>
T value_of(const OptionSpec& spec, const Resolved& from) {
  if constexpr (std::is_enum_v<T>) {
    const std::string& word = std::get<std::vector<std::string>>(from.values)[0];
    return static_cast<T>(place_among(spec.choices, word));
  } else if constexpr (std::same_as<T, std::vector<std::string>>) {
    return std::get<T>(from.values);
  } else if constexpr (std::same_as<T, bool>) {
    return std::get<std::vector<std::uint8_t>>(from.values)[0] != 0;
  } else if constexpr (HasForm<T>) {
    return T::parse(std::get<std::vector<std::string>>(from.values)[0]).value();
  } else if constexpr (std::integral<T>) {
    return static_cast<T>(std::get<std::vector<std::int64_t>>(from.values)[0]);
  } else {
    return std::get<std::vector<T>>(from.values)[0];
  }
}

template <class T>
Resolved resolved(const OptionSpec& spec, const T& value) {
  Resolved made{spec.name, {}, spec.type, spec.shapes_state != 0};
  if constexpr (std::is_enum_v<T>) {
    made.values = std::vector{std::string(word_at(spec.choices, static_cast<std::size_t>(value)))};
  } else if constexpr (std::same_as<T, std::vector<std::string>>) {
    made.values = value;
  } else if constexpr (std::same_as<T, bool>) {
    made.values = std::vector<std::uint8_t>{static_cast<std::uint8_t>(value)};
  } else if constexpr (HasForm<T>) {
    made.values = std::vector{value.text()};
  } else if constexpr (std::integral<T>) {
    made.values = std::vector{static_cast<std::int64_t>(value)};
  } else {
    made.values = std::vector{value};
  }
  return made;
}

template <auto pointer>
struct Pointed;
template <class Values, class T, T Values::*pointer>
struct Pointed<pointer> {
  using Owner = Values;
  using Type = T;
  static void store(Values& to, const OptionSpec& spec, const Resolved& from) {
    to.*pointer = value_of<T>(spec, from);
  }
  static Resolved load(const Values& from, const OptionSpec& spec) { return resolved(spec, from.*pointer); }
};

}  // namespace detail

/// An option whose value `pointer` points to. Its spec has no default: that is the member's initialiser.
template <auto pointer>
constexpr auto row(const OptionSpec& spec) {
  using Pointed = detail::Pointed<pointer>;
  if (!detail::fits<typename Pointed::Type>(spec)) throw std::logic_error("the member is of another type");
  if (spec.default_value != nullptr) throw std::logic_error("the default is the member's initialiser");
  Row<typename Pointed::Owner> made{.spec = spec, .member = {&Pointed::store, &Pointed::load}};
  if constexpr (HasForm<typename Pointed::Type>) {
    made.member.form = Pointed::Type::form;
    made.member.has_form = [](std::string_view text) { return Pointed::Type::parse(text).has_value(); };
  }
  return made;
}

/// A standard option of the detectors' own, which the core only hands on.
template <class Values>
constexpr Row<Values> handed_on(const OptionSpec& spec) {
  return {.spec = spec};
}

}  // namespace oddity::options
