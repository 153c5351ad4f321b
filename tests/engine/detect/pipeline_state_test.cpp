#include <gtest/gtest.h>

#include <memory>

#include "detect/pipeline.hpp"
#include "scripted.hpp"
#include "state/envelope.hpp"
#include "support/log_pipe.hpp"

namespace oddity::detect {
namespace {

using test::window_of;

class PipelineState : public testing::Test {
 protected:
  std::unique_ptr<Pipeline> make(std::vector<std::string> fields, std::string shape = "") {
    ChosenAlgorithm chosen = test::chosen<test::Scripted>();
    chosen.state_shape = std::move(shape);
    return std::make_unique<Pipeline>(test::plan_of(std::move(fields), {std::move(chosen)}), pipe.log);
  }
  /// Some windows in three groups, in an order that is not that of their keys.
  static void fill(Pipeline& engine, std::size_t fields) {
    for (const char* group : {"c", "a", "b"}) {
      engine.judge(window_of({0, 1, 2}, std::vector<std::vector<double>>(fields, {0.5, 0.5, 0.5}), 3, group));
    }
  }
  test::LogPipe pipe;
};

TEST_F(PipelineState, RestoredAndSavedAgainItIsTheSameBytes) {
  const auto engine = make({"x", "y"});
  fill(*engine, 2);
  const std::string state = engine->save().bytes;
  const auto again = make({"x", "y"});
  const auto restored = again->restore(state::open(state));
  EXPECT_EQ(restored.groups, 3u);
  EXPECT_EQ(restored.detectors, 6u);
  EXPECT_TRUE(restored.dropped.empty());
  EXPECT_EQ(again->save().bytes, state);
}

TEST_F(PipelineState, EqualStateIsEqualBytesWhateverTheOrderInWhichGroupsCame) {
  const auto engine = make({"x"});
  const auto other = make({"x"});
  for (const char* group : {"a", "b"}) engine->judge(window_of({0}, {{0.5}}, 1, group));
  for (const char* group : {"b", "a"}) other->judge(window_of({0}, {{0.5}}, 1, group));
  for (const char* group : {"a", "b"}) {  // the order of use is part of the state: it says who is forgotten
    engine->judge(window_of({1}, {{0.5}}, 2, group));
    other->judge(window_of({1}, {{0.5}}, 2, group));
  }
  EXPECT_EQ(engine->save().bytes, other->save().bytes);
}

TEST_F(PipelineState, OneMoreFieldKeepsTheOthers) {
  const auto engine = make({"x"});
  fill(*engine, 1);
  const auto wider = make({"y", "x"});
  const auto restored = wider->restore(state::open(engine->save().bytes));
  EXPECT_EQ(restored.detectors, 3u);
  const auto& verdict = wider->judge(window_of({5}, {{11}, {11}}, 6, "a"));
  EXPECT_EQ(verdict.results[0].evaluation.outputs[0], 0) << "y is fresh";
  EXPECT_EQ(verdict.results[1].evaluation.outputs[0], 3) << "x goes on";
}

TEST_F(PipelineState, AFieldThatIsGoneIsNamed) {
  const auto engine = make({"x", "y"});
  fill(*engine, 2);
  const auto narrower = make({"x"});
  const auto restored = narrower->restore(state::open(engine->save().bytes));
  EXPECT_EQ(restored.detectors, 3u);
  EXPECT_EQ(restored.dropped, "'scripted y' is not watched any more");
}

TEST_F(PipelineState, OnlyWholeItIsRefusedAndChangesNothingWhereAPartDoesNotFit) {
  const auto engine = make({"x", "y"});
  fill(*engine, 2);
  const std::string state = engine->save().bytes;
  const auto narrower = make({"x"});
  narrower->judge(window_of({0}, {{0.5}}, 1, "mine"));
  const std::string before = narrower->save().bytes;
  EXPECT_THROW(narrower->restore(state::open(state), Pipeline::Taken::whole), state::EnvelopeError);
  EXPECT_EQ(narrower->save().bytes, before);
  EXPECT_EQ(make({"x", "y"})->restore(state::open(state), Pipeline::Taken::whole).detectors, 6u);
}

TEST_F(PipelineState, OptionsThatShapeTheStateMakeItFresh) {
  const auto engine = make({"x"}, "depth=3");
  fill(*engine, 1);
  const auto other = make({"x"}, "depth=4");
  const auto restored = other->restore(state::open(engine->save().bytes));
  EXPECT_EQ(restored.detectors, 0u);
  EXPECT_EQ(restored.dropped, "'scripted x' was saved with depth=3, now runs with depth=4");
}

TEST_F(PipelineState, DamageAnywhereIsRefusedAndChangesNothing) {
  const auto engine = make({"x"});
  fill(*engine, 1);
  const std::string state = engine->save().bytes;
  const auto other = make({"x"});
  other->judge(window_of({0}, {{0.5}}, 1, "mine"));
  const std::string before = other->save().bytes;
  for (std::size_t cut = 0; cut < state.size(); ++cut)
    EXPECT_THROW(other->restore(state::open(state.substr(0, cut))), state::EnvelopeError);
  for (std::size_t byte = 0; byte < state.size(); ++byte) {
    std::string damaged = state;
    damaged[byte] = static_cast<char>(damaged[byte] ^ 0x10);
    EXPECT_THROW(other->restore(state::open(damaged)), state::EnvelopeError) << byte;
  }
  EXPECT_EQ(other->save().bytes, before);
}

TEST_F(PipelineState, BeyondItsRoomTheLeastRecentlyUsedGroupsAreLeftOut) {
  const auto engine = make({"x"});
  fill(*engine, 1);  // in the order c, a, b
  const auto whole = engine->save();
  EXPECT_EQ(whole.left_out, 0u);
  const std::size_t header = make({"x"})->save().bytes.size();
  const std::size_t each = (whole.bytes.size() - header) / 3;
  const auto cut = engine->save({}, header + 2 * each);
  EXPECT_EQ(cut.left_out, 1u);
  const auto other = make({"x"});
  EXPECT_EQ(other->restore(state::open(cut.bytes)).groups, 2u);
  EXPECT_EQ(other->save().bytes, cut.bytes);
  EXPECT_EQ(other->judge(window_of({9}, {{11}}, 10, "a")).results[0].evaluation.outputs[0], 3) << "kept";
  EXPECT_EQ(other->judge(window_of({9}, {{11}}, 10, "c")).results[0].evaluation.outputs[0], 0) << "left out";
}

TEST_F(PipelineState, OpenWindowsOfTheFrontAreKeptWhereThereIsRoomBesideTheGroups) {
  const auto engine = make({"x"});
  fill(*engine, 1);
  const std::size_t groups_alone = engine->save().bytes.size();
  const auto saved = engine->save({}, 10'000, "open");
  EXPECT_FALSE(saved.windows_left_out);
  const auto again = make({"x"});
  EXPECT_EQ(again->restore(state::open(saved.bytes)).open_windows, "open");
  EXPECT_EQ(make({"x"})->restore(state::open(engine->save().bytes)).open_windows, "");

  const auto cut = engine->save({}, groups_alone + 10, "open");
  EXPECT_TRUE(cut.windows_left_out);
  EXPECT_EQ(cut.left_out, 0u) << "what was learned is worth more";
  EXPECT_EQ(cut.bytes.size(), groups_alone);
}

TEST_F(PipelineState, TheOrderOfUseIsRestored) {
  const auto engine = make({"x"});
  fill(*engine, 1);  // in the order c, a, b
  auto plan = test::plan_of({"x"}, {test::chosen<test::Scripted>()});
  plan.max_groups = 3;
  Pipeline evicted(std::move(plan), pipe.log);
  evicted.restore(state::open(engine->save().bytes));
  evicted.judge(window_of({9}, {{0.5}}, 10, "d"));  // c has to go
  EXPECT_EQ(evicted.judge(window_of({9}, {{11}}, 10, "a")).results[0].evaluation.outputs[0], 3);
  EXPECT_EQ(evicted.judge(window_of({9}, {{11}}, 10, "c")).results[0].evaluation.outputs[0], 0);
}

TEST_F(PipelineState, GroupsBeyondTheLimitAreNotMadeAndToldOf) {
  const auto engine = make({"x"});
  fill(*engine, 1);  // in the order c, a, b
  auto plan = test::plan_of({"x"}, {test::chosen<test::Scripted>()});
  plan.max_groups = 2;
  Pipeline fewer(std::move(plan), pipe.log);
  const auto restored = fewer.restore(state::open(engine->save().bytes));
  EXPECT_EQ(restored.groups, 2u);
  EXPECT_EQ(restored.detectors, 2u) << "the third group had one, too";
  EXPECT_EQ(restored.dropped, "1 of 3 groups, beyond maxGroups 2, first 'c'");
  EXPECT_EQ(fewer.judge(window_of({9}, {{11}}, 10, "a")).results[0].evaluation.outputs[0], 3);
  EXPECT_EQ(fewer.judge(window_of({9}, {{11}}, 10, "b")).results[0].evaluation.outputs[0], 3);
}

TEST_F(PipelineState, ADetectorThatCannotSaveCostsItselfAlone) {
  const auto engine = make({"x"});
  fill(*engine, 1);
  engine->judge(window_of({5}, {{5}}, 6, "a"));  // as the script has it, its next snapshot throws
  const std::string state = engine->save().bytes;
  EXPECT_EQ(engine->totals().failures, 1u);
  const auto other = make({"x"});
  const auto restored = other->restore(state::open(state));
  EXPECT_EQ(restored.groups, 3u);
  EXPECT_EQ(restored.detectors, 2u);
}

TEST_F(PipelineState, TheStateNamesItsOrigin) {
  const auto engine = make({"x"});
  const state::Origin origin{state::draw_run_id(), 7};
  EXPECT_EQ(make({"x"})->restore(state::open(engine->save(origin).bytes)).origin, origin);
}

/// With a right checksum too: what the envelope cannot see, the reader must survive.
TEST_F(PipelineState, ContentThatLiesIsRefusedOrHarmless) {
  const auto engine = make({"x"});
  fill(*engine, 1);
  const std::string sealed = engine->save().bytes;
  const auto content = state::open(sealed).content;
  const std::string text(reinterpret_cast<const char*>(content.data()), content.size());
  for (std::size_t byte = 0; byte < text.size(); ++byte) {
    for (const char flip : {'\x01', '\x80', '\xff'}) {
      std::string lie = text;
      lie[byte] = static_cast<char>(lie[byte] ^ flip);
      const auto other = make({"x"});
      try {
        other->restore(state::open(state::seal(lie)));
        fill(*other, 1);
        other->save().bytes;
      } catch (const state::EnvelopeError&) {
      }
    }
  }
}

}  // namespace
}  // namespace oddity::detect
