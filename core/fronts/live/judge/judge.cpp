#include "judge/judge.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "detect/results.hpp"
#include "exchange/lines.hpp"
#include "state/sink.hpp"

namespace oddity::live {
namespace {

constexpr std::size_t most_held = 1'000'000;  // points that wait, of all series

/// What the engine counts.
constexpr std::uint64_t WorkerTotals::*engine_counts[] = {&WorkerTotals::late, &WorkerTotals::repeated,
                                                          &WorkerTotals::failures, &WorkerTotals::expired,
                                                          &WorkerTotals::evicted};

/// Handed on with a line, unless others are chosen: what says it all in little.
const ChosenResults& usual_further() {
  static const ChosenResults usual{"score", "anomalous", "alarm"};
  return usual;
}

std::int64_t in_unit(std::int64_t time, std::int64_t unit) { return time / unit - (time % unit < 0 ? 1 : 0); }

}  // namespace

Judge::Judge(JudgeSettings settings, setup::Ready& ready, Log& log, InHand* in_hand)
    : settings_(std::move(settings)),
      ready_(ready),
      log_(log),
      in_hand_(in_hand),
      parser_(formats::LineParser::EveryNumber{}, formats::Precision::ns),
      remarks_(settings_.fields, settings_.group_by, log),
      identity_(settings_.group_by),
      held_(settings_.lateness, most_held,
            [this](const window::GroupIdentity& identity, std::int64_t time, double value) {
              judge_point(identity, time, value);
            }),
      watch_(most_watched) {
  const options::Extent& extent = ready.options.window;
  if (!extent.none()) {
    tumbling_.emplace(window::Tumble{extent.time, extent.number},
                      std::vector<std::string>{JudgeSettings::column},
                      window::OpenGroups{ready.options.max_groups, ready.options.ttl});
  }
  single_.columns.resize(1);
  single_.by_name = true;
}

AnswerHead Judge::take(const BatchHead& head, std::string_view lines, std::string& out,
                       std::string& watched) {
  head_ = head;
  answered_ = {};
  watched_ = &watched;
  if (!series_at_start_) series_at_start_ = ready_.engine->totals().groups;
  parser_.set_times(formats::Precision{head.unit}, head.arrival);
  if (!head.answered_before) {
    take_lines(lines, out);
    look_at_forgotten();
    return answered_;
  }
  const WorkerTotals before = totals_;
  const WorkerTotals engine = counts_of_engine();
  take_lines(lines, out);
  const std::int64_t latest = std::max(before.latest, totals_.latest);
  totals_ = before;
  totals_.latest = latest;
  const WorkerTotals after = counts_of_engine();
  for (const auto count : engine_counts) counted_before_.*count += after.*count - engine.*count;
  return answered_;
}

void Judge::take_lines(std::string_view lines, std::string& out) {
  while (!lines.empty()) {
    const std::size_t end = std::min(line_end(lines), lines.size());
    ++place_.line;
    take_line(lines.substr(0, end), out);
    lines.remove_prefix(end);
  }
}

/// `line`: with its newline, which the last one may lack.
void Judge::take_line(std::string_view line, std::string& out) {
  std::string_view text = line;
  if (text.ends_with('\n')) text.remove_suffix(1);
  const formats::Parsed parsed = parser_.parse(text, row_, diagnostic_);
  if (parsed == formats::Parsed::row) {
    ++answered_.lines;
    return take_row(line, out);
  }
  if (parsed != formats::Parsed::nothing) tell_unreadable(text);
  if (settings_.pass_through) out += line;
}

void Judge::tell_unreadable(std::string_view line) {
  ++answered_.unreadable;
  if (unreadable_++ != 0) return;
  log_.line("a line cannot be read: {}; it is '{}' (the first one; others are counted)", diagnostic_,
            line.substr(0, 200));
}

void Judge::tell_own_result() {
  if (totals_.own_results++ == 0 && !head_.answered_before)
    log_.write(settings_.names.passed_over(row_.name));
}

void Judge::take_row(std::string_view line, std::string& out) {
  line_ = line;
  further_.clear();
  result_lines_.clear();
  if (settings_.names.has(row_.name)) {
    tell_own_result();
  } else {
    look_at_times(row_.time);
    totals_.untagged += remarks_.look_at_tags(row_) ? 1 : 0;
    identity_.set_row(row_);
    bool any = false;
    for (std::size_t i = 0; i < row_.names.size(); ++i) {
      if (std::isnan(row_.values[i]) || !is_chosen(row_.names[i])) continue;
      if (!std::exchange(any, true)) note_time(row_.time);
      field_ = row_.names[i];
      held_.add(identity_.of(field_), row_.time, row_.values[i]);
    }
    if (!any) {
      ++totals_.not_chosen;
      remarks_.no_field_of(row_);
    }
  }
  if (settings_.pass_through) {
    out += line.substr(0, row_.fields_end);
    out += further_;
    out += line.substr(row_.fields_end);
    if (!result_lines_.empty() && !line.ends_with('\n')) out += '\n';
  }
  out += result_lines_;
  line_ = {};
}

bool Judge::is_chosen(std::string_view field) const {
  return settings_.fields.empty() ||
         std::find(settings_.fields.begin(), settings_.fields.end(), field) != settings_.fields.end();
}

void Judge::judge_point(const window::GroupIdentity& identity, std::int64_t time, double value) {
  ++totals_.points;
  if (is_skipped(identity.key)) {
    ++totals_.skipped;
    return;
  }
  if (const window::GroupWindow* const window = window_of(identity, time, value); window != nullptr)
    answer(*window, value);
}

bool Judge::is_skipped(std::string_view key) const {
  if (skipped_.empty()) return false;
  const auto found = skipped_.find(hash_of(key));
  return found != skipped_.end() && place_ >= found->second;
}

const window::GroupWindow* Judge::window_of(const window::GroupIdentity& identity, std::int64_t time,
                                            double value) {
  if (tumbling_) {
    const window::TumblingWindows::Added added = tumbling_->add(identity, time, {&value, 1});
    if (added.late && tumbling_->late() == 1)
      log_.line(
          "series '{}': a point came after its window was finished, and is in none (the first one; others "
          "are counted)",
          identity.key);
    return added.finished;
  }
  single_.group = identity.key;
  single_.name = identity.name;
  single_.tags = *identity.tags;
  single_.end = time;
  single_.times.assign(1, time);
  single_.columns[0].assign(1, value);
  return &single_;
}

void Judge::answer(const window::GroupWindow& window, double latest) {
  if (in_hand_ != nullptr) in_hand_->begin(window.group, place_);
  const detect::Verdict& verdict = ready_.engine->judge(window);
  if (in_hand_ != nullptr) in_hand_->end();
  if (head_.answered_before) return;
  ++(verdict.overall.judged() ? totals_.windows : totals_.learned);
  totals_.anomalies += verdict.overall.anomalous ? 1 : 0;
  totals_.alarms += verdict.overall.alarm ? 1 : 0;
  detect::name_fields(verdict, fields_);
  if (settings_.watched) watch_.append(window, latest, fields_, *watched_);
  if (fields_.empty()) return;
  look_at_results();
  const auto alarms = [](const ResultField& field) {
    return field.name == "alarm" && std::holds_alternative<bool>(field.value) && std::get<bool>(field.value);
  };
  if (settings_.only_alarms && std::none_of(fields_.begin(), fields_.end(), alarms)) return;
  if (settings_.pass_through && !tumbling_ && settings_.lateness == 0) {
    const bool all_free =
        append_further_fields(further_, line_.substr(0, row_.fields_end), field_, fields_,
                              settings_.results.empty() ? usual_further() : settings_.results);
    if (!all_free && !std::exchange(prefixed_told_, true))
      log_.line(
          "a line has a field '{}.' and a result's name of its own: the result is called 'oddity.{}....' "
          "there",
          field_, field_);
    return;
  }
  const std::int64_t unit = head_.source == Source::standard_input ? settings_.standard_input_unit : 1;
  append_result_line(result_lines_, settings_.names.of(window.name), window.tags, fields_, settings_.results,
                     in_unit(window.end, unit));
}

std::string Judge::save() const {
  std::string bytes;
  const oddity_sink sink = state::appending_to(bytes);
  StateWriter out(sink);
  held_.save(out);
  if (tumbling_) tumbling_->save(out);
  return bytes;
}

void Judge::restore(std::string_view windows) {
  StateReader in(std::as_bytes(std::span(windows)));
  held_.restore(in);
  if (tumbling_) return tumbling_->restore(in);
  in.expect_end();
}

WorkerTotals Judge::counts_of_engine() const {
  const detect::Pipeline::Totals engine = ready_.engine->totals();
  WorkerTotals counts;
  counts.late = (tumbling_ ? tumbling_->late() : 0) + engine.backwards;
  counts.repeated = engine.repeated;
  counts.failures = engine.failures;
  counts.expired = engine.expired;
  counts.evicted = engine.evicted;
  return counts;
}

WorkerTotals Judge::totals() const {
  const WorkerTotals engine = counts_of_engine();
  WorkerTotals totals = totals_;
  for (const auto count : engine_counts) totals.*count = engine.*count - counted_before_.*count;
  totals.groups = ready_.engine->totals().groups;
  totals.held = held_.waiting() + (tumbling_ ? tumbling_->waiting() : 0);
  return totals;
}

}  // namespace oddity::live
