#include "conformance/checks.hpp"

#include <algorithm>
#include <set>

namespace oddity::conformance {

std::vector<Check> all_checks() {
  std::vector<Check> waiting;
  for (const auto group :
       {&loading_checks, &description_checks, &running_checks, &purity_checks, &instances_checks,
        &answers_checks, &data_checks, &learning_checks, &statistics_checks, &state_checks, &damage_checks,
        &options_checks, &manners_checks}) {
    const std::vector<Check> checks = group();
    waiting.insert(waiting.end(), checks.begin(), checks.end());
  }
  // Groups stand in the order in which a reader would ask; some checks need one of a later group.
  std::vector<Check> ordered;
  std::set<std::string_view> there{""};
  while (!waiting.empty()) {
    const auto next = std::find_if(waiting.begin(), waiting.end(),
                                   [&](const Check& check) { return there.contains(check.needs); });
    if (next == waiting.end()) break;  // the test of this list says that it does not happen
    there.insert(next->id);
    ordered.push_back(*next);
    waiting.erase(next);
  }
  return ordered;
}

}  // namespace oddity::conformance
