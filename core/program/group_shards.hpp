// Windows judged on several cores: each group by one of several pipelines, which share nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/call_watch.hpp"
#include "base/log.hpp"
#include "detect/pipeline.hpp"
#include "detect/verdict.hpp"
#include "window/group_window.hpp"

namespace oddity::program {

/// What became of one window.
struct JudgedWindow {
  window::GroupWindow window;
  detect::Verdict verdict;  ///< of `window`
  std::string line;         ///< of its result; empty: it was not judged
};

/// 1. GroupShards(pipeline, threads, log, watch): groups that the pipeline has are taken over;
/// 2. add(window, sink) for each window, in order, then finish(sink);
/// 3. totals(), save().
///
/// The sink is called for each window in the order of add(), now or with a later one, on the thread of add(). What it sees, and
/// what is saved, is what one pipeline would have said of all windows; possible() says when.
class GroupShards {
 public:
  using Sink = std::function<void(const JudgedWindow&)>;

  /// Where groups are forgotten, by age or by number, they depend on each other. `groups`: that will come, at most.
  static bool possible(const detect::Pipeline& pipeline, std::size_t groups);

  /// `log` and `watch` outlive this.
  GroupShards(detect::Pipeline& pipeline, std::size_t threads, Log& log, CallWatch& watch);
  GroupShards(const GroupShards&) = delete;
  GroupShards& operator=(const GroupShards&) = delete;
  ~GroupShards();

  void add(const window::GroupWindow& window, const Sink& sink);
  void finish(const Sink& sink);

  detect::Pipeline::Totals totals() const;
  std::string save();

 private:
  struct Shard;
  struct Place {
    std::size_t shard = 0;
    std::uint64_t used = 0;  ///< the last window, from 1; 0: none yet
    std::uint64_t rank = 0;  ///< of those without: how many groups were used later
  };
  void take_over(detect::Pipeline& pipeline);
  Place& place_of(const std::string& group);
  void judge(Shard& shard);
  void tell(std::size_t window);

  const std::size_t threads_;
  Log& log_;
  std::vector<std::unique_ptr<Shard>> shards_;
  std::map<std::string, Place, std::less<>> places_;  ///< by the group's key
  std::vector<JudgedWindow> held_;
  std::size_t windows_held_ = 0;
  std::size_t rows_held_ = 0;
  std::uint64_t windows_ = 0;
  std::int64_t latest_end_ = 0;
  std::unordered_map<std::string, std::size_t> told_;  ///< shard that first told a line of this kind
};

}  // namespace oddity::program
