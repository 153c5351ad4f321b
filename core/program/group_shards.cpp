#include "group_shards.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

#include "base/in_parallel.hpp"
#include "detect/results.hpp"
#include "detect/saved_state.hpp"
#include "json_lines/json_lines.hpp"
#include "state/envelope.hpp"

namespace oddity::program {
namespace {

constexpr std::size_t shards_a_thread = 4;  ///< so that no core waits long for another
constexpr std::size_t most_windows_held = 4096;
constexpr std::size_t most_rows_held = 1 << 16;

/// What a line says, without group and numbers: one pipeline says each of these once, or once in a while.
std::string kind_of(std::string_view line) {
  constexpr std::string_view group = "group '";
  std::string kind;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line.substr(at).starts_with(group)) {
      at = std::min(line.find('\'', at + group.size()), line.size());
    } else if (std::isdigit(static_cast<unsigned char>(line[at])) == 0) {
      kind += line[at];
    }
  }
  return kind;
}

}  // namespace

struct GroupShards::Shard {
  Shard(std::size_t shard, const detect::Plan& plan, CallWatch& watch)
      : number(shard),
        log([this](std::string_view line) { lines.emplace_back(now, line); }),
        pipeline(plan, log),
        watched(watch, pipeline.running()) {}

  const std::size_t number;
  std::size_t now = 0;                                     ///< the window that is judged, among those held
  std::vector<std::pair<std::size_t, std::string>> lines;  ///< for the log, with their windows
  Log log;
  detect::Pipeline pipeline;
  const CallWatch::Watched watched;
  std::vector<std::size_t> windows;  ///< of those held
  std::vector<ResultField> fields;
};

bool GroupShards::possible(const detect::Pipeline& pipeline, std::size_t groups) {
  const detect::Plan& plan = pipeline.plan();
  return plan.ttl == 0 && groups > 1 && pipeline.totals().groups + groups <= plan.max_groups;
}

GroupShards::GroupShards(detect::Pipeline& pipeline, std::size_t threads, Log& log, CallWatch& watch)
    : threads_(threads), log_(log), held_(most_windows_held) {
  for (std::size_t shard = 0; shard < threads * shards_a_thread; ++shard)
    shards_.push_back(std::make_unique<Shard>(shard, pipeline.plan(), watch));
  if (pipeline.totals().groups != 0) take_over(pipeline);
}

GroupShards::~GroupShards() = default;

/// Each shard begins with a state of its own groups.
void GroupShards::take_over(detect::Pipeline& pipeline) {
  const std::string bytes = pipeline.save().bytes;
  const detect::SavedState state = detect::read_state(state::open(bytes));
  latest_end_ = state.latest_end;
  std::vector<std::string> groups(shards_.size());
  for (const detect::SavedGroup& group : state.groups) {
    Place& place = place_of(std::string(group.key));
    place.rank = group.rank;
    groups[place.shard] += detect::write_group(group);
  }
  for (std::size_t shard = 0; shard < shards_.size(); ++shard) {
    const std::string own = state::seal(detect::write_state(state.specs, state.latest_end, groups[shard]));
    shards_[shard]->pipeline.restore(state::open(own));
  }
}

/// New groups go round.
GroupShards::Place& GroupShards::place_of(const std::string& group) {
  const auto [place, is_new] = places_.try_emplace(group);
  if (is_new) place->second.shard = (places_.size() - 1) % shards_.size();
  return place->second;
}

void GroupShards::add(const window::GroupWindow& window, const Sink& sink) {
  Place& place = place_of(window.group);
  place.used = ++windows_;
  latest_end_ = window.end;
  shards_[place.shard]->windows.push_back(windows_held_);
  held_[windows_held_++].window = window;
  rows_held_ += window.rows();
  if (windows_held_ == most_windows_held || rows_held_ >= most_rows_held) finish(sink);
}

void GroupShards::finish(const Sink& sink) {
  in_parallel(shards_.size(), threads_, [&](std::size_t shard) { judge(*shards_[shard]); });
  for (std::size_t window = 0; window < windows_held_; ++window) {
    tell(window);
    sink(held_[window]);
  }
  for (const std::unique_ptr<Shard>& shard : shards_) {
    shard->windows.clear();
    shard->lines.clear();
  }
  windows_held_ = rows_held_ = 0;
}

void GroupShards::judge(Shard& shard) {
  for (const std::size_t number : shard.windows) {
    shard.now = number;
    JudgedWindow& judged = held_[number];
    judged.verdict = shard.pipeline.judge(judged.window);
    detect::name_fields(judged.verdict, shard.fields);
    judged.line = shard.fields.empty() ? std::string() : formats::json_line(judged.window, shard.fields);
  }
}

/// Of what each pipeline says once, the first says it for all.
void GroupShards::tell(std::size_t window) {
  for (const std::unique_ptr<Shard>& shard : shards_) {
    for (const auto& [at, line] : shard->lines) {
      if (at != window) continue;
      if (told_.try_emplace(kind_of(line), shard->number).first->second == shard->number) log_.write(line);
    }
  }
}

detect::Pipeline::Totals GroupShards::totals() const {
  detect::Pipeline::Totals all;
  for (const std::unique_ptr<Shard>& shard : shards_) {
    const detect::Pipeline::Totals one = shard->pipeline.totals();
    all.windows += one.windows;
    all.empty += one.empty;
    all.anomalies += one.anomalies;
    all.alarms += one.alarms;
    all.relearned += one.relearned;
    all.failures += one.failures;
    all.unanswered += one.unanswered;
    all.backwards += one.backwards;
    all.repeated += one.repeated;
    all.expired += one.expired;
    all.evicted += one.evicted;
    all.groups += one.groups;
  }
  return all;
}

/// The groups of all shards in order of their keys, each with the rank that it would have in one pipeline.
std::string GroupShards::save() {
  std::vector<std::pair<std::string_view, Place>> by_use(places_.begin(), places_.end());
  std::ranges::sort(by_use, [](const auto& one, const auto& other) {
    return one.second.used != other.second.used ? one.second.used > other.second.used
                                                : one.second.rank < other.second.rank;
  });
  std::unordered_map<std::string_view, std::uint64_t> ranks;
  for (const auto& [key, place] : by_use) ranks.emplace(key, ranks.size());

  std::vector<detect::SavedSpec> specs;
  std::map<std::string_view, std::string> groups;
  std::vector<std::string> saved;  // as long as `groups` refers to them
  saved.reserve(shards_.size());
  for (const std::unique_ptr<Shard>& shard : shards_) {
    saved.push_back(shard->pipeline.save().bytes);
    detect::SavedState state = detect::read_state(state::open(saved.back()));
    for (detect::SavedGroup& group : state.groups) {
      group.rank = ranks.at(group.key);
      groups.emplace(group.key, detect::write_group(group));
    }
    specs = std::move(state.specs);
    shard->now = 0;
  }
  tell(0);  // of a detector that could not be saved
  std::string all;
  for (const auto& [key, group] : groups) all += group;
  return state::seal(detect::write_state(specs, latest_end_, all));
}

}  // namespace oddity::program
