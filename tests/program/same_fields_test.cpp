// A judged window has the same fields every time: an alert that names a field is
// silent about a window without it.
#include <map>
#include <set>

#include "agent.hpp"

namespace oddity::test {
namespace {

using Fields = std::map<std::string, double>;

Fields fields_of(const udf::Response& answer) {
  Fields fields;
  for (const auto& field : answer.point().fieldsdouble()) fields[field.key()] = field.value();
  for (const auto& field : answer.point().fieldsbool()) fields[field.key()] = field.value() ? 1 : 0;
  for (const auto& field : answer.point().fieldsstring())
    fields[field.key()] = static_cast<double>(field.value().size());
  return fields;
}

std::set<std::string> names(const Fields& fields) {
  std::set<std::string> all;
  for (const auto& [name, value] : fields) all.insert(name);
  return all;
}

/// 200 s of x = 5, then 100 s of x = 60, in windows of 10 s.
std::vector<Fields> judge_a_step(const udf::Request& init) {
  Agent kapacitor(init);
  for (int window = 0; window < 30; ++window)
    kapacitor.send_window(batch_until(10 * (window + 1)), "x", std::vector<double>(10, window < 20 ? 5 : 60),
                          10 * window);
  kapacitor.close_input();
  std::vector<Fields> all;
  for (const udf::Response& answer : kapacitor.rest()) all.push_back(fields_of(answer));
  EXPECT_EQ(kapacitor.exit_code(), 0) << kapacitor.log();
  EXPECT_EQ(kapacitor.log().find("which it declares"), std::string::npos) << kapacitor.log();
  return all;
}

const std::set<std::string> usual{"anomalous", "alarm",    "young", "pvalue", "calibrated", "score",
                                  "observed",  "expected", "lower", "upper",  "effect"};

class SameFields : public testing::TestWithParam<const char*> {};

TEST_P(SameFields, AStepAfterALongCalmRaisesItsAlertAsLongAsItLasts) {
  const std::string algorithm = GetParam();
  const std::string statistic = algorithm == "ttest" ? "t" : "z";
  const auto all =
      judge_a_step(Init().field("x").size(200).alpha(0.001).algorithm(algorithm).text("calibrate", "none"));
  ASSERT_EQ(all.size(), 29u) << "each window but the first";
  std::set<std::string> expected = usual;
  expected.insert(statistic);
  for (const char* of_calibration : {"calibrated", "young"}) expected.erase(of_calibration);
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(names(all[i]), expected) << i;
    const bool step = i >= 19;
    EXPECT_EQ(all[i].at("anomalous"), step ? 1 : 0) << i;
    EXPECT_EQ(std::abs(all[i].at(statistic)) > 5, step) << "abs(\"" << statistic << "\") > 5.0 alerts, " << i;
    EXPECT_EQ(all[i].at("observed") > all[i].at("upper"), step) << "\"observed\" > \"upper\" alerts, " << i;
    EXPECT_EQ(all[i].at("effect") > 3, step) << i;
    EXPECT_EQ(all[i].at("expected"), 5) << i;
    EXPECT_EQ(all[i].at("lower"), 5) << i;
  }
}

INSTANTIATE_TEST_SUITE_P(Each, SameFields, testing::Values("ttest", "zscore"));

TEST(SameFieldsOfSeveral, EachKeepsItsOwnUnderItsName) {
  const auto all = judge_a_step(
      Init().field("x").size(200).alpha(0.001).algorithm("ttest").algorithm("zscore").algorithm("ks"));
  ASSERT_EQ(all.size(), 29u);
  std::set<std::string> expected{"pvalue", "calibrated", "score",    "anomalous", "alarm",
                                 "young",  "ttest.t",    "zscore.z", "ks.d"};
  for (const std::string& name : usual)
    for (const char* algorithm : {"ttest.", "zscore."}) expected.insert(algorithm + name);
  for (const char* name : {"ks.pvalue", "ks.calibrated", "ks.score", "ks.anomalous", "ks.alarm", "ks.young"})
    expected.insert(name);
  for (const Fields& fields : all) EXPECT_EQ(names(fields), expected);
}

TEST(SameFieldsOfNoise, StayTheSameThroughSpikesAndWindowsOfOneValue) {
  Agent kapacitor(usual_init());
  for (int i = 0; i < 40; ++i) {
    std::vector<double> values = wave(i, i % 4 == 3 ? 1 : 12);
    if (i % 9 == 8) values.back() = 1e9;
    kapacitor.send_window(batch_until(12 * (i + 1)), "x", values, 12 * i);
  }
  kapacitor.close_input();
  std::set<std::string> expected = usual;
  expected.insert("t");
  const auto answers = kapacitor.rest();
  EXPECT_EQ(answers.size(), 39u);
  for (const udf::Response& answer : answers) EXPECT_EQ(names(fields_of(answer)), expected);
}

TEST(ValuesThatLeaveTheDoubles, AreToldOnceAFieldWithTheGroup) {
  Agent kapacitor(Init().field("x").field("y").size(200).alpha(0.001));
  for (int i = 0; i < 6; ++i) {
    const Batch batch{"cpu", "host=a", {{"host", "a"}}, false, 10 * (i + 1) * second};
    kapacitor.send(begin_request(batch, 10));
    for (int row = 0; row < 10; ++row)
      kapacitor.send(point_request(
          batch, (10 * i + row) * second,
          {{"x", (row % 2 == 0 ? 1e308 : -1e308)}, {"y", wave(i, 10)[static_cast<std::size_t>(row)]}}));
    kapacitor.send(end_request(batch));
  }
  kapacitor.close_input();
  kapacitor.rest();
  EXPECT_EQ(kapacitor.exit_code(), 0);
  const std::string log = kapacitor.log();
  const std::string told =
      "group 'host=a', field 'x': detector 'ttest' has no answer for 10 values from -1e+308 to 1e+308";
  const std::size_t first = log.find(told);
  ASSERT_NE(first, std::string::npos) << log;
  EXPECT_EQ(log.find("has no answer", first + told.size()), std::string::npos) << "once a field: " << log;
  EXPECT_NE(log.find("5 windows of a field got no answer"), std::string::npos) << log;
}

}  // namespace
}  // namespace oddity::test
