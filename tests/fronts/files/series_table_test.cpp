#include "replay/series_table.hpp"

#include <gtest/gtest.h>

namespace oddity::replay {
namespace {

using Tags = std::vector<std::pair<std::string_view, std::string_view>>;
using Sentences = std::vector<std::string>;

formats::Row row(std::string_view name, Tags tags) {
  formats::Row made;
  made.name = name;
  made.tags = std::move(tags);
  return made;
}

std::string key_of(SeriesTable& table, std::string_view name, Tags tags) {
  return std::string(table.identity(table.of(row(name, std::move(tags)), true)).key);
}

TEST(Series, HaveKapacitorsKeys) {
  SeriesTable table({"host", "dc", "host"});
  EXPECT_EQ(key_of(table, "m", {{"host", "a"}, {"dc", "d"}}), "dc=d,host=a");
  EXPECT_EQ(key_of(table, "m", {{"host", "b"}}), "dc=,host=b") << "a tag that is missing is empty in the key";
  SeriesTable all({"*"});
  EXPECT_EQ(key_of(all, "m", {{"host", "a"}, {"dc", "d"}}), "dc=d,host=a");
  SeriesTable none({});
  EXPECT_EQ(key_of(none, "m", {{"host", "a"}}), "");
}

TEST(Series, MayBeOfTheMeasurementToo) {
  SeriesTable table({"_measurement", "host"});
  EXPECT_EQ(key_of(table, "cpu", {{"host", "a"}}), "cpu\nhost=a");
  EXPECT_TRUE(table.identity(0).by_name);
  SeriesTable only({"_measurement"});
  EXPECT_EQ(key_of(only, "cpu", {{"host", "a"}}), "cpu");
  EXPECT_EQ(key_of(only, "mem", {{"host", "a"}}), "mem");
  EXPECT_TRUE(only.merged().empty());
}

TEST(Series, OfOneGroupKeepTheirMeasurements) {
  SeriesTable table({"host"});
  const auto cpu = table.of(row("cpu", {{"host", "a"}}), true);
  const auto mem = table.of(row("mem", {{"host", "a"}}), true);
  EXPECT_EQ(table.identity(cpu).name, "cpu");
  EXPECT_EQ(table.identity(mem).name, "mem");
  EXPECT_EQ(table.group(cpu), table.group(mem));
  EXPECT_EQ(table.identity(mem).tags->at(0).second, "a");
}

TEST(MergedSeries, OfSeveralMeasurementsAreSaidOnce) {
  SeriesTable table({"host"});
  for (const char* host : {"a", "b"}) {
    for (const char* name : {"mem", "swap", "disk"}) table.of(row(name, {{"host", host}}), true);
  }
  EXPECT_EQ(table.merged(),
            Sentences{"points of 3 measurements (mem, swap, disk) in one group, group 'host=a' (and 1 group "
                      "like it), are judged as one series; --measurement or --group-by _measurement keeps "
                      "them apart"});
}

TEST(MergedSeries, OfDifferentTagsAreSaidOnce) {
  SeriesTable table({"host"});
  table.of(row("disk", {{"host", "a"}, {"path", "/"}}), true);
  table.of(row("disk", {{"host", "a"}, {"path", "/home"}}), true);
  EXPECT_EQ(table.merged(),
            Sentences{"points that differ in tag 'path' ('/' and '/home') in one group, group "
                      "'host=a', are judged as one series; --group-by path keeps them apart"});
}

TEST(MergedSeries, GroupsOfOneKindAreCountedByThemselves) {
  SeriesTable table({"host"});
  for (const char* host : {"a", "b"})
    for (const char* disk : {"/", "/home"}) table.of(row("disk", {{"host", host}, {"path", disk}}), true);
  for (const char* host : {"c", "d", "e"})
    for (const char* name : {"mem", "swap"}) table.of(row(name, {{"host", host}}), true);
  const auto sentences = table.merged();
  ASSERT_EQ(sentences.size(), 2u);
  EXPECT_NE(sentences[0].find("tag 'path'"), std::string::npos);
  EXPECT_NE(sentences[0].find("group 'host=a' (and 1 group like it)"), std::string::npos) << sentences[0];
  EXPECT_NE(sentences[1].find("group 'host=c' (and 2 groups like it)"), std::string::npos) << sentences[1];
}

TEST(MergedSeries, AreOnlyThoseWithNumbers) {
  SeriesTable table({});
  table.of(row("cpu", {}), true);
  table.of(row("mem", {}), false);
  table.of(row("cpu", {{"host", "a"}}), false);
  EXPECT_EQ(table.merged(), Sentences{});
}

TEST(TagsToGroupBy, ThatSomeRowsLackGiveGroupsOfTheirOwn) {
  SeriesTable table({"host", "rack"});
  const auto a = table.of(row("m", {{"host", "a"}}), true);
  EXPECT_TRUE(table.groups_without("rack").empty()) << "no row has it, which is said by itself";
  const auto b = table.of(row("m", {{"rack", "1"}}), true);
  table.of(row("other", {{"rack", "1"}}), true);
  table.of(row("m", {{"host", "b"}, {"rack", "1"}}), true);
  table.of(row("other", {}), false);
  EXPECT_EQ(table.groups_without("host"), std::vector<std::uint32_t>{table.group(b)}) << "once";
  EXPECT_EQ(table.groups_without("rack"), std::vector<std::uint32_t>{table.group(a)});
}

TEST(TagsToGroupBy, ThatNoRowHasAreSaidWithWhatThereIs) {
  SeriesTable table({"hots", "rack"});
  table.of(row("m", {{"host", "a"}, {"rack", "1"}}), true);
  table.of(row("m", {{"host", "a"}}), true);
  EXPECT_EQ(table.never_there(), Sentences{"no row has the tag 'hots' of --group-by (did you mean 'host'?)"});
  SeriesTable untagged({"host"});
  untagged.of(row("m", {}), true);
  EXPECT_EQ(untagged.never_there(), Sentences{"no row has the tag 'host' of --group-by (there are no tags)"});
  SeriesTable all({"*"});
  all.of(row("m", {}), true);
  EXPECT_EQ(all.never_there().size(), 1u);
}

}  // namespace
}  // namespace oddity::replay
