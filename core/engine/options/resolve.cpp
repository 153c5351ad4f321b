#include "options/resolve.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <utility>

#include "base/error.hpp"
#include "options/chosen_detector.hpp"
#include "options/core_options.hpp"
#include "options/precedence.hpp"
#include "options/value.hpp"

namespace oddity::options {
namespace {

/// Resolves one use, or a deployment without one: gathers diagnostics all the
/// way, and throws them at the end.
class Resolver {
 public:
  enum class Scope { use, deployment };

  Resolver(const Settings& settings, const Describe& describe, Scope scope)
      : settings_(settings), describe_(describe), scope_(scope) {}

  Deployment resolve() {
    refuse_unknown(settings_.given);
    refuse_unknown(settings_.defaults);
    for (const CoreOption& option : core_options) {
      if (!option.handed_on()) resolve_core(option);
    }
    drop_superseded();
    describe_detectors();
    if (not_chosen_ != nullptr) choose_for_detectors(*not_chosen_);
    refuse_strangers();
    for (const ChosenDetector& chosen : chosen_) plan_.choices.push_back(choice(chosen));
    check_overridden();
    if (!diagnostics_.empty()) throw Error(each_once(std::move(diagnostics_)));
    return {std::move(plan_), std::move(left_open_)};
  }

 private:
  static std::vector<Diagnostic> each_once(std::vector<Diagnostic> diagnostics) {
    std::set<std::string> seen;
    std::erase_if(diagnostics,
                  [&](const Diagnostic& diagnostic) { return !seen.insert(diagnostic.sentence()).second; });
    return diagnostics;
  }

  void refuse_unknown(const std::vector<Setting>& settings) {
    const auto known = core_option_names(anywhere);
    for (const Setting& setting : settings) {
      if (core_option(setting.name) != nullptr) continue;
      diagnostics_.push_back({where(setting),
                              fmt::format("one of {}, {}", fmt::join(known, ", "), param_name),
                              "an unknown option", did_you_mean(setting.name, known)});
    }
  }

  /// All levels are held against the table; the first counts.
  void resolve_core(const CoreOption& option) {
    bool counts = true;
    for (const Level& level : levels_of(settings_, option)) {
      const auto value = checked(option, level.mentions);
      if (value && counts) option.store(plan_, *value);
      if (option.lists_names() && counts)
        origins_of_names_[option.name()] = origins(level, value.has_value());
      counts = false;
    }
    if (option.instead != nullptr) {
      choose(option, *core_option(option.instead));
    } else if (counts && option.required()) {
      miss(option, option.spec);
    }
  }

  /// Of two options that say the same in different words one is needed; the one that was said nearer to the
  /// use counts, and the other one's value is dropped.
  void choose(const CoreOption& one, const CoreOption& other) {
    for (const std::vector<Setting>* place : {&settings_.given, &settings_.defaults}) {
      const Setting* const mention = mentioned(*place, one);
      const Setting* const mention_of_other = mentioned(*place, other);
      if (mention != nullptr && mention_of_other != nullptr) {
        diagnostics_.push_back({where(*mention_of_other),
                                fmt::format("either {} or {}", one.name(), other.name()), "both",
                                "they say the same thing in different words"});
      }
      if (mention == nullptr && mention_of_other == nullptr) continue;
      superseded_ = mention != nullptr ? &other : &one;
      return;
    }
    not_chosen_ = &one;
  }

  /// Where nobody says which p-value is small enough: a false alarm a week, if all detectors can keep that.
  void choose_for_detectors(const CoreOption& one) {
    const bool promised = !chosen_.empty() &&
                          std::all_of(chosen_.begin(), chosen_.end(),
                                      [](const ChosenDetector& chosen) { return chosen.calibrates_itself; });
    if (promised) {
      plan_.false_alarms = usual_promise;
    } else if (one.required()) {
      miss(one, one.spec);
    }
  }

  static const Setting* mentioned(const std::vector<Setting>& settings, const CoreOption& option) {
    const auto found = std::find_if(settings.begin(), settings.end(),
                                    [&](const Setting& setting) { return setting.name == option.name(); });
    return found == settings.end() ? nullptr : &*found;
  }

  void drop_superseded() {
    static const CoreOptions usual;
    if (superseded_ != nullptr) superseded_->store(plan_, superseded_->member.load(usual, superseded_->spec));
  }

  std::optional<Resolved> checked(const CoreOption& option, const std::vector<Setting>& mentions) {
    const std::size_t before = diagnostics_.size();
    auto value = resolve_value(option, mentions, diagnostics_);
    if (value && option.lists_names())
      refuse_bad_names(std::get<std::vector<std::string>>(value->values), mentions);
    if (diagnostics_.size() != before) value.reset();
    return value;
  }

  void refuse_bad_names(const std::vector<std::string>& names, const std::vector<Setting>& mentions) {
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (names[i].empty()) diagnostics_.push_back({where(mentions[i]), "a name", "an empty text", ""});
      if (!seen.insert(names[i]).second)
        diagnostics_.push_back(
            {where(mentions[i]), "each name once", fmt::format("'{}' again", names[i]), ""});
    }
  }

  static std::optional<std::vector<std::string>> origins(const Level& level, bool good) {
    if (!good) return std::nullopt;
    std::vector<std::string> all;
    for (const Setting& mention : level.mentions) all.push_back(mention.origin);
    return all;
  }

  void miss(const CoreOption& option, const oddity_option_spec& spec) {
    if (scope_ == Scope::deployment) {
      if (std::find(left_open_.begin(), left_open_.end(), option.name()) == left_open_.end())
        left_open_.emplace_back(option.name());
      return;
    }
    const bool text = spec.type == ODDITY_STRING;
    diagnostics_.push_back({fmt::format("option '{}'", option.name()),
                            text ? fmt::format("{}, .{}('{}')", option.missing, option.name(), option.example)
                                 : fmt::format("{}, {}, .{}({})", option.missing, expected(option),
                                               option.name(), option.example),
                            "nothing", option.instead == nullptr ? "" : in_place_of(option)});
  }

  static std::string in_place_of(const CoreOption& option) {
    return fmt::format("or .{}('{}') in its place", option.instead, core_option(option.instead)->example);
  }

  /// The chosen detectors; of a deployment also those that have a section. None where their names are wrong.
  void describe_detectors() {
    const auto named = origins_of_names_.find("algorithm");
    if (named != origins_of_names_.end() && !named->second) return;
    for (std::size_t i = 0; i < plan_.detectors.size(); ++i)
      describe_at(plan_.detectors[i], named == origins_of_names_.end() ? "" : named->second->at(i));
    if (scope_ == Scope::use) return;
    for (const Settings::OfAlgorithm& section : settings_.algorithms) {
      const auto& detectors = plan_.detectors;
      if (std::find(detectors.begin(), detectors.end(), section.algorithm) == detectors.end())
        describe_at(section.algorithm, section.origin);
    }
  }

  void describe_at(const std::string& name, const std::string& origin) {
    const std::size_t before = diagnostics_.size();
    describe_algorithm(name);
    for (std::size_t i = before; i < diagnostics_.size() && !origin.empty(); ++i)
      diagnostics_[i].where = fmt::format("{}: {}", origin, diagnostics_[i].where);
  }

  void describe_algorithm(const std::string& name) {
    try {
      const Described described = describe_(name);
      chosen_.push_back({name, described.specs, described.calibrates_itself});
    } catch (const Error& unusable) {
      diagnostics_.insert(diagnostics_.end(), unusable.diagnostics().begin(), unusable.diagnostics().end());
    }
  }

  void refuse_strangers() {
    const std::vector<Diagnostic> strangers = options_of_nobody(settings_, chosen_);
    diagnostics_.insert(diagnostics_.end(), strangers.begin(), strangers.end());
    plan_.notes = options_not_used(settings_, chosen_);
  }

  Choice choice(const ChosenDetector& chosen) {
    Choice made{chosen.name, {}};
    for (const oddity_option_spec& spec : chosen.specs) {
      if (auto value = value_for(chosen, spec)) made.options.push_back(std::move(*value));
    }
    return made;
  }

  std::optional<Resolved> value_for(const ChosenDetector& chosen, const oddity_option_spec& spec) {
    const std::vector<Level> levels = levels_of(settings_, chosen.name, spec);
    if (levels.empty()) return default_value(spec);
    for (std::size_t i = 1; i < levels.size(); ++i) {
      if (!levels[i].of_all) resolve_value(spec, levels[i].mentions, diagnostics_);
    }
    for (const Setting& mention : levels[0].mentions) counted_.insert({mention.name, mention.origin});
    return resolve_value(spec, levels[0].mentions, diagnostics_);
  }

  std::optional<Resolved> default_value(const oddity_option_spec& spec) {
    if (spec.default_value != nullptr) {
      std::vector<Setting> mentions;
      if (spec.list == 0 || *spec.default_value != '\0')
        mentions.push_back({spec.name, Text{spec.default_value}, "default"});
      return resolve_value(spec, mentions, diagnostics_);
    }
    if (const CoreOption* const standard = core_option(spec.name);
        standard != nullptr && standard->required()) {
      miss(*standard, spec);
    } else if (scope_ == Scope::deployment) {
      left_open_.emplace_back(spec.name);
    } else {
      diagnostics_.push_back({fmt::format("option '{}'", spec.name), expected(spec), "nothing",
                              fmt::format("give it by .param('{}', '...')", spec.name)});
    }
    return std::nullopt;
  }

  /// A value that addresses all detectors but is used by none is a mistake where none would accept it. For a
  /// detector that has a value of its own it may well be out of range.
  void check_overridden() {
    std::map<std::pair<std::string, std::string>, std::vector<Diagnostic>> wrong;
    std::set<std::pair<std::string, std::string>> taken = counted_;
    for (const ChosenDetector& chosen : chosen_) {
      for (const oddity_option_spec& spec : chosen.specs) {
        for (const Level& level : levels_of(settings_, chosen.name, spec)) {
          if (!level.of_all) continue;
          const std::pair key{level.mentions[0].name, level.mentions[0].origin};
          std::vector<Diagnostic> diagnostics;
          if (resolve_value(spec, level.mentions, diagnostics)) taken.insert(key);
          wrong.try_emplace(key, std::move(diagnostics));
        }
      }
    }
    for (const auto& [key, diagnostics] : wrong) {
      if (!taken.contains(key))
        diagnostics_.insert(diagnostics_.end(), diagnostics.begin(), diagnostics.end());
    }
  }

  const Settings& settings_;
  const Describe& describe_;
  const Scope scope_;
  std::vector<ChosenDetector> chosen_;
  /// By the option's name, of each name its origin; nothing where one of them is wrong.
  std::map<std::string_view, std::optional<std::vector<std::string>>> origins_of_names_;
  /// Values of detectors' options that are used, by name and origin.
  std::set<std::pair<std::string, std::string>> counted_;
  const CoreOption* superseded_ = nullptr;  ///< of two options that exclude each other
  const CoreOption* not_chosen_ = nullptr;  ///< of two such options the first, where neither was given
  std::vector<Diagnostic> diagnostics_;
  ResolvedOptions plan_;
  std::vector<std::string> left_open_;
};

}  // namespace

std::string ResolvedOptions::text() const {
  std::string text;
  static const CoreOptions usual;
  for (const CoreOption& option : core_options) {
    if (option.handed_on() || option.name() == "algorithm") continue;
    if (option.lists_names()) {
      const Resolved names = option.member.load(*this, option.spec);
      for (const std::string& name : std::get<std::vector<std::string>>(names.values))
        text += fmt::format(" {}={}", option.name(), name);
    } else if ((option.required() && option.instead == nullptr) || option.text(*this) != option.text(usual)) {
      text += fmt::format(" {}={}", option.name(), option.text(*this));
    }
  }
  for (const Choice& choice : choices) {
    text += fmt::format(" algorithm={}", choice.algorithm);
    for (const Resolved& option : choice.options) text += fmt::format(" {}={}", option.name, option.text());
  }
  return text.substr(std::min<std::size_t>(1, text.size()));
}

ResolvedOptions resolve(const Settings& settings, const Describe& describe) {
  return Resolver(settings, describe, Resolver::Scope::use).resolve().plan;
}

Deployment resolve_deployment(const Settings& settings, const Describe& describe) {
  return Resolver(settings, describe, Resolver::Scope::deployment).resolve();
}

}  // namespace oddity::options
