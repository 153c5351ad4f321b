// What a replay learned, taken up by the next replay and by the agent.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "files.hpp"
#include "stream.hpp"

namespace oddity::test {
namespace {

using nlohmann::json;

class WarmStart : public Files {
 protected:
  static constexpr int half = 2000;
  static constexpr int all = 2400;

  /// Waves in noise, another one for each host, with a spike in the second half.
  static double value(char host, int row) {
    const double noise = std::fmod(std::abs(std::sin((row + 31 * host) * 12.9898)) * 43758.5453, 2.0) - 1;
    return 100 + 40 * std::sin(row / 229.0 + host) + noise + (row == 2200 && host == 'b' ? 60 : 0);
  }
  /// A row a second of two hosts.
  std::string rows(const std::string& name, int begin, int end) const {
    std::string lp;
    for (int row = begin; row < end; ++row)
      for (const char host : {'a', 'b'})
        lp += fmt::format("cpu,host={} x={} {}\n", host, value(host, row), row);
    return write(name, lp);
  }
  /// The command of a replay of single rows.
  static std::string replay(const std::string& file, const std::string& more) {
    return "replay " + file + " --precision s --each --field x --algorithm novelty --group-by host " + more;
  }
  /// A file of what the first half teaches.
  std::string learned() const {
    const Finished done = run(replay(rows("first.lp", 0, half), "--save-state " + path("first.state")));
    EXPECT_EQ(done.exit_code, 0) << done.errors;
    EXPECT_NE(done.errors.find("state saved to '" + path("first.state") + "': 2 groups\n"), std::string::npos)
        << done.errors;
    return path("first.state");
  }
  /// The p-values of an undisturbed replay of everything, by host and second.
  std::map<std::string, double> undisturbed() const {
    std::map<std::string, double> p;
    for (const json& line : lines(run(replay(rows("all.lp", 0, all), "")).out))
      p[line["tags"]["host"].get<std::string>() + line["time"].get<std::string>()] = line["fields"]["pvalue"];
    return p;
  }
  static Init init() { return Init().field("x").algorithm("novelty"); }
  static std::vector<std::string> starting_from(const std::string& file) {
    return {"--edge", "stream", "--start-from", file};
  }
  static std::vector<udf::Request> second_half(const char* hosts = "ab") {
    std::vector<udf::Request> points;
    for (int row = half; row < all; ++row)
      for (const char* host = hosts; *host != '\0'; ++host)
        points.push_back(stream_point(row, value(*host, row), std::string(1, *host)));
    return points;
  }
  static std::string log_of(const std::vector<std::string>& arguments) {
    return heard(init(), {stream_point(half, 100)}, arguments).log;
  }
};

TEST_F(WarmStart, TheAgentJudgesTheRestAsOneUndisturbedReplayDoes) {
  const auto expected = undisturbed();
  const Heard agent = heard(init(), second_half(), starting_from(learned()));
  EXPECT_NE(agent.log.find("state started from '" + path("first.state") +
                           "', as Kapacitor has no snapshot of this node: 2 groups, 2 detectors\n"),
            std::string::npos)
      << agent.log;
  EXPECT_EQ(agent.log.find("starts fresh"), std::string::npos) << agent.log;
  ASSERT_EQ(agent.points.size(), 2U * (all - half)) << "the very first is judged";
  std::size_t odd = 0;
  for (const udf::Point& point : agent.points) {
    const std::string key =
        point.group().substr(5) +
        fmt::format("1970-01-01T00:{:02}:{:02}Z", point.time() / second / 60, point.time() / second % 60);
    ASSERT_TRUE(expected.contains(key)) << key;
    EXPECT_EQ(field_of(point, "pvalue"), expected.at(key)) << key;
    odd += *flag_of(point, "anomalous") ? 1 : 0;
  }
  EXPECT_GE(odd, 1U) << "the spike is there";
}

/// Windows of a batch, grouped by measurement as well: the keys are Kapacitor's there, too.
TEST_F(WarmStart, WindowsAndAGroupingByMeasurementFitAsWell) {
  const std::string flags =
      " --precision s --period 20s --field x --size 200 --alpha 0.001 --group-by _measurement,host ";
  const auto whole = lines(run("replay " + rows("all.lp", 0, all) + flags).out);
  const Finished first =
      run("replay " + rows("first.lp", 0, half + 1) + flags + "--save-state " + path("first.state"));
  ASSERT_EQ(first.exit_code, 0) << first.errors;
  Agent agent(usual_init(), StandIn::Output::read, {"--start-from", path("first.state")});
  for (int start = half; start + 20 < all; start += 20) {
    std::vector<double> values;
    for (int row = start; row < start + 20; ++row) values.push_back(value('a', row));
    agent.send_window({"cpu", "cpu\nhost=a", {{"host", "a"}}, true, (start + 20) * second}, "x", values,
                      start);
  }
  agent.close_input();
  const auto answers = agent.rest();
  ASSERT_EQ(answers.size(), 19U);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const json& line = whole.at(whole.size() - 2 * (answers.size() - i));
    ASSERT_EQ(line["tags"]["host"], "a");
    EXPECT_EQ(field_of(answers[i].point(), "pvalue"), line["fields"]["pvalue"].get<double>()) << i;
    EXPECT_EQ(field_of(answers[i].point(), "calibrated"), line["fields"]["calibrated"].get<double>()) << i;
  }
}

TEST_F(WarmStart, TheNextReplayGoesOnWhereTheLastOneEnded) {
  const Finished second_run = run(replay(
      rows("second.lp", half, all), "--load-state " + learned() + " --save-state " + path("second.state")));
  EXPECT_NE(
      second_run.errors.find("state loaded from '" + path("first.state") + "': 2 groups, 2 detectors\n"),
      std::string::npos)
      << second_run.errors;
  const Finished whole = run(replay(rows("all.lp", 0, all), "--save-state " + path("all.state")));
  EXPECT_FALSE(second_run.out.empty());
  EXPECT_TRUE(whole.out.ends_with(second_run.out));
  EXPECT_EQ(text_of(path("second.state")), text_of(path("all.state"))) << "equal state, equal bytes";
}

TEST_F(WarmStart, KapacitorsSnapshotGoesBeforeTheFile) {
  const std::string file = learned();
  Agent first(init(), StandIn::Output::read, on_stream);
  first.send(stream_point(1, 5));
  first.send(snapshot_request());
  const auto snapshot = first.next();
  ASSERT_TRUE(snapshot && snapshot->has_snapshot());
  Agent agent(init(), StandIn::Output::read, starting_from(file));
  agent.send(restore_request(snapshot->snapshot().snapshot()));
  EXPECT_TRUE(agent.next()->restore().success());
  agent.close_input();
  EXPECT_EQ(agent.exit_code(), 0);
  const std::string log = agent.log();
  EXPECT_NE(log.find("state restored: 1 groups, 1 detectors"), std::string::npos) << log;
  EXPECT_EQ(log.find("state started from"), std::string::npos) << log;
}

TEST_F(WarmStart, TheFirstSnapshotHoldsIt) {
  Agent agent(init(), StandIn::Output::read, starting_from(learned()));
  agent.send(snapshot_request());
  const auto snapshot = agent.next();
  ASSERT_TRUE(snapshot && snapshot->has_snapshot());
  Agent next(init(), StandIn::Output::read, on_stream);
  next.send(restore_request(snapshot->snapshot().snapshot()));
  EXPECT_TRUE(next.next()->restore().success());
  next.close_input();
  EXPECT_EQ(next.exit_code(), 0);
  EXPECT_NE(next.log().find("state restored: 2 groups, 2 detectors"), std::string::npos) << next.log();
}

TEST_F(WarmStart, AGroupThatTheFileLacksStartsFreshAndThatIsSaidOnce) {
  const Heard agent = heard(init(), second_half("acd"), starting_from(learned()));
  EXPECT_EQ(std::ranges::count(agent.points, "host=a", &udf::Point::group), all - half);
  EXPECT_EQ(std::ranges::count(agent.points, "host=c", &udf::Point::group), all - half - 150) << "learns";
  const std::string told = "group 'host=c' is not in '" + path("first.state") + "': it starts fresh";
  EXPECT_NE(agent.log.find(told), std::string::npos) << agent.log;
  EXPECT_EQ(agent.log.find("group 'host=d'"), std::string::npos) << agent.log;
}

TEST_F(WarmStart, AFileThatCannotBeUsedIsSaidAndTheTaskStarts) {
  EXPECT_NE(log_of(starting_from(path("no.state")))
                .find("state fresh: Kapacitor has no snapshot of this node; option '--start-from', '" +
                      path("no.state") + "': expected a file that can be read, got No such file"),
            std::string::npos);
  const std::string cut = write("cut.state", text_of(learned()).substr(0, 500));
  EXPECT_NE(log_of(starting_from(cut)).find("and option '--start-from', '" + cut + "' cannot be used: "),
            std::string::npos);
}

TEST_F(WarmStart, WhatDoesNotFitIsSaid) {
  const std::string file = learned();
  const std::string other = "replay " + rows("second.lp", half, all) +
                            " --precision s --each --field x --algorithm jump --group-by host --load-state ";
  const Finished replayed = run(other + file);
  EXPECT_NE(replayed.errors.find("2 groups, 0 detectors; not used: 'novelty x' is not watched any more"),
            std::string::npos)
      << replayed.errors;
  const Heard agent = heard(Init().field("x").algorithm("jump"), second_half(), starting_from(file));
  EXPECT_NE(agent.log.find("2 groups, 0 detectors; not used: 'novelty x' is not watched any more"),
            std::string::npos)
      << agent.log;
}

TEST_F(WarmStart, AStateOfOtherGroupsIsSaid) {
  const std::string options = " --precision s --each --field x --algorithm novelty --load-state " + learned();
  const std::string input = "replay " + rows("second.lp", half, all);
  const std::string unused =
      "none of the 2 groups in the loaded state came in the input: was it saved with another --group-by?";
  EXPECT_NE(run(input + options).errors.find(unused), std::string::npos);
  EXPECT_EQ(run(input + options + " --group-by host").errors.find("none of the"), std::string::npos);
}

TEST_F(WarmStart, MistakesAreToldBeforeAnythingIsWritten) {
  const std::string file = rows("second.lp", half, all);
  const auto error = [&](const std::string& more) {
    const Finished done = run(replay(file, more));
    EXPECT_EQ(done.exit_code, 2) << more;
    EXPECT_EQ(done.out, "") << more;
    return done.errors;
  };
  EXPECT_NE(error("--load-state " + path("no.state")).find("option '--load-state', '" + path("no.state")),
            std::string::npos);
  EXPECT_NE(error("--load-state " + file).find("expected a saved state, got "), std::string::npos);
  EXPECT_NE(error("--save-state " + file).find("expected a file that is not an input as well"),
            std::string::npos);
  const std::string state = learned();
  EXPECT_NE(error("--load-state " + state + " --save-state " + state).find("not an input as well"),
            std::string::npos);
  EXPECT_NE(error("--save-state -").find("option '--save-state': expected a file, got stdout"),
            std::string::npos);
  EXPECT_NE(error("--save-state /no/such/folder/x").find("--save-state"), std::string::npos);
}

TEST_F(WarmStart, AnEarlierStateStaysWhenNothingWasJudged) {
  const std::string before = text_of(learned());
  const Finished done =
      run(replay(write("none.lp", "cpu,host=a x=1 1\n"), "--save-state " + path("first.state")));
  EXPECT_EQ(done.exit_code, 1);
  EXPECT_NE(done.errors.find("earlier results stay as they were"), std::string::npos) << done.errors;
  EXPECT_EQ(text_of(path("first.state")), before);
}

}  // namespace
}  // namespace oddity::test
