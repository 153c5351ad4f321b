// Fuzzes options from TICKscript and YAML: an InitRequest, whose task id is taken as the text of a YAML file.
//
// Holds:
// - either there are diagnostics, each with its place and a sentence, or a plan;
// - a plan is complete and in range, whatever was brought, and has no name twice;
// - given again as printed, a plan resolves to the same plan;
// - memory stays in proportion to what was brought.
#include <cmath>
#include <set>

#include "base/error.hpp"
#include "detection/detection.hpp"
#include "detectors.hpp"
#include "fuzz.hpp"
#include "options/config.hpp"
#include "options/parse.hpp"
#include "options/resolve.hpp"

namespace oddity::fuzz {
namespace {

/// A detector, as far as it is described, with an option of every type.
constexpr oddity_option_spec option(const char* name, std::int32_t type, const char* default_value,
                                    double min, double max, const char* choices = nullptr,
                                    std::uint8_t list = 0) {
  return {.name = name,
          .unit = "",
          .about = "An option.",
          .default_value = default_value,
          .choices = choices,
          .min = min,
          .max = max,
          .type = type,
          .list = list,
          .shapes_state = 1};
}
constexpr oddity_option_spec every_option[] = {option("flag", ODDITY_BOOL, "false", 0, 1),
                                               option("count", ODDITY_INT, "3", -5, 1000),
                                               option("ratio", ODDITY_DOUBLE, "0.5", -1e300, 1e300),
                                               option("choice", ODDITY_STRING, "a", 0, 0, "a|b|long word"),
                                               option("span", ODDITY_DURATION, "1h", -1e18, 1e18),
                                               option("names", ODDITY_STRING, "", 0, 0, nullptr, 1),
                                               option("spans", ODDITY_DURATION, "5m", 0, 1e18, nullptr, 1)};

std::span<const oddity_option_spec> describe(std::string_view name) {
  static const auto ttest = linked<plugins::TTest>();
  static const auto ks = linked<plugins::KolmogorovSmirnov>();
  if (name == "ttest") return ttest->description().options;
  if (name == "ks") return ks->description().options;
  if (name == "every") return every_option;
  throw Error({"algorithm '" + std::string(name) + "'", "one that is there", "another", ""});
}

void check_complaints(const Error& error) {
  require(!error.diagnostics().empty() && *error.what() != '\0', "an error has a diagnostic");
  for (const Diagnostic& diagnostic : error.diagnostics()) {
    require(!diagnostic.where.empty(), "a diagnostic has a place");
    require(diagnostic.sentence().size() > diagnostic.where.size(), "and says what is wrong");
  }
}

void check_values(const options::Resolved& option, const oddity_option_spec& spec) {
  require(option.name == spec.name && option.type == spec.type, "options come in declared order");
  const auto in_range = [&](double value) { return value >= spec.min && value <= spec.max; };
  std::visit(
      [&](const auto& values) {
        using Value = typename std::decay_t<decltype(values)>::value_type;
        require(spec.list != 0 || values.size() == 1, "an option has one value unless it is a list");
        for (const auto& value : values) {
          if constexpr (std::is_same_v<Value, std::int64_t> || std::is_same_v<Value, double>)
            require(in_range(static_cast<double>(value)), "a value is in its range");
        }
      },
      option.values);
}

void check_plan(const options::ResolvedOptions& plan) {
  require(!plan.fields.empty() && !plan.choices.empty(), "a plan has a field and an algorithm");
  require(plan.alpha > 0 && plan.alpha < 1, "alpha lies between 0 and 1");
  std::set<std::string> names;
  for (const std::string& field : plan.fields)
    require(!field.empty() && names.insert(field).second, "each field has a name, once");
  names.clear();
  for (const options::Choice& choice : plan.choices) {
    require(names.insert(choice.algorithm).second, "each algorithm is chosen once");
    const auto specs = describe(choice.algorithm);
    require(choice.options.size() == specs.size(), "every declared option is there");
    for (std::size_t i = 0; i < choice.options.size(); ++i) check_values(choice.options[i], specs[i]);
  }
}

/// The values one by one, as a person would write them.
std::vector<std::string> printed(const options::Resolved& option) {
  std::vector<std::string> texts;
  std::visit(
      [&](const auto& values) {
        for (const auto& value : values) {
          options::Resolved one = option;
          one.values = std::decay_t<decltype(values)>{value};
          texts.push_back(one.text());
        }
      },
      option.values);
  return texts;
}

options::Settings settings_of(const options::ResolvedOptions& plan) {
  options::Settings settings;
  for (const std::string& field : plan.fields) settings.given.push_back({"field", options::Text{field}, ""});
  static const options::CoreOptions usual;
  for (const options::CoreOption& option : options::core_options) {
    if (option.handed_on() || option.lists_names() || option.name() == "algorithm") continue;
    const std::string text = option.text(plan);
    const bool always = option.required() && option.instead == nullptr;
    if (always || text != option.text(usual))
      settings.given.push_back({std::string(option.name()), options::Text{text}, ""});
  }
  for (const options::Choice& choice : plan.choices) {
    settings.given.push_back({"algorithm", options::Text{choice.algorithm}, ""});
    for (const options::Resolved& option : choice.options) {
      for (const std::string& text : printed(option))
        settings.params.push_back({choice.algorithm + "." + option.name, options::Text{text}, ""});
    }
  }
  return settings;
}

/// An empty list cannot be given: nothing said is the default, which may be another.
bool can_be_printed(const options::ResolvedOptions& plan) {
  return std::all_of(plan.choices.begin(), plan.choices.end(), [](const options::Choice& choice) {
    return std::all_of(choice.options.begin(), choice.options.end(), [](const options::Resolved& option) {
      return option.name == "names" || !printed(option).empty();
    });
  });
}

void check(const udf::InitRequest& request, std::size_t bytes) {
  options::Settings settings;
  try {
    settings = kapacitor::settings_of(request);
    const config::Config config = config::read_text(request.taskid(), "/nowhere/oddity.yaml");
    settings.defaults = config.settings.defaults;
    settings.algorithms = config.settings.algorithms;
  } catch (const Error& wrong) {
    check_complaints(wrong);
  }
  const Held held;
  try {
    const options::ResolvedOptions plan = options::resolve(settings, describe);
    require_proportion(held, bytes, 50);
    check_plan(plan);
    if (!can_be_printed(plan)) return;
    const options::ResolvedOptions again = options::resolve(settings_of(plan), describe);
    require(again.text() == plan.text(), "a printed plan resolves to itself");
    for (std::size_t i = 0; i < plan.choices.size(); ++i) {
      for (std::size_t j = 0; j < plan.choices[i].options.size(); ++j) {
        require(plan.choices[i].options[j].values == again.choices[i].options[j].values,
                "to the same values");
      }
    }
  } catch (const Error& wrong) {
    require_proportion(held, bytes, 50);
    check_complaints(wrong);
  }
}

}  // namespace
}  // namespace oddity::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  oddity::udf::InitRequest request;
  if (request.ParseFromArray(data, static_cast<int>(size))) oddity::fuzz::check(request, size);
  return 0;
}
