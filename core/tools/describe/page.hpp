// A detector's description as text for people, as JSON for programs, and as a page of the docs.
#pragma once

#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "plugin/library.hpp"
#include "plugin/probe.hpp"

namespace oddity::describe {

/// A detector that has passed the gates, and what an instance of it holds with a full history.
struct Page {
  std::shared_ptr<const plugin::Library> library;
  plugin::Measured measured;

  const plugin::DetectorDescription& description() const noexcept { return library->description(); }
  const std::vector<oddity_option_spec>& options() const noexcept { return description().options; }
  const std::vector<oddity_output_spec>& outputs() const noexcept { return description().outputs; }
};

/// A file in a plugin folder: a detector, or why it is refused, or which file hides it.
struct Entry {
  std::filesystem::path file;
  std::string refused;              ///< empty, or the sentence of the gates
  std::filesystem::path hidden_by;  ///< empty, or the file of the same name in an earlier folder
  Page page;                        ///< only where neither is set
};

std::string text(const Page& page);
std::string text(std::span<const Entry> entries);

/// What changes with the build (path, build stamp) is left out, so that pages can be committed.
std::string markdown(const Page& page);
std::string markdown(std::span<const Entry> entries);

nlohmann::ordered_json json(const Page& page);
nlohmann::ordered_json json(std::span<const Entry> entries);

// Words that these have in common
// --------------------------------------------------------------------------------

/// "bool", "int", "double", "string" or "duration".
std::string_view type_name(std::int32_t type) noexcept;
/// "required", "default 30", or "may be left out" for a list without a default.
std::string default_of(const oddity_option_spec& option);
/// "28.8 kB"
std::string bytes(std::uint64_t count);
/// "30.2 kB of memory and 28.8 kB of saved state, at size 3600"
std::string holdings(const plugin::Measured& measured);
/// "a p-value", "a strength", and whether it is held against the series' own past.
std::string_view answers_with(const plugin::DetectorDescription& description) noexcept;
/// "jump; shape of 12 values": what it may give as the reason; "no" where it says none.
std::string reasons(const plugin::DetectorDescription& description);
/// "observed", "effect", ...: the standard fields that each judged window has.
std::vector<std::string> offered(const plugin::DetectorDescription& description);
/// One line that can be committed and compared: "one instance for each field", ...
std::string_view fields(const plugin::DetectorDescription& description) noexcept;

}  // namespace oddity::describe
