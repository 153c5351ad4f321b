#include "inspect/inspection.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "base/error.hpp"
#include "detect/saved_state.hpp"
#include "state/envelope.hpp"
#include "state/sections.hpp"

namespace oddity::inspect {
namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t never = std::numeric_limits<std::int64_t>::min();

detect::SavedDetector detector(std::size_t spec, std::int64_t learned, std::int64_t seen,
                               std::string_view bytes) {
  detect::SavedDetector saved;
  saved.spec = spec;
  saved.last_learned = learned;
  saved.last_seen = seen;
  saved.there = !bytes.empty();
  saved.bytes = bytes;
  return saved;
}

std::string group(std::string_view key, std::uint64_t rank, std::int64_t last_end,
                  std::vector<detect::SavedDetector> detectors) {
  detect::SavedGroup saved;
  saved.key = key;
  saved.rank = rank;
  saved.last_end = last_end;
  saved.detectors = std::move(detectors);
  return detect::write_group(saved);
}

/// Two detectors, one of two fields; two groups, in one of which something could not be saved.
std::string content() {
  std::vector<detect::SavedSpec> specs(2);
  specs[0].key = std::string("ttest\0x", 7);
  specs[0].version = 1;
  specs[1].key = std::string("far\0x\0y z", 9);
  specs[1].version = 3;
  specs[1].shape = "depth=2";
  return detect::write_state(
      specs, 70 * second,
      group("host=a", 1, 60 * second,
            {detector(0, 50 * second, 55 * second, "sixty"), detector(1, never, 55 * second, "")}) +
          group("m\nhost=b", 0, 70 * second, {detector(0, never, never, "two")}));
}

state::Origin origin() {
  state::Origin origin;
  origin.run.fill(std::byte{0xab});
  origin.counter = 3;
  return origin;
}

TEST(AnInspection, HasWhatTheStateSays) {
  const std::string sealed = state::seal(content(), origin());
  const Inspection found = inspect("a.state", sealed);
  EXPECT_EQ(found.bytes, sealed.size());
  EXPECT_EQ(found.format, state::newest_format);
  EXPECT_EQ(found.run, "abababababababababababababababab");
  EXPECT_EQ(found.counter, 3u);
  EXPECT_EQ(found.latest_end, 70 * second);
  ASSERT_EQ(found.detectors.size(), 2u);
  EXPECT_EQ(found.detectors[0].name(), "ttest of x");
  EXPECT_EQ(found.detectors[0].groups, 2u);
  EXPECT_EQ(found.detectors[0].bytes, 8u);
  EXPECT_EQ(found.detectors[1].name(), "far of x, y z");
  EXPECT_EQ(found.detectors[1].unsaved, 1u);
  ASSERT_EQ(found.groups.size(), 2u);
  EXPECT_EQ(found.groups[0].instances[1].last_learned, std::nullopt) << "never";
}

TEST(AnInspection, AsTextHasALineForEachDetectorAndGroup) {
  const std::string sealed = state::seal(content(), origin());
  EXPECT_EQ(
      text("a.state", 100 * second, inspect("a.state", sealed)),
      "a.state: a saved state, whole, of format 2, " + std::to_string(sealed.size()) +
          " bytes\n"
          "  run       abababababababababababababababab, its state 3\n"
          "  written   1970-01-01T00:01:40Z\n"
          "  data      up to 1970-01-01T00:01:10Z\n"
          "  groups    2\n"
          "  detector  'ttest of x': state version 1; 2 groups, 8 bytes\n"
          "  detector  'far of x, y z': state version 3, shaped by 'depth=2'; 1 group, 0 bytes; 1 could not "
          "be saved\n"
          "group 'host=a': last window 1970-01-01T00:01:00Z, 1 group used later\n"
          "  'ttest of x': learned up to 1970-01-01T00:00:50Z, seen up to 1970-01-01T00:00:55Z; 5 bytes\n"
          "  'far of x, y z': learned up to never, seen up to 1970-01-01T00:00:55Z; could not be saved\n"
          "group 'm host=b': last window 1970-01-01T00:01:10Z, 0 groups used later\n"
          "  'ttest of x': learned up to never, seen up to never; 3 bytes\n");
}

TEST(AnInspection, AsJsonHasAllOfIt) {
  const auto all = json("a.state", std::nullopt, inspect("a.state", state::seal(content(), origin())));
  EXPECT_EQ(all["file"], "a.state");
  EXPECT_TRUE(all["written"].is_null());
  EXPECT_EQ(all["latestEnd"], "1970-01-01T00:01:10Z");
  EXPECT_EQ(
      all["detectors"][1].dump(),
      R"({"algorithm":"far","fields":["x","y z"],"stateVersion":3,"shape":"depth=2","groups":1,"unsaved":1,"bytes":0})");
  EXPECT_EQ(all["groups"][1]["key"], "m\nhost=b");
  EXPECT_EQ(all["groups"][0]["detectors"][1].dump(),
            R"({"detector":1,"lastLearned":null,"lastSeen":"1970-01-01T00:00:55Z","saved":false,"bytes":0})");
}

TEST(AnInspection, NamesPartsThatItDoesNotKnow) {
  std::string newer = content();
  state::Section::write(newer, 99, 1, "of the future");
  const Inspection found = inspect("a.state", state::seal(newer, origin()));
  ASSERT_EQ(found.unknown.size(), 1u);
  EXPECT_NE(text("a.state", {}, found).find("  unknown   a section 99 of version 1 of the state\n"),
            std::string::npos);
  EXPECT_EQ(json("a.state", {}, found)["unknown"].size(), 1u);
}

std::string error_of(const std::string& bytes) {
  try {
    inspect("a.state", bytes);
  } catch (const Error& wrong) {
    return wrong.what();
  }
  return "none";
}

TEST(AnInspection, OfWhatIsNoStateSaysSo) {
  EXPECT_EQ(error_of("hello"),
            "state 'a.state': expected a whole state that Oddity saved, got one that cannot be used "
            "(expected a saved state "
            "of at least 48 bytes, got 5)");
  EXPECT_NE(error_of(std::string(1000, 'x')).find("expected a state saved by Oddity, got other bytes"),
            std::string::npos);
}

TEST(AnInspection, OfADamagedStateSaysSo) {
  const std::string sealed = state::seal(content(), origin());
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    std::string damaged = sealed;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    EXPECT_NE(error_of(damaged), "none") << "byte " << at;
    EXPECT_NE(error_of(sealed.substr(0, at)), "none") << "cut at " << at;
  }
  EXPECT_NE(error_of(state::seal("no sections", origin())), "none") << "whole, but nothing that can be read";
}

}  // namespace
}  // namespace oddity::inspect
