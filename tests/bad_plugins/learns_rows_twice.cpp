// It learns all rows of a window, not only the fresh ones.
#include "one_fault.hpp"

namespace {

struct LearnsRowsTwice : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("learns_rows_twice");
};
using Exported = oddity::detail::Exported<LearnsRowsTwice>;

std::int32_t update(void* instance, const oddity_window* window, std::int32_t learn,
                    const oddity_sink* error) noexcept {
  oddity_window all = *window;
  all.fresh = all.rows;
  return Exported::update(instance, &all, learn, error);
}

}  // namespace

extern "C" __attribute__((visibility("default"))) const oddity_plugin* oddity_plugin_entry_v1(
    const oddity_host* host) {
  const oddity_plugin* const good = Exported::entry(host);
  if (good == nullptr) return nullptr;
  static oddity_plugin spoiled;
  spoiled = *good;
  spoiled.update = &update;
  return &spoiled;
}
