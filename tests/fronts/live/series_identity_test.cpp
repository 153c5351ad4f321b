#include "judge/series_identity.hpp"

#include <gtest/gtest.h>

namespace oddity::live {
namespace {

formats::Row row(std::vector<std::pair<std::string_view, std::string_view>> tags) {
  formats::Row made;
  made.name = "cpu";
  made.tags = std::move(tags);
  return made;
}

TEST(SeriesIdentity, IsMeasurementTagsAndField) {
  SeriesIdentity identity({});
  identity.set_row(row({{"host", "a"}, {"core", "1"}}));
  const auto usage = identity.of("usage");
  EXPECT_EQ(usage.key, "cpu\ncore=1,host=a\nusage");
  EXPECT_EQ(usage.name, "cpu");
  EXPECT_EQ(*usage.tags, (window::Tags{{"core", "1"}, {"field", "usage"}, {"host", "a"}}));
  EXPECT_EQ(identity.of("idle").key, "cpu\ncore=1,host=a\nidle");
  EXPECT_EQ(identity.of("idle").tags->at(1).second, "idle");
}

TEST(SeriesIdentity, TheOrderOfTagsIsNothing) {
  SeriesIdentity identity({});
  identity.set_row(row({{"host", "a"}, {"core", "1"}}));
  const std::string one(identity.of("x").key);
  identity.set_row(row({{"core", "1"}, {"host", "a"}}));
  EXPECT_EQ(identity.of("x").key, one);
}

TEST(SeriesIdentity, OnlyTheTagsAskedForTellSeriesApart) {
  SeriesIdentity identity({"host"});
  identity.set_row(row({{"host", "a"}, {"core", "1"}}));
  EXPECT_EQ(identity.of("x").key, "cpu\nhost=a\nx");
  identity.set_row(row({{"core", "1"}}));
  EXPECT_EQ(identity.of("x").key, "cpu\nx");
  EXPECT_EQ(*identity.of("x").tags, (window::Tags{{"field", "x"}}));
}

TEST(SeriesIdentity, ATagThatIsNamedFieldKeepsItsName) {
  SeriesIdentity identity({});
  identity.set_row(row({{"field", "north"}}));
  EXPECT_EQ(*identity.of("x").tags, (window::Tags{{"field", "north"}, {"oddity_field", "x"}}));
  EXPECT_EQ(identity.field_tag(), "oddity_field");
  identity.set_row(row({{"host", "a"}}));
  EXPECT_EQ(*identity.of("x").tags, (window::Tags{{"field", "x"}, {"host", "a"}}));
}

}  // namespace
}  // namespace oddity::live
