// What the judge says of a stream that is not as its options expect it.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "judge/judge.hpp"
#include "row/plausible_times.hpp"

namespace oddity::live {

/// A result that was misspelt would silence everything.
void Judge::look_at_results() {
  if (looked_at_results_) return;
  looked_at_results_ = true;
  std::vector<std::string> there;
  for (const ResultField& field : fields_) there.emplace_back(field.name);
  for (const std::string& asked : settings_.results) {
    if (std::find(there.begin(), there.end(), asked) != there.end()) continue;
    const std::string hint = did_you_mean(asked, there);
    log_.line("option '--result': the first judged window has no '{}' but {}{}{}", asked,
              fmt::join(there, ", "), hint.empty() ? "" : "; ", hint);
  }
}

/// Of a stream whose times are of 1970, each point would be a moment after the one before. What is ahead of the clock is
/// note_time's to say.
void Judge::look_at_times(std::int64_t time) {
  if (std::exchange(looked_at_times_, true) || (head_.arrival != 0 && time > head_.arrival)) return;
  const std::string doubt = formats::doubt_about_times(time, time, formats::Precision{head_.unit});
  if (!doubt.empty()) log_.write(doubt);
}

/// Series that are forgotten from point to point would be silent for ever. Those of the state may be old.
void Judge::look_at_forgotten() {
  constexpr std::size_t few = 20;
  if (forgotten_told_ || totals_.windows != 0) return;
  const detect::Pipeline::Totals engine = ready_.engine->totals();
  if (engine.expired + engine.evicted < *series_at_start_ + few) return;
  forgotten_told_ = true;
  log_.line(
      "nothing was judged so far, and {} series were forgotten by age (ttl {}), {} by number (maxGroups {}): "
      "each begins anew when it comes again; a longer --ttl, or a larger --maxGroups, lets them stay",
      engine.expired, options::core_option("ttl")->text(ready_.options), engine.evicted,
      ready_.options.max_groups);
}

/// One time of next century would hide for ever that nothing new comes: it is not the newest there is.
void Judge::note_time(std::int64_t time) {
  constexpr std::int64_t a_day = 24 * 3'600 * std::int64_t{1'000'000'000};
  if (head_.arrival == 0 || time <= head_.arrival + a_day) {
    totals_.latest = std::max(totals_.latest, time);
    return;
  }
  if (totals_.ahead++ != 0 || head_.answered_before) return;
  log_.line(
      "a line of '{}' is {} days ahead of this machine's clock: is the precision, {} ns a unit, right? It "
      "is judged, and does not count for oddity_lag_seconds (the first one; others are counted)",
      row_.name, (time - head_.arrival) / a_day, head_.unit);
}

}  // namespace oddity::live
