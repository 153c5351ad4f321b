// What a saved state holds, for a person or a program to look at.
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oddity::inspect {

/// A detector that groups have instances of.
struct Detector {
  std::string algorithm;
  std::vector<std::string> fields;
  std::uint32_t state_version = 0;
  std::string shape;          ///< the options without which its bytes mean nothing, as text
  std::uint64_t groups = 0;   ///< that have an instance of it
  std::uint64_t unsaved = 0;  ///< of those, how many could not be saved
  std::uint64_t bytes = 0;    ///< of all instances, as the detector wrote them

  /// "ttest of hotend, bed"
  std::string name() const;
};

/// One detector in one group. Times are ns since 1970 UTC, none: never.
struct Instance {
  std::size_t detector = 0;  ///< its place in Inspection::detectors
  bool saved = false;
  std::uint64_t bytes = 0;
  std::optional<std::int64_t> last_learned, last_seen;
};

struct Group {
  std::string key;
  std::optional<std::int64_t> last_end;  ///< of its latest window
  std::uint64_t used_later = 0;          ///< how many groups were used later
  std::vector<Instance> instances;
};

struct Inspection {
  std::uint64_t bytes = 0;
  std::uint32_t format = 0;
  std::string run;            ///< 32 hexadecimal digits
  std::uint64_t counter = 0;  ///< which of the run's states this is, from 1; 0: it has no number
  std::optional<std::int64_t> latest_end;
  std::size_t open_windows = 0;  ///< bytes of them
  std::vector<Detector> detectors;
  std::vector<Group> groups;         ///< in order of their keys
  std::vector<std::string> unknown;  ///< parts of a newer version's, in words
};

/// Throws oddity::Error, whose `where` is `name`, when the bytes are no saved state, or a damaged one.
Inspection inspect(const std::string& name, std::string_view bytes);

/// `written`: when the file was, ns since 1970 UTC; none: unknown.
std::string text(const std::string& name, std::optional<std::int64_t> written, const Inspection& inspection);
nlohmann::ordered_json json(const std::string& name, std::optional<std::int64_t> written,
                            const Inspection& inspection);

}  // namespace oddity::inspect
