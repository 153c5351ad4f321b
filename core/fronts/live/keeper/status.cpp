#include "keeper/status.hpp"

#include <algorithm>

namespace oddity::live {

void Latency::add(double seconds) noexcept {
  const auto place = std::lower_bound(ends.begin(), ends.end(), seconds);
  ++counts[static_cast<std::size_t>(place - ends.begin())];
  sum += seconds;
  ++count;
}

WorkerTotals all_workers(const StatusNumbers& numbers) noexcept {
  WorkerTotals all = numbers.worker;
  const WorkerTotals& before = numbers.before;
  all.points += before.points;
  all.windows += before.windows;
  all.learned += before.learned;
  all.anomalies += before.anomalies;
  all.alarms += before.alarms;
  all.own_results += before.own_results;
  all.not_chosen += before.not_chosen;
  all.untagged += before.untagged;
  all.ahead += before.ahead;
  all.late += before.late;
  all.repeated += before.repeated;
  all.skipped += before.skipped;
  all.failures += before.failures;
  all.expired += before.expired;
  all.evicted += before.evicted;
  all.latest = std::max(all.latest, before.latest);
  return all;
}

}  // namespace oddity::live
