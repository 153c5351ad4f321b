#include <gtest/gtest.h>

#include <memory>

#include "detect/engine.hpp"
#include "scripted.hpp"
#include "state/envelope.hpp"
#include "support/log_pipe.hpp"

namespace oddity::detect {
namespace {

using test::window_of;

class EngineState : public testing::Test {
 protected:
  std::unique_ptr<Engine> make(std::vector<std::string> fields, std::string shape = "") {
    Chosen chosen = test::chosen<test::Scripted>();
    chosen.state_shape = std::move(shape);
    return std::make_unique<Engine>(test::plan_of(std::move(fields), {std::move(chosen)}), pipe.log);
  }
  /// Some windows in three groups, in an order that is not that of their keys.
  static void fill(Engine& engine, std::size_t fields) {
    for (const char* group : {"c", "a", "b"}) {
      engine.judge(window_of({0, 1, 2}, std::vector<std::vector<double>>(fields, {0.5, 0.5, 0.5}), 3, group));
    }
  }
  test::LogPipe pipe;
};

TEST_F(EngineState, RestoredAndSavedAgainItIsTheSameBytes) {
  const auto engine = make({"x", "y"});
  fill(*engine, 2);
  const std::string state = engine->save();
  const auto again = make({"x", "y"});
  const auto restored = again->restore(state);
  EXPECT_EQ(restored.groups, 3u);
  EXPECT_EQ(restored.detectors, 6u);
  EXPECT_TRUE(restored.dropped.empty());
  EXPECT_EQ(again->save(), state);
}

TEST_F(EngineState, EqualStateIsEqualBytesWhateverTheOrderOfGroups) {
  const auto engine = make({"x"});
  const auto other = make({"x"});
  for (const char* group : {"a", "b"}) engine->judge(window_of({0}, {{0.5}}, 1, group));
  for (const char* group : {"b", "a"}) other->judge(window_of({0}, {{0.5}}, 1, group));
  EXPECT_EQ(engine->save(), other->save());
}

TEST_F(EngineState, OneMoreFieldKeepsTheOthers) {
  const auto engine = make({"x"});
  fill(*engine, 1);
  const auto wider = make({"y", "x"});
  const auto restored = wider->restore(engine->save());
  EXPECT_EQ(restored.detectors, 3u);
  const auto& verdict = wider->judge(window_of({5}, {{11}, {11}}, 6, "a"));
  EXPECT_EQ(verdict.findings[0].evaluation.outputs[0], 0) << "y is fresh";
  EXPECT_EQ(verdict.findings[1].evaluation.outputs[0], 3) << "x goes on";
}

TEST_F(EngineState, AFieldThatIsGoneIsNamed) {
  const auto engine = make({"x", "y"});
  fill(*engine, 2);
  const auto narrower = make({"x"});
  const auto restored = narrower->restore(engine->save());
  EXPECT_EQ(restored.detectors, 3u);
  EXPECT_EQ(restored.dropped, "'scripted y' is not watched any more");
}

TEST_F(EngineState, OptionsThatShapeTheStateMakeItFresh) {
  const auto engine = make({"x"}, "depth=3");
  fill(*engine, 1);
  const auto other = make({"x"}, "depth=4");
  const auto restored = other->restore(engine->save());
  EXPECT_EQ(restored.detectors, 0u);
  EXPECT_EQ(restored.dropped, "'scripted x' was saved with depth=3, now runs with depth=4");
}

TEST_F(EngineState, DamageAnywhereIsRefusedAndChangesNothing) {
  const auto engine = make({"x"});
  fill(*engine, 1);
  const std::string state = engine->save();
  const auto other = make({"x"});
  other->judge(window_of({0}, {{0.5}}, 1, "mine"));
  const std::string before = other->save();
  for (std::size_t cut = 0; cut < state.size(); ++cut)
    EXPECT_THROW(other->restore(state.substr(0, cut)), state::EnvelopeError);
  for (std::size_t byte = 0; byte < state.size(); ++byte) {
    std::string damaged = state;
    damaged[byte] = static_cast<char>(damaged[byte] ^ 0x10);
    EXPECT_THROW(other->restore(damaged), state::EnvelopeError) << byte;
  }
  EXPECT_EQ(other->save(), before);
}

/// With a right checksum too: what the envelope cannot see, the reader must survive.
TEST_F(EngineState, ContentThatLiesIsRefusedOrHarmless) {
  const auto engine = make({"x"});
  fill(*engine, 1);
  const std::string sealed = engine->save();
  const auto content = state::open(sealed);
  const std::string text(reinterpret_cast<const char*>(content.data()), content.size());
  for (std::size_t byte = 0; byte < text.size(); ++byte) {
    for (const char flip : {'\x01', '\x80', '\xff'}) {
      std::string lie = text;
      lie[byte] = static_cast<char>(lie[byte] ^ flip);
      const auto other = make({"x"});
      try {
        other->restore(state::seal(lie));
        fill(*other, 1);
        other->save();
      } catch (const state::EnvelopeError&) {
      }
    }
  }
}

}  // namespace
}  // namespace oddity::detect
