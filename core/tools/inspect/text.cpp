// What a state holds, as text for a terminal: a line for each detector and for each group.
#include <fmt/format.h>

#include "base/time.hpp"
#include "base/utf8.hpp"
#include "inspect/inspection.hpp"

namespace oddity::inspect {
namespace {

std::string time(std::optional<std::int64_t> nanoseconds) {
  return nanoseconds ? format_time(*nanoseconds) : "never";
}

std::string counted(std::uint64_t number, const char* one) {
  return fmt::format("{} {}{}", number, one, number == 1 ? "" : "s");
}

/// In quotes; groups by measurement have a newline in their keys.
std::string shown(const std::string& key) {
  std::string text = to_utf8(key);
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = ' ';
  }
  return "'" + text + "'";
}

void add(std::string& text, const char* what, const std::string& said) {
  text += fmt::format("  {:<10}{}\n", what, said);
}

std::string line(const Detector& detector) {
  std::string text = fmt::format("{}: state version {}", shown(detector.name()), detector.state_version);
  if (!detector.shape.empty()) text += fmt::format(", shaped by {}", shown(detector.shape));
  text += fmt::format("; {}, {}", counted(detector.groups, "group"), counted(detector.bytes, "byte"));
  if (detector.unsaved != 0) text += fmt::format("; {} could not be saved", detector.unsaved);
  return text;
}

void add_group(std::string& text, const Group& group, const Inspection& inspection) {
  text += fmt::format("group {}: last window {}, {} used later\n", shown(group.key), time(group.last_end),
                      counted(group.used_later, "group"));
  for (const Instance& instance : group.instances) {
    const std::string what = instance.saved ? counted(instance.bytes, "byte") : "could not be saved";
    text += fmt::format("  {}: learned up to {}, seen up to {}; {}\n",
                        shown(inspection.detectors[instance.detector].name()), time(instance.last_learned),
                        time(instance.last_seen), what);
  }
}

}  // namespace

std::string text(const std::string& name, std::optional<std::int64_t> written, const Inspection& inspection) {
  std::string text = fmt::format("{}: a saved state, whole, of format {}, {}\n", name, inspection.format,
                                 counted(inspection.bytes, "byte"));
  add(text, "run", fmt::format("{}, its state {}", inspection.run, inspection.counter));
  if (written) add(text, "written", format_time(*written));
  add(text, "data", "up to " + time(inspection.latest_end));
  add(text, "groups", std::to_string(inspection.groups.size()));
  if (inspection.open_windows != 0)
    add(text, "windows", fmt::format("open ones, {}", counted(inspection.open_windows, "byte")));
  for (const Detector& detector : inspection.detectors) add(text, "detector", line(detector));
  for (const std::string& part : inspection.unknown) add(text, "unknown", part);
  for (const Group& group : inspection.groups) add_group(text, group, inspection);
  return text;
}

}  // namespace oddity::inspect
