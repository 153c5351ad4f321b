// Every field of an answer, from the values alone: none can stand in another's place.
#include <boost/math/distributions/students_t.hpp>
#include <numeric>

#include "agent.hpp"

namespace oddity::test {
namespace {

struct Sample {
  double count, mean, variance;
};
Sample sample(const std::vector<double>& values) {
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {n, mean, squares / (n - 1)};
}

/// Two fields and two detectors, so that every name has its prefix; the second window lies higher.
struct Answer {
  std::vector<double> x_before = wave(0, 30, 20), x_now = wave(1, 20, 20.6);
  std::vector<double> y_before = wave(3, 30, 70), y_now = wave(4, 20, 69);
  udf::Point point;

  Answer() {
    Agent agent(
        Init().field("x").field("y").size(200).alpha(0.05).algorithm("ttest").algorithm("zscore").text(
            "calibrate", "none"));
    send(agent, batch_until(30), x_before, y_before, 0);
    send(agent, batch_until(50), x_now, y_now, 30);
    point = agent.next()->point();
  }
  static void send(Agent& agent, const Batch& batch, const std::vector<double>& x,
                   const std::vector<double>& y, std::int64_t start) {
    agent.send(begin_request(batch, static_cast<std::int64_t>(x.size())));
    for (std::size_t i = 0; i < x.size(); ++i)
      agent.send(
          point_request(batch, (start + static_cast<std::int64_t>(i)) * second, {{"x", x[i]}, {"y", y[i]}}));
    agent.send(end_request(batch));
  }
  double of(const std::string& name) const { return field_of(point, name); }
  bool truth(const std::string& name) const {
    for (const auto& field : point.fieldsbool())
      if (field.key() == name) return field.value();
    ADD_FAILURE() << "no field " << name;
    return false;
  }
};

TEST(Fields, EachIsWhatItsNameSays) {
  const Answer answer;
  for (const auto& [field, before, now] :
       {std::tuple{"x", answer.x_before, answer.x_now}, {"y", answer.y_before, answer.y_now}}) {
    SCOPED_TRACE(field);
    const Sample history = sample(before), window = sample(now);
    const std::string ttest = std::string(field) + ".ttest.";
    const double of_history = history.variance / history.count, of_window = window.variance / window.count;
    const double error = std::sqrt(of_history + of_window);
    const double degrees =
        std::pow(of_history + of_window, 2) /
        (of_history * of_history / (history.count - 1) + of_window * of_window / (window.count - 1));
    const boost::math::students_t distribution(degrees);
    const double t = (history.mean - window.mean) / error;
    const double p = 2 * boost::math::cdf(boost::math::complement(distribution, std::abs(t)));
    const double reach = boost::math::quantile(boost::math::complement(distribution, 0.05 / 2)) * error;
    EXPECT_NEAR(answer.of(ttest + "t"), t, 1e-9);
    EXPECT_NEAR(answer.of(ttest + "pvalue"), p, 1e-9);
    EXPECT_NEAR(answer.of(ttest + "score"), std::log(p) / std::log(0.05), 1e-9);
    EXPECT_EQ(answer.truth(ttest + "anomalous"), p < 0.05);
    EXPECT_NEAR(answer.of(ttest + "observed"), window.mean, 1e-9);
    EXPECT_NEAR(answer.of(ttest + "expected"), history.mean, 1e-9);
    EXPECT_NEAR(answer.of(ttest + "lower"), history.mean - reach, 1e-9);
    EXPECT_NEAR(answer.of(ttest + "upper"), history.mean + reach, 1e-9);
    EXPECT_NEAR(answer.of(ttest + "effect"), (window.mean - history.mean) / std::sqrt(history.variance),
                1e-9);
  }
}

TEST(Fields, TheOverallOnesAreOfAllDetectors) {
  const Answer answer;
  double min = 1;
  for (const char* prefix : {"x.ttest.", "x.zscore.", "y.ttest.", "y.zscore."})
    min = std::min(min, answer.of(std::string(prefix) + "pvalue"));
  const double p = std::min(1.0, 4 * min);
  EXPECT_DOUBLE_EQ(answer.of("pvalue"), p);
  EXPECT_NEAR(answer.of("score"), std::log(p) / std::log(0.05), 1e-12);
  EXPECT_EQ(answer.truth("anomalous"), p < 0.05);
}

}  // namespace
}  // namespace oddity::test
