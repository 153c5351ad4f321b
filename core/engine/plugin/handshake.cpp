#include "plugin/handshake.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <set>

#include "base/utf8.hpp"
#include "options/core_options.hpp"
#include "plugin/description.hpp"
#include "plugin/growing.hpp"

namespace oddity::plugin {
namespace {

bool lower(char c) noexcept { return c >= 'a' && c <= 'z'; }
bool digit(char c) noexcept { return c >= '0' && c <= '9'; }

bool is_identifier(std::string_view name) noexcept {  // a TICKscript identifier
  return !name.empty() && lower(name[0]) && std::all_of(name.begin(), name.end(), [](char c) {
    return lower(c) || digit(c) || (c >= 'A' && c <= 'Z') || c == '_';
  });
}

bool given(const char* text) noexcept { return text != nullptr && *text != '\0'; }

constexpr std::uint32_t max_size = 1 << 16;  ///< larger than any table or spec of any version
constexpr std::uint32_t max_options = 64;

/// Empty, or what is wrong with the size of `what`. ABI 1.0 is the least that a plugin fills; later members
/// are read only where the size says so.
std::string check_size(std::string_view what, std::uint32_t size, std::size_t min) {
  if (size >= min && size <= max_size) return {};
  return fmt::format(
      "expected {} of at least {} bytes, got {} (built for another ABI: rebuild it with this Oddity's "
      "SDK)",
      what, min, size);
}

std::string check_specs(std::string_view what, const void* first, std::uint32_t count, std::uint32_t max,
                        std::uint32_t stride, std::size_t min) {
  if (count > max) return fmt::format("expected at most {} {}s, got {}", max, what, count);
  if (count == 0) return {};
  if (first == nullptr) return fmt::format("expected {} {}s, got a null pointer", count, what);
  return check_size(fmt::format("specs of every {}", what), stride, min);
}

std::string check_sizes(const oddity_plugin& table) {
  if (auto wrong = check_size("a table", table.struct_size, ODDITY_THROUGH(oddity_plugin, capability));
      !wrong.empty())
    return wrong;
  if (table.create == nullptr || table.destroy == nullptr || table.evaluate == nullptr ||
      table.update == nullptr || table.snapshot == nullptr || table.restore == nullptr ||
      table.footprint == nullptr || table.capability == nullptr) {
    return "expected every function of the table, got a null pointer";
  }
  if (table.description == nullptr) return "expected a description, got a null pointer";
  const oddity_description& description = *table.description;
  if (auto wrong =
          check_size("a description", description.struct_size, ODDITY_THROUGH(oddity_description, offers));
      !wrong.empty())
    return wrong;
  if (auto wrong = check_specs("option", description.options, description.option_count, max_options,
                               description.option_stride, ODDITY_THROUGH(oddity_option_spec, shapes_state));
      !wrong.empty())
    return wrong;
  if (auto wrong = check_specs("output", description.outputs, description.output_count, ODDITY_MAX_OUTPUTS,
                               description.output_stride, ODDITY_THROUGH(oddity_output_spec, about));
      !wrong.empty())
    return wrong;
  const auto known = copy_of<oddity_description>(&description, description.struct_size);
  if (known.reason_count > ODDITY_MAX_REASONS)
    return fmt::format("expected at most {} reasons, got {}", ODDITY_MAX_REASONS, known.reason_count);
  if (known.reason_count != 0 && known.reasons == nullptr)
    return fmt::format("expected {} reasons, got a null pointer", known.reason_count);
  return {};
}

/// A reason is shown as it is, in Kapacitor and in JSON lines.
std::string check_reason(const char* reason) {
  const std::string_view text = reason == nullptr ? "" : reason;
  const bool one_line = std::none_of(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; });
  if (!text.empty() && text.size() <= ODDITY_MAX_REASON_BYTES && one_line && is_utf8(text)) return {};
  return fmt::format("expected reasons of 1 to {} bytes of UTF-8 in one line, got {}",
                     ODDITY_MAX_REASON_BYTES,
                     text.empty() ? "an empty one" : "'" + to_utf8(text.substr(0, 80)) + "'");
}

std::string check_option(const oddity_option_spec& option, std::set<std::string_view>& names) {
  if (option.name == nullptr || !is_identifier(option.name))
    return "declares an option whose name is not an identifier such as 'minHistory' (a small letter, then "
           "letters and digits)";
  const std::string_view name = option.name;
  if (!names.insert(name).second) return fmt::format("declares the option '{}' twice", name);
  if (options::is_reserved(name)) {
    return fmt::format("declares the option '{}', a name that is reserved for the core", name);
  }
  if (!given(option.about) || option.unit == nullptr)
    return fmt::format("option '{}' has no description, or a null pointer for its unit", name);
  if (option.type < ODDITY_BOOL || option.type > ODDITY_DURATION)
    return fmt::format("option '{}' has an unknown type", name);
  if (!(option.min <= option.max)) return fmt::format("option '{}' has a minimum above its maximum", name);
  return {};
}

std::string check_description(const DetectorDescription& description, std::string_view file_name) {
  if (description.name == nullptr || !is_algorithm_name(description.name)) {
    return "expected a detector's name of a-z, 0-9 and _ that begins with a letter, got something else";
  }
  if (file_name != description.name) {
    return fmt::format("expected the file and the detector to have the same name, got '{}' and '{}'",
                       file_name, description.name);
  }
  if (!given(description.version) || !given(description.about))
    return "expected a version and a description of the detector, got an empty one";
  std::set<std::string_view> names;
  for (const auto& option : description.options) {
    if (auto wrong = check_option(option, names); !wrong.empty()) return wrong;
  }
  static constexpr std::string_view emitted[] = {"pvalue", "calibrated", "score",    "magnitude", "anomalous",
                                                 "alarm",  "young",      "observed", "expected",  "lower",
                                                 "upper",  "effect",     "why"};
  for (const auto& output : description.outputs) {
    if (output.name == nullptr || !is_identifier(output.name) || !given(output.about) ||
        output.unit == nullptr) {
      return "expected an identifier, a unit and a description for every output, got an output without one";
    }
    if (!names.insert(output.name).second ||
        std::find(std::begin(emitted), std::end(emitted), output.name) != std::end(emitted)) {
      return fmt::format("the output '{}' has the name of another output, an option, or a field of the core",
                         output.name);
    }
  }
  for (const char* const reason : description.reasons) {
    if (auto wrong = check_reason(reason); !wrong.empty()) return wrong;
  }
  if (!description.serves(ODDITY_BOTH))
    return "does not serve the direction 'both', which every detector has to";
  if (description.state_version == 0 || description.oldest_state_version > description.state_version) {
    return "expected state versions of at least 1, the oldest not above the current one";
  }
  return {};
}

}  // namespace

bool is_algorithm_name(std::string_view name) noexcept {
  return !name.empty() && name.size() <= 64 && lower(name[0]) &&
         std::all_of(name.begin(), name.end(), [](char c) { return lower(c) || digit(c) || c == '_'; });
}

std::string check_handshake(const oddity_plugin* table, std::string_view file_name) {
  if (table == nullptr) {
    return fmt::format(
        "expected a table of functions, got none: the plugin wants a newer Oddity than this one, whose ABI "
        "is {}.{} "
        "(install a newer one, or build the plugin with this one's SDK)",
        ODDITY_ABI_MAJOR, ODDITY_ABI_MINOR);
  }
  if (auto wrong = check_sizes(*table); !wrong.empty()) return wrong;
  return check_description(DetectorDescription(*table->description), file_name);
}

}  // namespace oddity::plugin
