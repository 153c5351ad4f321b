// What a state holds, as JSON for programs.
#include "base/time.hpp"
#include "base/utf8.hpp"
#include "inspect/inspection.hpp"

namespace oddity::inspect {
namespace {

using Json = nlohmann::ordered_json;

Json time_json(std::optional<std::int64_t> nanoseconds) {
  return nanoseconds ? Json(format_time(*nanoseconds)) : Json();
}

Json texts(const std::vector<std::string>& all) {
  Json list = Json::array();
  for (const std::string& one : all) list.push_back(to_utf8(one));
  return list;
}

Json detector_json(const Detector& detector) {
  return {{"algorithm", to_utf8(detector.algorithm)},
          {"fields", texts(detector.fields)},
          {"stateVersion", detector.state_version},
          {"shape", to_utf8(detector.shape)},
          {"groups", detector.groups},
          {"unsaved", detector.unsaved},
          {"bytes", detector.bytes}};
}

Json group_json(const Group& group) {
  Json json{{"key", to_utf8(group.key)},
            {"lastEnd", time_json(group.last_end)},
            {"usedLater", group.used_later},
            {"detectors", Json::array()}};
  for (const Instance& instance : group.instances) {
    json["detectors"].push_back({{"detector", instance.detector},
                                 {"lastLearned", time_json(instance.last_learned)},
                                 {"lastSeen", time_json(instance.last_seen)},
                                 {"saved", instance.saved},
                                 {"bytes", instance.bytes}});
  }
  return json;
}

}  // namespace

nlohmann::ordered_json json(const std::string& name, std::optional<std::int64_t> written,
                            const Inspection& inspection) {
  Json json{{"file", to_utf8(name)},
            {"bytes", inspection.bytes},
            {"format", inspection.format},
            {"run", inspection.run},
            {"counter", inspection.counter},
            {"written", time_json(written)},
            {"latestEnd", time_json(inspection.latest_end)},
            {"openWindowsBytes", inspection.open_windows},
            {"detectors", Json::array()},
            {"groups", Json::array()},
            {"unknown", texts(inspection.unknown)}};
  for (const Detector& detector : inspection.detectors) json["detectors"].push_back(detector_json(detector));
  for (const Group& group : inspection.groups) json["groups"].push_back(group_json(group));
  return json;
}

}  // namespace oddity::inspect
