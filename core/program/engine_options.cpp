#include "engine_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "base/error.hpp"
#include "describe/page.hpp"
#include "options/parse.hpp"
#include "own_place.hpp"

namespace oddity::program {
namespace {

/// "Beyond that many groups the least recently used is forgotten. Default: 100000."
std::string help(const options::CoreOption& option, const options::CoreOptions& usual) {
  std::string text = option.spec.about;
  if (!option.required()) text += fmt::format(" Default: {}.", option.text(usual));
  if (option.spec.list != 0) text += " Repeatable.";
  return text;
}

}  // namespace

void EngineOptions::add_to(CLI::App& verb, const std::vector<std::string_view>& except,
                           const options::CoreOptions& usual) {
  const auto left_out = [&](std::string_view name) {
    return std::find(except.begin(), except.end(), name) != except.end();
  };
  for (std::size_t i = 0; i < given_.size(); ++i) {
    const options::CoreOption& option = options::core_options[i];
    if (!option.may_stand(options::on_command_line) || left_out(option.name())) continue;
    verb.add_option(fmt::format("--{}", option.name()), given_[i], help(option, usual))
        ->allow_extra_args(false)
        ->type_name(std::string(describe::type_name(option.spec.type)));
  }
  verb.add_option("--param", params_, std::string(options::param_about) + " Repeatable.")
      ->allow_extra_args(false)
      ->type_name("name=value");
  if (!left_out("config"))
    verb.add_option("--config", config_, "YAML deployment; see config/oddity.yaml")->type_name("FILE");
  verb.add_option("--plugins", plugin_folders_, "Folder of detectors, searched before all others; repeatable")
      ->allow_extra_args(false)
      ->check(CLI::ExistingDirectory)
      ->type_name("FOLDER");
}

std::vector<std::string>& EngineOptions::of(std::string_view option) {
  const options::CoreOption* const found = options::core_option(option);
  if (found == nullptr) throw std::logic_error("the core has no such option");
  return given_[static_cast<std::size_t>(found - std::begin(options::core_options))];
}

options::Settings EngineOptions::settings() const {
  options::Settings settings;
  for (std::size_t i = 0; i < given_.size(); ++i) {
    const std::string name = options::core_options[i].spec.name;
    for (const std::string& text : given_[i])
      settings.given.push_back({name, options::Text{text}, "--" + name});
  }
  for (const std::string& param : params_) {
    const std::size_t equals = param.find('=');
    if (equals == std::string::npos) throw Error({"option '--param'", "name=value", "'" + param + "'", ""});
    settings.params.push_back({param.substr(0, equals), options::Text{param.substr(equals + 1)}, "--param"});
  }
  return settings;
}

setup::Setup EngineOptions::setup() const {
  std::optional<std::filesystem::path> file;
  if (!config_.empty()) file = config_;
  return {std::move(file), {plugin_folders_.begin(), plugin_folders_.end()}, own_parts()};
}

std::int64_t duration_option(const std::string& flag, const std::string& text) {
  const auto duration = options::parse_duration(text);
  if (!duration || *duration < 0)
    throw Error({"option '" + flag + "'", "a duration such as 5m, 90s or 1h30m", "'" + text + "'", ""});
  return *duration;
}

}  // namespace oddity::program
