#include "groups/table.hpp"

#include <fmt/format.h>

#include "measured/spread.hpp"

namespace oddity::bench {
namespace {

std::string megabytes(std::size_t bytes) { return brief(static_cast<double>(bytes) / 1e6); }

}  // namespace

std::string groups_table(std::span<const GroupCost> costs) {
  std::string text =
      "| groups | samples that each holds | ns CPU a point | times the first row | resident, MB | of it a "
      "group, bytes "
      "| snapshot, MB | its CPU, s | until it has come, s | resident at most, MB |\n"
      "|---|---|---|---|---|---|---|---|---|---|\n";
  for (const GroupCost& cost : costs) {
    if (!cost.left_out.empty()) {
      text += fmt::format("| {} | {} | not measured: {} | | | | | | | |\n", cost.groups, cost.samples,
                          cost.left_out);
      continue;
    }
    const std::size_t alone = costs.front().resident;
    const std::size_t a_group = cost.resident > alone ? (cost.resident - alone) / cost.groups : 0;
    text += fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", cost.groups, cost.samples,
                        brief(cost.nanoseconds), brief(cost.nanoseconds / costs.front().nanoseconds),
                        megabytes(cost.resident), a_group == 0 ? "" : std::to_string(a_group),
                        megabytes(cost.snapshot_bytes), brief(cost.snapshot_cpu), brief(cost.snapshot_wall),
                        megabytes(cost.peak));
  }
  return text;
}

}  // namespace oddity::bench
