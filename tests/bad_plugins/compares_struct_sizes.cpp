// It refuses windows of a later ABI, which are larger.
#include "one_fault.hpp"

namespace {

struct ComparesStructSizes : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("compares_struct_sizes");
};
using Exported = oddity::detail::Exported<ComparesStructSizes>;

std::int32_t evaluate(const void* instance, const oddity_window* window, const oddity_question* question,
                      oddity_evaluation* answer, const oddity_sink* error) noexcept {
  if (window->struct_size != sizeof *window) return ODDITY_REFUSED;
  return Exported::evaluate(instance, window, question, answer, error);
}

}  // namespace

extern "C" __attribute__((visibility("default"))) const oddity_plugin* oddity_plugin_entry_v1(
    const oddity_host* host) {
  const oddity_plugin* const good = Exported::entry(host);
  if (good == nullptr) return nullptr;
  static oddity_plugin spoiled;
  spoiled = *good;
  spoiled.evaluate = &evaluate;
  return &spoiled;
}
