#include "oddity/engine/engine.hpp"

#include <fmt/format.h>

#include "base/log.hpp"
#include "detect/results.hpp"
#include "setup/setup.hpp"
#include "state/envelope.hpp"

namespace oddity {
namespace {

options::Settings settings_of(const EngineConfig& config) {
  options::Settings settings;
  for (const auto& [name, value] : config.options) settings.given.push_back({name, options::Text{value}, ""});
  for (const auto& [name, value] : config.params) settings.params.push_back({name, options::Text{value}, ""});
  return settings;
}

setup::Setup setup_of(const EngineConfig& config, Host& host) {
  std::optional<std::filesystem::path> deployment;
  if (!config.deployment.empty()) deployment = config.deployment;
  return {std::move(deployment), {}, {std::move(host.sandbox), std::move(host.plugin_folders)}};
}

/// Every window of one engine has as many columns as there are fields, each as long as its times.
void require_shape(const GroupWindow& window, std::size_t fields) {
  if (window.columns.size() != fields) {
    throw Error({"a window", fmt::format("{} columns, one for each field", fields),
                 fmt::format("{}", window.columns.size()), "Engine::fields() names them in their order"});
  }
  for (const auto& column : window.columns) {
    if (column.size() == window.rows()) continue;
    throw Error({"a window", fmt::format("columns of {} values, one for each time", window.rows()),
                 fmt::format("one of {}", column.size()), "NaN stands for a value that is missing"});
  }
}

}  // namespace

struct Engine::Parts {
  Parts(const EngineConfig& config, Host host)
      : log(std::move(host.log)), ready(setup_of(config, host).prepare(settings_of(config), log)) {
    for (const std::string& note : ready.options.notes) log.write(note);
  }

  Log log;
  setup::Ready ready;
  GroupWindow window;  ///< for judge() by columns
  std::vector<ResultField> fields;
  Judgement judgement;
};

Engine::Engine(const EngineConfig& config, Host host)
    : parts_(std::make_unique<Parts>(config, std::move(host))) {}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

const std::vector<std::string>& Engine::fields() const noexcept { return parts_->ready.options.fields; }

const Judgement& Engine::judge(const GroupWindow& window) {
  require_shape(window, fields().size());
  const detect::Verdict& verdict = parts_->ready.engine->judge(window);
  detect::name_fields(verdict, parts_->fields);
  parts_->judgement = {verdict.overall.judged(), verdict.overall.anomalous, verdict.overall.p,
                       verdict.overall.score, parts_->fields};
  return parts_->judgement;
}

const Judgement& Engine::judge(std::string_view group, std::int64_t end, std::span<const std::int64_t> times,
                               std::span<const std::span<const double>> columns) {
  GroupWindow& window = parts_->window;
  window.group = group;
  window.end = end;
  window.times.assign(times.begin(), times.end());
  window.columns.resize(columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i)
    window.columns[i].assign(columns[i].begin(), columns[i].end());
  return judge(window);
}

std::string Engine::save() { return std::move(parts_->ready.engine->save().bytes); }

Engine::Restored Engine::restore(std::string_view state) {
  try {
    const auto restored = parts_->ready.engine->restore(state::open(state));
    return {restored.groups, restored.detectors, restored.dropped};
  } catch (const state::EnvelopeError& unusable) {
    throw Error({"a saved state", "one that can be used", unusable.what(), ""});
  }
}

}  // namespace oddity
