#include "json_lines/json_lines.hpp"

#include <nlohmann/json.hpp>

#include "base/time.hpp"

namespace oddity::formats {

std::string json_line(const window::GroupWindow& window, const std::vector<ResultField>& fields) {
  nlohmann::ordered_json line;
  line["time"] = format_time(window.end);
  line["name"] = window.name;
  nlohmann::ordered_json& tags = line["tags"] = nlohmann::ordered_json::object();
  for (const auto& [key, value] : window.tags) tags[key] = value;
  nlohmann::ordered_json& values = line["fields"] = nlohmann::ordered_json::object();
  for (const auto& field : fields) {
    std::visit([&](auto value) { values[std::string(field.name)] = value; }, field.value);
  }
  return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace oddity::formats
