#include "engine_options.hpp"

#include "base/error.hpp"
#include "options/parse.hpp"
#include "own_place.hpp"

namespace oddity::program {

void EngineOptions::add_to(CLI::App& verb) {
  verb.add_option("--field", fields, "Field to watch; repeatable")->allow_extra_args(false);
  verb.add_option("--size", size, "How many of the latest normal samples make up the history");
  verb.add_option("--alpha", alpha, "A window with a p-value below this is anomalous");
  verb.add_option("--algorithm", algorithms,
                  "Detector: ttest (default), zscore, ks, or the name of any other; repeatable")
      ->allow_extra_args(false);
  verb.add_option("--ttl", ttl, "Forget a group without a window for that long, by the data's time");
  verb.add_option("--maxGroups", max_groups, "Beyond that many groups forget the least recently used");
  verb.add_option("--param", params, "An option of the detector's own, as name=value; repeatable")
      ->allow_extra_args(false);
  verb.add_option("--config", config, "YAML deployment; see config/oddity.yaml");
  verb.add_option("--plugins", plugin_folders, "Folder of detectors, searched before all others; repeatable")
      ->allow_extra_args(false);
}

options::Settings EngineOptions::settings() const {
  options::Settings settings;
  const auto give = [&](const char* name, const std::string& value) {
    settings.given.push_back({name, options::Text{value}, std::string("--") + name});
  };
  for (const std::string& field : fields) give("field", field);
  if (!size.empty()) give("size", size);
  if (!alpha.empty()) give("alpha", alpha);
  for (const std::string& algorithm : algorithms) give("algorithm", algorithm);
  if (!ttl.empty()) give("ttl", ttl);
  if (!max_groups.empty()) give("maxGroups", max_groups);
  for (const std::string& param : params) {
    const std::size_t equals = param.find('=');
    if (equals == std::string::npos) throw Error({"option '--param'", "name=value", "'" + param + "'", ""});
    settings.params.push_back({param.substr(0, equals), options::Text{param.substr(equals + 1)}, "--param"});
  }
  return settings;
}

setup::Setup EngineOptions::setup() const {
  std::optional<std::filesystem::path> file;
  if (!config.empty()) file = config;
  return {std::move(file), {plugin_folders.begin(), plugin_folders.end()}, own_parts()};
}

std::int64_t duration_option(const std::string& flag, const std::string& text) {
  const auto duration = options::parse_duration(text);
  if (!duration || *duration < 0)
    throw Error({"option '" + flag + "'", "a duration such as 5m, 90s or 1h30m", "'" + text + "'", ""});
  return *duration;
}

}  // namespace oddity::program
