#include "setup/setup.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "setup/door_value.hpp"

namespace oddity::setup {
namespace {

detect::Chosen load(const options::Choice& choice, plugin::Catalogue& catalogue) {
  std::vector<plugin::Algorithm::Value> values;
  std::string shape;
  for (const options::Resolved& option : choice.options) {
    values.push_back(door_value(option));
    if (option.shapes_state) shape += (shape.empty() ? "" : " ") + option.name + "=" + option.text();
  }
  return {std::make_shared<plugin::Algorithm>(catalogue.load(choice.algorithm), std::move(values)),
          std::move(shape)};
}

void append(std::vector<Complaint>& all, const Error& error) {
  all.insert(all.end(), error.complaints().begin(), error.complaints().end());
}

}  // namespace

Setup::Setup(std::optional<std::filesystem::path> config_file,
             std::vector<std::filesystem::path> plugin_folders, Own own)
    : config_file_(std::move(config_file)), plugin_folders_(std::move(plugin_folders)), own_(std::move(own)) {}

Ready Setup::prepare(options::Settings brought, Log& log, RunningCall* call) {
  std::vector<Complaint> complaints;
  if (config_file_) {
    try {
      config_ = config::read(*config_file_);
    } catch (const Error& wrong) {
      append(complaints, wrong);
    }
  }
  plugin::Catalogue catalogue(plugin::search_order(plugin_folders_, config_.plugin_folders, own_.plugin_folders),
                              plugin::Probe(own_.sandbox));

  brought.defaults = config_.settings.defaults;
  brought.algorithms = config_.settings.algorithms;
  Ready ready;
  try {
    ready.options = options::resolve(brought, [&](std::string_view name) {
      return std::span<const oddity_option_spec>(catalogue.load(name)->description().options);
    });
  } catch (const Error& wrong) {
    append(complaints, wrong);
  }
  if (!complaints.empty()) throw Error(std::move(complaints));

  detect::Plan plan;
  plan.fields = ready.options.fields;
  plan.alpha = ready.options.alpha;
  plan.ttl = ready.options.ttl;
  plan.max_groups = static_cast<std::size_t>(ready.options.max_groups);
  for (const options::Choice& choice : ready.options.choices)
    plan.algorithms.push_back(load(choice, catalogue));
  ready.engine = std::make_unique<detect::Engine>(std::move(plan), log, call);
  return ready;
}

}  // namespace oddity::setup
