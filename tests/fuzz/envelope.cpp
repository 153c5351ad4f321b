// Fuzzes what the engine makes of a saved state: three detectors on two fields, any groups.
//
// Input: an even first byte and bytes as they are, or an odd one and content that is sealed here, so that the
// checksum is right and the content lies.
//
// Holds:
// - a state that cannot be used throws EnvelopeError and changes nothing;
// - one that is taken can be saved, restored whole and saved to the same bytes; both engines go on alike;
// - where there is no room for all groups, those left out are counted;
// - nothing that is reported then is NaN or infinite; memory stays in proportion to the state, and to
//   the groups that there may be.
#include "state/envelope.hpp"

#include <utility>

#include "detect/pipeline.hpp"
#include "detectors.hpp"
#include "finite.hpp"
#include "fuzz.hpp"

namespace oddity::fuzz {
namespace {

window::GroupWindow window_in(const std::string& group, std::int64_t end) {
  window::GroupWindow window;
  window.group = group;
  window.end = end;
  window.times = {end - 3, end - 2, end - 1};
  window.columns = {{20, 21, 20.5}, {-1, 1e3, 0}};
  return window;
}

void check_goes_on(detect::Pipeline& engine, detect::Pipeline& again, const std::string& group) {
  std::vector<ResultField> fields, fields_again;
  for (const std::int64_t end :
       {std::int64_t{10}, std::int64_t{5}, std::int64_t{1'451'610'300'000'000'000}}) {
    const window::GroupWindow window = window_in(group, end);
    const detect::Verdict& verdict = engine.judge(window);
    detect::name_fields(verdict, fields);
    check_fields(verdict, fields);
    detect::name_fields(again.judge(window), fields_again);
    require(std::equal(fields.begin(), fields.end(), fields_again.begin(), fields_again.end(),
                       [](const auto& a, const auto& b) { return a.name == b.name && a.value == b.value; }),
            "a restored engine says the same");
  }
  require(engine.save().bytes == again.save().bytes, "and learns the same");
  require(engine.totals().failures == 0, "no restored detector fails");
}

/// Where there is room for half, the groups that are left out are counted, and the rest is whole.
void check_room(detect::Pipeline& engine) {
  const std::size_t max = engine.save().bytes.size() / 2;
  const auto saved = engine.save({}, max);
  constexpr std::size_t envelope = 64;
  require(saved.left_out == engine.totals().groups || saved.bytes.size() <= max + envelope,
          "what is saved has room");
  static Engine half;
  detect::Pipeline& again = half.without_groups();
  require(again.restore(state::open(saved.bytes)).groups + saved.left_out == engine.totals().groups,
          "what is left out is counted");
}

/// An engine that knows one group. It serves for all states that it refuses, since they change nothing.
class Refusing {
 public:
  detect::Pipeline& engine() {
    if (std::exchange(unchanged_, true)) return *engine_;
    engine_ = &made_.without_groups();
    const Held held;
    engine_->judge(window_in("mine", 10));
    bytes_of_a_group_ = std::max(bytes_of_a_group_, held.max());
    before_ = engine_->save().bytes;
    return *engine_;
  }
  void refused() { require(engine_->save().bytes == before_, "a refused state changes nothing"); }
  /// As many as there may be, whose detectors have learned nothing: a few bytes of the state are enough for one.
  std::size_t bytes_of_groups() const noexcept { return plan().max_groups * bytes_of_a_group_; }
  void accepted() noexcept { unchanged_ = false; }

 private:
  Engine made_;
  detect::Pipeline* engine_ = nullptr;
  std::string before_;
  std::size_t bytes_of_a_group_ = 0;
  bool unchanged_ = false;
};

void check(std::string_view state, std::size_t input_bytes) {
  static Refusing refusing;
  detect::Pipeline& engine = refusing.engine();
  bool opened = false;
  try {
    const Held held;
    const state::Opened content = state::open(state);
    opened = true;
    const auto restored = engine.restore(content);
    require_proportion(held, input_bytes, 200, refusing.bytes_of_groups());
    require(restored.groups == engine.totals().groups, "as many groups as it says");
  } catch (const state::EnvelopeError& unusable) {
    require(*unusable.what() != '\0', "a refusal says why");
    if (opened) refusing.refused();  // else the engine has not seen it
    return;
  }
  refusing.accepted();
  const std::string saved = engine.save().bytes;
  static Engine whole;
  detect::Pipeline& again = whole.without_groups();
  const auto restored = again.restore(state::open(saved));
  require(restored.dropped.empty() && restored.groups == engine.totals().groups,
          "what was saved is restored whole");
  require(again.save().bytes == saved, "and gives the same bytes again");
  check_goes_on(engine, again, "host=a");
  check_room(engine);
}

}  // namespace
}  // namespace oddity::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace oddity;
  fuzz::Input input(data, size);
  const bool sealed = input.number<std::uint8_t>() % 2 != 0;
  fuzz::check(sealed ? state::seal(input.rest()) : std::string(input.rest()), size);
  return 0;
}
