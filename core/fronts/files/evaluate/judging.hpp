// Reads and judges every series of several sets, on all cores.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "base/log.hpp"
#include "evaluate/data_set.hpp"
#include "evaluate/evaluation.hpp"
#include "evaluate/judge.hpp"
#include "evaluate/series_reader.hpp"
#include "replay/named_few.hpp"

namespace oddity::evaluate {

/// 1. Judging(sets, reading, judge);
/// 2. run(threads, progress), once: the results are the same, and in the same order, on however many threads;
/// 3. tell(wrong_labels, log), and take().
class Judging {
 public:
  /// Called on several threads, for each series once. What it throws as oddity::Error leaves that series out.
  using Judge = std::function<Judged(const LabelledSeries&, Log&)>;
  /// How many series are done, of all; on one thread at a time.
  using Progress = std::function<void(std::size_t, std::size_t)>;

  Judging(std::vector<DataSet> sets, SeriesReading reading, Judge judge);

  void run(std::size_t threads, const Progress& progress);
  /// What was not as it should be, in order of the series; returns how many of them are left out.
  std::size_t tell(replay::NamedFew& wrong_labels, Log& log) const;
  /// Windows of all series of which the detector said something.
  std::uint64_t windows() const noexcept;
  /// Every series that could be judged; leaves nothing behind.
  std::vector<JudgedSet> take();

 private:
  struct Work {
    std::size_t set = 0;
    const SeriesFile* file = nullptr;
    ReadSeries read;
    Judged judged;
    std::string broken;            ///< why it could not be judged
    std::vector<std::string> log;  ///< of its detectors
  };
  void judge(Work& work) const;
  std::vector<std::size_t> largest_first() const;

  const std::vector<DataSet> sets_;
  const SeriesReading reading_;
  const Judge judge_;
  std::vector<Work> work_;
};

}  // namespace oddity::evaluate
