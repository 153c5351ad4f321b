#include "comparison/comparison.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <stdexcept>

namespace oddity::bench {
namespace {

/// A stream, and the file with its bytes.
struct Stored {
  Stored(Stream made, std::string where) : stream(std::move(made)), file(std::move(where)) {
    std::ofstream out(file, std::ios::binary);
    out << stream.bytes;
    if (!out.flush()) throw std::runtime_error(file + " cannot be written");
  }
  Stream stream;
  std::string file;
};

std::optional<std::size_t> place_of(const Costs& costs, Who who) {
  for (std::size_t i = 0; i < costs.contenders.size(); ++i) {
    if (costs.contenders[i].who == who) return i;
  }
  return std::nullopt;
}

double seconds_of(const Contender& contender, const Stored& stored, Feed feed) {
  return measure(contender.command, stored.stream, stored.file, feed);
}

}  // namespace

std::vector<Scene> all_scenes() {
  const std::string few = "300 points a batch", many = "1 000 groups, 20 points a batch";
  return {{few, &batches_of_300, Feed::file},
          {few, &batches_of_300, Feed::pipe},
          {many, &a_thousand_groups, Feed::file},
          {many, &a_thousand_groups, Feed::pipe}};
}

std::optional<Spread> Costs::of(Who who) const {
  const auto at = place_of(*this, who);
  return at ? std::optional(spread_of(nanoseconds[*at])) : std::nullopt;
}

std::optional<Spread> Costs::ratio(Who who, Who other) const {
  const auto at = place_of(*this, who), against = place_of(*this, other);
  if (!at || !against) return std::nullopt;
  std::vector<double> ratios;
  for (std::size_t round = 0; round < nanoseconds[*at].size(); ++round)
    ratios.push_back(nanoseconds[*at][round] / nanoseconds[*against][round]);
  return spread_of(std::move(ratios));
}

Costs compare(const Scene& scene, const std::vector<Contender>& contenders, std::size_t points, int rounds,
              const std::string& folder_file) {
  Costs costs{scene, contenders, {}};
  // From a file no read finds little, so that nobody naps.
  if (scene.feed == Feed::file)
    std::erase_if(costs.contenders, [](const Contender& one) { return one.who == Who::read_with_nap; });
  costs.nanoseconds.resize(costs.contenders.size());

  const Stored none(scene.make(0), folder_file + "-none");
  std::map<std::size_t, Stored> by_share;
  for (const Contender& one : costs.contenders)
    by_share.try_emplace(one.share, scene.make(points / one.share),
                         folder_file + "-" + std::to_string(one.share));
  for (int round = 0; round <= rounds; ++round) {
    for (std::size_t i = 0; i < costs.contenders.size(); ++i) {
      const Contender& one = costs.contenders[i];
      const Stored& stored = by_share.at(one.share);
      const double seconds = seconds_of(one, stored, scene.feed) - seconds_of(one, none, scene.feed);
      if (round > 0)
        costs.nanoseconds[i].push_back(1e9 * seconds / static_cast<double>(stored.stream.points));
    }
  }
  return costs;
}

}  // namespace oddity::bench
