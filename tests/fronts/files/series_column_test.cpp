#include "replay/series_column.hpp"

#include <gtest/gtest.h>

namespace oddity::replay {
namespace {

TEST(SeriesColumn, IsCalledAsWhatIsMeasuredUsuallyIs) {
  EXPECT_EQ(
      series_column({{"state", 0, {"good", "bad"}}, {"entity_id", 1, {"sensor.a", "sensor.b"}}}),
      "column 'entity_id' has 2 values ('sensor.a', 'sensor.b') and was not used: all rows are judged as "
      "one series; --group-by entity_id keeps them apart");
  for (const char* name : {"host", "Hostname", "sensor", "SensorId", "device_id", "station_name", "room"})
    EXPECT_NE(series_column({{name, 0, {"a", "b", "c"}}}).find("has 3 values ('a', 'b', ...)"),
              std::string::npos)
        << name;
  for (const char* name : {"state", "id", "_id", "note", "unit", "hosted"})
    EXPECT_EQ(series_column({{name, 0, {"a", "b"}}}), "") << name;
}

TEST(SeriesColumn, HasSeveralTexts) { EXPECT_EQ(series_column({{"host", 0, {"a"}}}), ""); }

}  // namespace
}  // namespace oddity::replay
