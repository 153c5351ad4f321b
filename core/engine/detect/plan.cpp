#include "detect/plan.hpp"

#include <numeric>

namespace oddity::detect {
namespace {

Sensor sensor(const Plan& plan, const Chosen& chosen, const std::vector<std::size_t>& columns) {
  const std::string name(chosen.algorithm->name());
  Sensor made{&chosen, {}, name};
  for (const std::size_t column : columns) made.key += '\0' + plan.fields[column];
  if (columns.size() == 1 && plan.fields.size() > 1) made.prefix += plan.fields[columns[0]] + ".";
  // A detector of all fields stands beside those of single fields only when there are several algorithms.
  if (plan.algorithms.size() > 1) made.prefix += name + ".";
  return made;
}

void add(std::vector<Subject>& subjects, const Plan& plan, std::vector<std::size_t> columns,
         std::int32_t fields) {
  Subject subject{std::move(columns), {}, false};
  for (const Chosen& chosen : plan.algorithms) {
    const auto& description = chosen.algorithm->description();
    if (description.fields != fields) continue;
    subject.sensors.push_back(sensor(plan, chosen, subject.columns));
    subject.wants_sorted |= description.wants_sorted != 0;
  }
  if (!subject.sensors.empty()) subjects.push_back(std::move(subject));
}

}  // namespace

std::vector<Subject> subjects_of(const Plan& plan) {
  std::vector<Subject> subjects;
  for (std::size_t column = 0; column < plan.fields.size(); ++column)
    add(subjects, plan, {column}, ODDITY_FIELDS_ONE);
  std::vector<std::size_t> all(plan.fields.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  add(subjects, plan, std::move(all), ODDITY_FIELDS_ALL);
  return subjects;
}

}  // namespace oddity::detect
