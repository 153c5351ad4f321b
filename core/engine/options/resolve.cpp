#include "options/resolve.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <set>
#include <span>

#include "base/error.hpp"
#include "options/core_options.hpp"
#include "options/parse.hpp"
#include "options/value.hpp"

namespace oddity::options {
namespace {

using Mentions = std::vector<Setting>;

Mentions named(const std::vector<Setting>& settings, std::string_view name) {
  Mentions found;
  std::copy_if(settings.begin(), settings.end(), std::back_inserter(found),
               [&](const Setting& setting) { return setting.name == name; });
  return found;
}

/// Resolves one use: gathers complaints all the way, and throws them at the end.
class Resolver {
 public:
  Resolver(const Settings& settings, const Describe& describe) : settings_(settings), describe_(describe) {}

  Plan resolve() {
    refuse_unknown(settings_.given);
    refuse_unknown(settings_.defaults);
    plan_.fields = names(field_spec, "the name of the field to watch, .field('name')");
    resolve_alpha();
    plan_.ttl = whole(ttl_spec, plan_.ttl);
    plan_.max_groups = whole(max_groups_spec, plan_.max_groups);
    for (const std::string& algorithm : names(algorithm_spec, "")) describe_algorithm(algorithm);
    refuse_strangers();
    for (const Chosen& chosen : chosen_) plan_.choices.push_back(choice(chosen));
    if (!complaints_.empty()) throw Error(std::move(complaints_));
    return std::move(plan_);
  }

 private:
  struct Chosen {
    std::string name;
    std::span<const oddity_option_spec> specs;
    bool declares(std::string_view option) const {
      return std::any_of(specs.begin(), specs.end(), [&](const auto& spec) { return option == spec.name; });
    }
  };

  void refuse_unknown(const std::vector<Setting>& settings) {
    const auto& known = core_option_names();
    for (const Setting& setting : settings) {
      if (std::find(known.begin(), known.end(), setting.name) != known.end()) continue;
      complaints_.push_back({where(setting), fmt::format("one of {}, param", fmt::join(known, ", ")),
                             "an option of another name", did_you_mean(setting.name, known)});
    }
  }

  /// The mentions that count: those given, or else the defaults.
  Mentions mentions(std::string_view name) const {
    Mentions given = named(settings_.given, name);
    return given.empty() ? named(settings_.defaults, name) : given;
  }

  std::vector<std::string> names(const oddity_option_spec& spec, const char* what) {
    Mentions found = mentions(spec.name);
    if (found.empty() && spec.fallback != nullptr) return {spec.fallback};
    if (found.empty()) {
      complaints_.push_back({fmt::format("option '{}'", spec.name), what, "nothing", ""});
      return {};
    }
    const auto resolved = resolve_value(spec, found, complaints_);
    if (!resolved) return {};
    const auto& all = std::get<std::vector<std::string>>(resolved->values);
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].empty()) complaints_.push_back({where(found[i]), "a name", "an empty text", ""});
      if (!seen.insert(all[i]).second)
        complaints_.push_back({where(found[i]), "each name once", fmt::format("'{}' again", all[i]), ""});
    }
    return all;
  }

  void resolve_alpha() {
    const Mentions found = mentions("alpha");
    if (found.empty()) {
      complaints_.push_back(
          {"option 'alpha'", "an alpha value, a number between 0 and 1, .alpha(0.001)", "nothing", ""});
      return;
    }
    std::vector<Complaint> wrong;
    const auto resolved = resolve_value(alpha_spec, found, wrong);
    if (found.size() > 1) {
      complaints_.insert(complaints_.end(), wrong.begin(), wrong.end());
    } else if (!resolved || !(std::get<std::vector<double>>(resolved->values)[0] > 0) ||
               !(std::get<std::vector<double>>(resolved->values)[0] < 1)) {
      complaints_.push_back({where(found[0]), "a number between 0 and 1", shown(found[0].value), ""});
    } else {
      plan_.alpha = std::get<std::vector<double>>(resolved->values)[0];
    }
  }

  /// An option of one whole number (or duration) that has a default.
  std::int64_t whole(const oddity_option_spec& spec, std::int64_t otherwise) {
    const Mentions found = mentions(spec.name);
    if (found.empty()) return otherwise;
    const auto resolved = resolve_value(spec, found, complaints_);
    return resolved ? std::get<std::vector<std::int64_t>>(resolved->values)[0] : otherwise;
  }

  void describe_algorithm(const std::string& name) {
    try {
      chosen_.push_back({name, describe_(name)});
    } catch (const Error& unusable) {
      complaints_.insert(complaints_.end(), unusable.complaints().begin(), unusable.complaints().end());
    }
  }

  /// Options that no chosen algorithm takes. A size that is not used is only noted: it is a standard option.
  void refuse_strangers() {
    if (chosen_.empty()) return;
    for (const Setting& param : settings_.params) {
      if (std::any_of(chosen_.begin(), chosen_.end(),
                      [&](const Chosen& chosen) { return takes(chosen, param); }))
        continue;
      complaints_.push_back({where(param), fmt::format("an option of {}", algorithm_names()),
                             "a name that it does not have", offer(param)});
    }
    for (const Settings::OfAlgorithm& section : settings_.algorithms) {
      for (const Chosen& chosen : chosen_) {
        if (chosen.name != section.algorithm) continue;
        for (const Setting& setting : section.settings) {
          if (chosen.declares(setting.name)) continue;
          complaints_.push_back({where(setting), fmt::format("an option of {}", chosen.name),
                                 "a name that it does not have", offer(setting)});
        }
      }
    }
    if (mentions("size").empty()) return;
    for (const Chosen& chosen : chosen_) {
      if (!chosen.declares("size"))
        plan_.notes.push_back(fmt::format("size is not used by algorithm '{}'", chosen.name));
    }
  }

  std::string algorithm_names() const {
    std::string text;
    for (const Chosen& chosen : chosen_) text += (text.empty() ? "" : " or ") + chosen.name;
    return text;
  }

  std::string offer(const Setting& setting) const {
    std::vector<std::string> all;
    std::string text;
    for (const Chosen& chosen : chosen_) {
      for (const auto& spec : chosen.specs) {
        if (std::find(all.begin(), all.end(), spec.name) != all.end()) continue;
        text += (text.empty() ? "" : ", ") + std::string(spec.name);
        all.emplace_back(spec.name);
      }
    }
    const std::string near = did_you_mean(setting.name, all);
    if (!near.empty()) return near;
    return all.empty() ? "it takes none" : "it takes " + text;
  }

  /// A param addresses every chosen algorithm that declares it, or one by 'algorithm.name'.
  static bool takes(const Chosen& chosen, const Setting& param) {
    return chosen.declares(param.name) ||
           (param.name.starts_with(chosen.name + ".") &&
            chosen.declares(std::string_view(param.name).substr(chosen.name.size() + 1)));
  }

  /// The mentions of a plugin's option that count, by precedence.
  Mentions mentions_for(const Chosen& chosen, const oddity_option_spec& spec) const {
    const std::string_view name = spec.name;
    Mentions found = named(settings_.params, chosen.name + "." + spec.name);
    if (found.empty()) found = named(settings_.params, name);
    if (name == "size") {
      const Mentions given = named(settings_.given, name);
      found.insert(found.begin(), given.begin(), given.end());
    }
    if (!found.empty()) return found;
    for (const Settings::OfAlgorithm& section : settings_.algorithms) {
      if (section.algorithm == chosen.name) found = named(section.settings, name);
    }
    if (found.empty() && name == "size") found = named(settings_.defaults, name);
    if (found.empty() && spec.fallback != nullptr && !(spec.list != 0 && *spec.fallback == '\0')) {
      found.push_back({spec.name, Text{spec.fallback}, "default"});
    }
    return found;
  }

  Choice choice(const Chosen& chosen) {
    Choice made{chosen.name, {}};
    for (const oddity_option_spec& spec : chosen.specs) {
      const Mentions found = mentions_for(chosen, spec);
      if (found.empty() && spec.fallback == nullptr) {
        const bool size = std::string_view(spec.name) == "size";
        complaints_.push_back({fmt::format("option '{}'", spec.name),
                               size ? "a window size, " + expected(spec) + ", .size(3600)" : expected(spec),
                               "nothing",
                               size ? "" : fmt::format("give it by .param('{}', '...')", spec.name)});
        continue;
      }
      if (auto resolved = resolve_value(spec, found, complaints_))
        made.options.push_back(std::move(*resolved));
    }
    return made;
  }

  const Settings& settings_;
  const Describe& describe_;
  std::vector<Chosen> chosen_;
  std::vector<Complaint> complaints_;
  Plan plan_;
};

}  // namespace

std::string Plan::text() const {
  std::string text;
  for (const std::string& field : fields) text += fmt::format("{}field={}", text.empty() ? "" : " ", field);
  text += fmt::format(" alpha={}", alpha);
  if (ttl != 0) text += fmt::format(" ttl={}", print_duration(ttl));
  if (max_groups != Plan().max_groups) text += fmt::format(" maxGroups={}", max_groups);
  for (const Choice& choice : choices) {
    text += fmt::format(" algorithm={}", choice.algorithm);
    for (const Resolved& option : choice.options) text += fmt::format(" {}={}", option.name, option.text());
  }
  return text;
}

Plan resolve(const Settings& settings, const Describe& describe) {
  return Resolver(settings, describe).resolve();
}

}  // namespace oddity::options
