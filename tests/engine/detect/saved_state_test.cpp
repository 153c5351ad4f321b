#include "detect/saved_state.hpp"

#include <gtest/gtest.h>

#include "oddity/state.hpp"
#include "state/sections.hpp"
#include "state/sink.hpp"

namespace oddity::detect {
namespace {

const std::vector<SavedSpec> specs{{std::string("ttest\0x", 7), 1, ""},
                                   {std::string("ks\0x", 4), 3, "exact=true"}};

SavedGroup group_a() { return {"host=a", 1, 60, {{0, 50, 55, true, "ttest's own"}, {1, 40, 55, false, ""}}}; }

/// `state` refers to `sealed`.
SavedState opened(const std::string& sealed) { return read_state(state::open(sealed)); }

void expect_group_a(const SavedGroup& group) {
  EXPECT_EQ(group.key, "host=a");
  EXPECT_EQ(group.rank, 1u);
  EXPECT_EQ(group.last_end, 60);
  ASSERT_EQ(group.detectors.size(), 2u);
  EXPECT_EQ(group.detectors[0].spec, 0u);
  EXPECT_EQ(group.detectors[0].last_learned, 50);
  EXPECT_EQ(group.detectors[0].last_seen, 55);
  EXPECT_TRUE(group.detectors[0].there);
  EXPECT_EQ(group.detectors[0].bytes, "ttest's own");
  EXPECT_EQ(group.detectors[1].spec, 1u);
  EXPECT_EQ(group.detectors[1].last_learned, 40);
  EXPECT_FALSE(group.detectors[1].there);
}

TEST(SavedStateTest, WhatWasWrittenIsRead) {
  const std::string sealed =
      state::seal(write_state(specs, 70, write_group(group_a()) + write_group({"host=b", 0, 70, {}})));
  const SavedState state = opened(sealed);
  ASSERT_EQ(state.specs.size(), 2u);
  EXPECT_EQ(state.specs[0].key, specs[0].key);
  EXPECT_EQ(state.specs[1].version, 3u);
  EXPECT_EQ(state.specs[1].shape, "exact=true");
  EXPECT_EQ(state.latest_end, 70);
  ASSERT_EQ(state.groups.size(), 2u);
  expect_group_a(state.groups[0]);
  EXPECT_EQ(state.groups[1].key, "host=b");
  EXPECT_TRUE(state.unknown.empty());
}

/// A later version's sections cost themselves, never the state: each kind is told once.
TEST(SavedStateTest, SectionsThatAreNotKnownAreToldAndPassedOver) {
  std::string content = write_state(specs, 70, {});
  state::Section::write(content, 99, 1, "of the future");
  for (const char* key : {"host=a", "host=b"}) {
    std::string group;
    const oddity_sink sink = state::appending_to(group);
    StateWriter(sink).write(std::string_view(key));
    state::Section::write(group, 77, 4, "calibration, perhaps");
    state::Section::write(content, 3, 1, group);
  }
  state::Section::write(content, 2, 9, "another clock");
  const std::string sealed = state::seal(content);
  const SavedState state = opened(sealed);
  EXPECT_EQ(state.latest_end, 70);
  EXPECT_EQ(state.groups.size(), 2u);
  EXPECT_EQ(state.unknown, (std::vector<std::string>{"a section 99 of version 1 of the state",
                                                     "a section 77 of version 4 in a group",
                                                     "a section 2 of version 9 of the state"}));
}

TEST(SavedStateTest, OpenWindowsAreTheFrontsOwnBytes) {
  const std::string sealed = state::seal(write_state(specs, 70, write_group(group_a()), "open"));
  const SavedState state = opened(sealed);
  EXPECT_EQ(state.open_windows, "open");
  EXPECT_EQ(state.groups.size(), 1u);
  EXPECT_TRUE(state.unknown.empty());
  EXPECT_EQ(write_state(specs, 70, {}, {}), write_state(specs, 70, {})) << "none, no section";
}

TEST(SavedStateTest, ADetectorThatIsNoneOfTheListIsRefused) {
  const std::string sealed = state::seal(write_state({}, 70, write_group(group_a())));
  EXPECT_THROW(opened(sealed), StateError);
}

/// As the first version wrote it: a list, a time, groups, one behind the other.
TEST(SavedStateTest, TheFirstFormatIsReadForEver) {
  std::string content;
  const oddity_sink sink = state::appending_to(content);
  StateWriter writer(sink);
  writer.write(std::uint64_t{2});
  for (const SavedSpec& spec : specs) {
    writer.write(std::string_view(spec.key));
    writer.write(spec.version);
    writer.write(std::string_view(spec.shape));
  }
  writer.write(std::int64_t{70});
  writer.write(std::uint64_t{1});
  const SavedGroup group = group_a();
  writer.write(group.key);
  writer.write(group.rank);
  writer.write(group.last_end);
  for (const SavedDetector& detector : group.detectors) {
    writer.write(detector.last_learned);
    writer.write(detector.last_seen);
    writer.write(std::uint8_t{detector.there});
    writer.write(detector.bytes);
  }
  state::Opened first;
  first.format = 1;
  first.content = std::as_bytes(std::span(content));
  const SavedState state = read_state(first);
  EXPECT_EQ(state.specs[1].shape, "exact=true");
  EXPECT_EQ(state.latest_end, 70);
  ASSERT_EQ(state.groups.size(), 1u);
  expect_group_a(state.groups[0]);
}

}  // namespace
}  // namespace oddity::detect
