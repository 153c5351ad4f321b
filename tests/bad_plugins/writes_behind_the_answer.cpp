// It writes to the part of a later ABI's answer that it does not know.
#include <cstring>

#include "one_fault.hpp"

namespace {

struct WritesBehindTheAnswer : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("writes_behind_the_answer");
};
using Exported = oddity::detail::Exported<WritesBehindTheAnswer>;

std::int32_t evaluate(const void* instance, const oddity_window* window, const oddity_question* question,
                      oddity_evaluation* answer, const oddity_sink* error) noexcept {
  std::memset(answer, 0xff, answer->struct_size);
  answer->struct_size = sizeof *answer;
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
