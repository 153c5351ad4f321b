#include "detect/plan.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <numeric>

namespace oddity::detect {
namespace {

DetectorSpec spec(const Plan& plan, const ChosenAlgorithm& chosen, const std::vector<std::size_t>& columns) {
  const std::string name(chosen.algorithm->name());
  DetectorSpec made{&chosen, {}, name, 0};
  for (const std::size_t column : columns) made.key += '\0' + plan.fields[column];
  if (columns.size() == 1 && plan.fields.size() > 1) made.prefix += plan.fields[columns[0]] + ".";
  // A detector of all fields stands beside those of single fields only when there are several algorithms.
  if (plan.algorithms.size() > 1) made.prefix += name + ".";
  return made;
}

void add(std::vector<FieldSet>& field_sets, const Plan& plan, std::vector<std::size_t> columns,
         std::int32_t fields) {
  FieldSet field_set{std::move(columns), {}, false};
  for (const ChosenAlgorithm& chosen : plan.algorithms) {
    const auto& description = chosen.algorithm->description();
    if (description.fields != fields) continue;
    field_set.specs.push_back(spec(plan, chosen, field_set.columns));
    field_set.wants_sorted |= description.wants_sorted != 0;
  }
  if (!field_set.specs.empty()) field_sets.push_back(std::move(field_set));
}

}  // namespace

std::optional<Diagnostic> wrong_direction(const plugin::DetectorDescription& description,
                                          Direction direction) {
  const auto asked = static_cast<std::int32_t>(direction);
  if (description.serves(asked)) return std::nullopt;
  return Diagnostic{"option 'direction'",
                    fmt::format("one that algorithm '{}' serves: {}", description.name,
                                fmt::join(plugin::directions_of(description), ", ")),
                    fmt::format("'{}'", plugin::direction_names.at(static_cast<std::size_t>(asked))), ""};
}

std::vector<FieldSet> field_sets_of(const Plan& plan) {
  std::vector<FieldSet> field_sets;
  for (std::size_t column = 0; column < plan.fields.size(); ++column)
    add(field_sets, plan, {column}, ODDITY_FIELDS_ONE);
  std::vector<std::size_t> all(plan.fields.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  add(field_sets, plan, std::move(all), ODDITY_FIELDS_ALL);
  std::size_t index = 0;
  for (FieldSet& field_set : field_sets)
    for (DetectorSpec& spec : field_set.specs) spec.index = index++;
  return field_sets;
}

}  // namespace oddity::detect
