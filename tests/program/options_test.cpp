// Every option of the core, by each way in which it can be given: it changes
// what is seen, and the ways agree.
#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "agent.hpp"
#include "run.hpp"

namespace oddity::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// By host and window: the fields of the answer. What a run has shown.
using Seen = std::map<std::string, json>;

/// Two hosts in turn, two fields, six windows of 20 seconds, an hour of nothing before the last.
struct Series {
  static constexpr int windows = 6;
  static std::int64_t start_of(int window) { return window < windows - 1 ? 20 * window : 3600; }
  static std::vector<double> values(char host, const char* field, int window) {
    return wave(2 * window + (host == 'b' ? 31 : 0), 20, *field == 'y' ? 70 : 20 + 0.3 * window);
  }
};

/// The options of one use; a name may stand there more than once.
using Given = std::vector<std::pair<std::string, std::string>>;

class Options : public testing::Test {
 protected:
  Options() : folder_(fs::temp_directory_path() / ("oddity-options-" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
    std::ofstream lp(folder_ / "rows.lp");
    for (int window = 0; window < Series::windows; ++window) {
      for (std::size_t row = 0; row < 20; ++row) {
        for (const char host : {'a', 'b'}) {
          lp << fmt_row(host, Series::values(host, "x", window)[row], Series::values(host, "y", window)[row],
                        Series::start_of(window) + static_cast<std::int64_t>(row));
        }
      }
    }
    for (const char host : {'a', 'b'}) lp << fmt_row(host, 20, 70, 3620);  // what ends the last window
  }
  ~Options() override { fs::remove_all(folder_); }

  static std::string fmt_row(char host, double x, double y, std::int64_t time) {
    return "m,host=" + std::string(1, host) + " x=" + json(x).dump() + ",y=" + json(y).dump() + " " +
           std::to_string(time) + "\n";
  }

  std::string yaml(const Given& given) const {
    std::map<std::string, std::vector<std::string>> values, params;
    for (const auto& [name, value] : given) {
      if (name == "param") {
        params["ks"].push_back(value);
      } else {
        values[name].push_back(value);
      }
    }
    std::ofstream file(folder_ / "oddity.yaml");
    file << "state: {dir: off}\ndefaults:\n";
    for (const auto& [name, all] : values) file << "  " << name << ": " << json(all).dump() << "\n";
    if (!params.empty()) file << "algorithms:\n  ks:\n";
    for (const auto& [detector, all] : params) {  // "ks.size=30"
      for (const std::string& one : all)
        file << "    " << one.substr(3, one.find('=') - 3) << ": " << one.substr(one.find('=') + 1) << "\n";
    }
    return (folder_ / "oddity.yaml").string();
  }

  /// `more`: of the command line.
  Seen replayed(const std::string& more) const {
    const Finished done = run("replay '" + (folder_ / "rows.lp").string() +
                              "' --precision s --period 20s --group-by host" + more);
    EXPECT_EQ(done.exit_code, done.out.empty() ? 1 : 0) << done.errors;  // 1: nothing was judged
    Seen seen;
    std::stringstream lines(done.out);
    std::map<std::string, int> windows;
    for (std::string line; std::getline(lines, line);) {
      const json one = json::parse(line);
      seen[one["tags"]["host"].get<std::string>() + " " + one["time"].get<std::string>().substr(11, 8)] =
          one["fields"];
    }
    return seen;
  }
  Seen by_command_line(const Given& given) const {
    std::string more;
    for (const auto& [name, value] : given) more += fmt::format(" --{} '{}'", name, value);
    return replayed(more);
  }
  Seen by_yaml(const Given& given) const { return replayed(" --config '" + yaml(given) + "'"); }

  static std::string clock(std::int64_t nanoseconds) {
    const std::int64_t seconds = nanoseconds / second;
    return fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
  static Seen judged(const udf::Request& init, const std::vector<std::string>& more) {
    Agent agent(init, StandIn::Output::read, more);
    for (int window = 0; window < Series::windows; ++window) {
      for (const char host : {'a', 'b'}) {
        const std::string name(1, host);
        const Batch batch{
            "m", "host=" + name, {{"host", name}}, false, (Series::start_of(window) + 20) * second};
        agent.send(begin_request(batch, 20));
        for (std::size_t row = 0; row < 20; ++row) {
          agent.send(point_request(batch,
                                   (Series::start_of(window) + static_cast<std::int64_t>(row)) * second,
                                   {{"x", Series::values(host, "x", window)[row]},
                                    {"y", Series::values(host, "y", window)[row]}}));
        }
        agent.send(end_request(batch));
      }
    }
    agent.close_input();
    Seen seen;
    for (const udf::Response& response : agent.rest()) {
      const udf::Point& point = response.point();
      json& fields = seen[point.tags(0).value() + " " + clock(point.time())];
      for (const auto& field : point.fieldsdouble()) fields[field.key()] = field.value();
      for (const auto& field : point.fieldsbool()) fields[field.key()] = field.value();
    }
    return seen;
  }
  static Seen by_tickscript(const Given& given) {
    Init init;
    for (const auto& [name, value] : given) {
      const auto equals = value.find('=');
      if (name == "param") {
        init.param(value.substr(0, equals), value.substr(equals + 1));
      } else if (name == "alpha") {
        init.alpha(std::stod(value));
      } else if (name == "size" || name == "maxGroups") {
        auto& option = init.option(name);
        option.set_type(udf::INT);
        option.set_intvalue(std::stoll(value));
      } else if (name == "ttl") {
        auto& option = init.option(name);
        option.set_type(udf::DURATION);
        option.set_durationvalue(std::stoll(value) * 60 * second);
      } else {
        init.text(name, value);
      }
    }
    return judged(init, {});
  }
  Seen by_agents_yaml(const Given& given) const { return judged(Init(), {"--config", yaml(given)}); }

  /// What all four ways have shown.
  Seen agreed(const Given& given) const {
    const Seen seen = by_command_line(given);
    EXPECT_EQ(by_yaml(given), seen) << "YAML";
    EXPECT_EQ(by_tickscript(given), seen) << "TICKscript";
    EXPECT_EQ(by_agents_yaml(given), seen) << "the agent's YAML";
    return seen;
  }

  static double mean(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values) sum += value;
    return sum / static_cast<double>(values.size());
  }
  static std::set<std::string> windows(const Seen& seen) {
    std::set<std::string> all;
    for (const auto& [window, fields] : seen) all.insert(window);
    return all;
  }

  const Given usual{{"field", "x"}, {"size", "200"}, {"alpha", "0.01"}, {"calibrate", "none"}};
  static Given with(Given given, const std::string& name, const std::string& value) {
    std::erase_if(given, [&](const auto& one) { return one.first == name; });
    given.emplace_back(name, value);
    return given;
  }

  fs::path folder_;
};

TEST_F(Options, TheUsualOnes) {
  const Seen seen = agreed(usual);
  EXPECT_EQ(seen.size(), 10u) << "all windows but the first of each host";
  EXPECT_NEAR(seen.at("a 00:00:40")["observed"], mean(Series::values('a', "x", 1)), 1e-12);
  EXPECT_NEAR(seen.at("b 00:00:40")["expected"], mean(Series::values('b', "x", 0)), 1e-12);
}

TEST_F(Options, FieldChoosesWhatIsWatched) {
  const Seen seen = agreed(with(usual, "field", "y"));
  EXPECT_NEAR(seen.at("a 00:00:40")["observed"], mean(Series::values('a', "y", 1)), 1e-12);
  Given both = usual;
  both.emplace_back("field", "y");
  const json fields = agreed(both).at("b 00:00:40");
  EXPECT_NEAR(fields["x.observed"], mean(Series::values('b', "x", 1)), 1e-12);
  EXPECT_NEAR(fields["y.observed"], mean(Series::values('b', "y", 1)), 1e-12);
}

TEST_F(Options, SizeIsTheHistorysLength) {
  const Seen seen = agreed(with(usual, "size", "20"));
  EXPECT_NEAR(seen.at("a 00:01:00")["expected"], mean(Series::values('a', "x", 1)), 1e-12)
      << "the window before fills it";
  EXPECT_NE(seen, agreed(usual));
}

TEST_F(Options, AlphaDividesTheNormalFromTheOddAndScalesTheScore) {
  const Seen strict = agreed(usual);
  const Seen lax = agreed(with(usual, "alpha", "0.2"));
  const json &a = strict.at("a 00:00:40"), &b = lax.at("a 00:00:40");
  EXPECT_EQ(a["pvalue"], b["pvalue"]);
  const double p = a["pvalue"];
  EXPECT_NEAR(a["score"], std::log(p) / std::log(0.01), 1e-12);
  EXPECT_NEAR(b["score"], std::log(p) / std::log(0.2), 1e-12);
  EXPECT_EQ(a["anomalous"], p < 0.01);
  EXPECT_EQ(b["anomalous"], p < 0.2);
  EXPECT_LT(a["lower"], b["lower"]) << "bounds of the same threshold";
  EXPECT_GT(a["upper"], b["upper"]);
}

TEST_F(Options, AlgorithmChoosesTheDetector) {
  for (const auto& [name, output] : {std::pair{"ttest", "t"}, {"zscore", "z"}, {"ks", "d"}}) {
    const json fields = agreed(with(usual, "algorithm", name)).at("a 00:00:40");
    for (const char* other : {"t", "z", "d"}) EXPECT_EQ(fields.contains(other), std::string(other) == output);
  }
  Given two = with(usual, "algorithm", "ks");
  two.emplace_back("algorithm", "zscore");
  const json fields = agreed(two).at("a 00:00:40");
  EXPECT_TRUE(fields.contains("ks.d") && fields.contains("zscore.z"));
}

TEST_F(Options, ByTtlAGroupIsForgottenAfterATimeOfTheData) {
  const std::set<std::string> last{"a 01:00:20", "b 01:00:20"};
  auto expected = windows(agreed(with(usual, "ttl", "90m")));
  EXPECT_EQ(expected, windows(agreed(usual))) << "an hour of nothing is less";
  for (const std::string& window : last) EXPECT_EQ(expected.erase(window), 1u);
  EXPECT_EQ(windows(agreed(with(usual, "ttl", "30m"))), expected) << "the last window meets no history";
}

TEST_F(Options, DirectionIsTheSideThatIsOdd) {
  const json both = agreed(usual).at("a 00:00:40");
  const json above = agreed(with(usual, "direction", "above")).at("a 00:00:40");
  const json below = agreed(with(usual, "direction", "below")).at("a 00:00:40");
  EXPECT_NEAR(above["pvalue"].get<double>() + below["pvalue"].get<double>(), 1, 1e-9)
      << "one tail and the other";
  EXPECT_NEAR(2 * std::min(above["pvalue"].get<double>(), below["pvalue"].get<double>()), both["pvalue"],
              1e-9);
  EXPECT_TRUE(above.contains("upper") && !above.contains("lower"));
  EXPECT_TRUE(below.contains("lower") && !below.contains("upper"));
}

TEST_F(Options, BeyondMaxGroupsTheLeastRecentlyUsedIsForgotten) {
  EXPECT_EQ(agreed(with(usual, "maxGroups", "2")), agreed(usual));
  EXPECT_TRUE(agreed(with(usual, "maxGroups", "1")).empty())
      << "each host's window makes the other forgotten";
}

/// .size(3600).algorithm('ttest').algorithm('ks').param('ks.size', '1800')
TEST_F(Options, AParamAddressesOneOfSeveralDetectors) {
  // So small an alpha that every window is learned: the detectors of a field learn together.
  const Given lax = with(usual, "alpha", "1e-12");
  Given given = with(with(lax, "algorithm", "ttest"), "size", "60");
  given.emplace_back("algorithm", "ks");
  given.emplace_back("param", "ks.size=20");
  const Seen seen = agreed(given);
  const auto alone = [&](const char* algorithm, const char* size) {
    return agreed(with(with(lax, "algorithm", algorithm), "size", size));
  };
  const Seen ttest = alone("ttest", "60"), ks = alone("ks", "20"), longer = alone("ks", "60");
  for (const auto& [window, fields] : seen) {
    EXPECT_EQ(fields["ttest.t"], ttest.at(window)["t"]) << window;
    EXPECT_EQ(fields["ks.d"], ks.at(window)["d"]) << window;
  }
  EXPECT_NE(ks, longer) << "the two sizes differ in what they find";
}

/// All at once, each with a value of its own.
TEST_F(Options, TogetherEachStaysInItsPlace) {
  const Given all{{"field", "y"},     {"size", "40"}, {"alpha", "0.03"},    {"algorithm", "zscore"},
                  {"maxGroups", "2"}, {"ttl", "30m"}, {"calibrate", "none"}};
  const Seen seen = agreed(all);
  EXPECT_EQ(seen.size(), 8u) << "ttl";
  const json& fields = seen.at("a 00:01:20");
  EXPECT_TRUE(fields.contains("z"));
  std::vector<double> history = Series::values('a', "y", 1);
  for (const double value : Series::values('a', "y", 2)) history.push_back(value);
  EXPECT_NEAR(fields["expected"], mean(history), 1e-10) << "field and size";
  EXPECT_NEAR(fields["score"], std::log(fields["pvalue"].get<double>()) / std::log(0.03), 1e-12) << "alpha";
}

// One option in several places: docs/configuration.md, "Which value counts" --------

TEST_F(Options, TheUseGoesBeforeYamlGoesBeforeTheDefault) {
  const auto replayed_with = [&](const Given& in_yaml, const std::string& more) {
    return replayed(" --config '" + yaml(in_yaml) + "'" + more);
  };
  EXPECT_EQ(replayed_with(with(usual, "size", "20"), " --size 200"), by_command_line(usual));
  EXPECT_EQ(replayed_with(with(usual, "alpha", "0.2"), " --alpha 0.01"), by_command_line(usual));
  EXPECT_EQ(replayed_with(with(usual, "field", "y"), " --field x"), by_command_line(usual));
  EXPECT_EQ(replayed_with(with(usual, "algorithm", "ks"), " --algorithm ttest"), by_command_line(usual));
  EXPECT_EQ(replayed_with(with(usual, "maxGroups", "1"), " --maxGroups 9"), by_command_line(usual));
  EXPECT_EQ(replayed_with(with(usual, "ttl", "30m"), " --ttl 0s"), by_command_line(usual));
}

TEST_F(Options, OfADetectorsEachPlaceGoesBeforeTheNext) {
  const auto at_size = [&](const char* size) {
    return by_command_line(with(with(usual, "algorithm", "ks"), "size", size));
  };
  Given in_yaml = with(with(usual, "algorithm", "ks"), "size", "80");
  EXPECT_EQ(replayed(" --config '" + yaml(in_yaml) + "'"), at_size("80")) << "defaults";
  in_yaml.emplace_back("param", "ks.size=60");
  const std::string config = " --config '" + yaml(in_yaml) + "'";
  EXPECT_EQ(replayed(config), at_size("60")) << "algorithms";
  EXPECT_EQ(replayed(config + " --size 40"), at_size("40"));
  EXPECT_EQ(replayed(config + " --param size=40"), at_size("40"));
  EXPECT_EQ(replayed(config + " --size 40 --param ks.size=20"), at_size("20"));
  EXPECT_EQ(std::set({at_size("80"), at_size("60"), at_size("40"), at_size("20")}).size(), 4u);
}

TEST_F(Options, WhatYamlHasWrongIsToldAlsoWhereItDoesNotCount) {
  for (const auto& [name, wrong, right] : {std::tuple{"alpha", "5", "0.1"},
                                           {"size", "1", "50"},
                                           {"ttl", "soon", "5m"},
                                           {"maxGroups", "0", "9"}}) {
    std::string flags = " --field x --size 50 --alpha 0.1";
    if (flags.find(std::string("--") + name) == std::string::npos)
      flags += std::string(" --") + name + " " + right;
    const Finished done = run("replay '" + (folder_ / "rows.lp").string() + "' --config '" +
                              yaml({{name, wrong}}) + "'" + flags);
    EXPECT_EQ(done.exit_code, 2) << name;
    EXPECT_NE(done.errors.find("oddity.yaml:3: option '" + std::string(name) + "': expected"),
              std::string::npos)
        << done.errors;
  }
}

TEST_F(Options, AMistakeOnTheCommandLineNamesItsFlag) {
  for (const auto& [flag, sentence] :
       {std::pair{"--size 1",
                  "--size: option 'size': expected a whole number from 2 to 10000000 (samples), got '1'"},
        {"--size 20 --size 30", "--size: option 'size': expected one value, got 2 (give it once)"},
        {"--param alpha=0.1",
         "--param: option 'alpha': expected an option of ttest, got an unknown name (it is the "
         "same for "
         "all detectors, and given as --alpha ...)"}}) {
    const Finished done = run("replay - --field x --alpha 0.1 " + std::string(flag) +
                              (std::string(flag).find("--size") == std::string::npos ? " --size 20" : ""));
    EXPECT_EQ(done.exit_code, 2);
    EXPECT_NE(done.errors.find(sentence), std::string::npos) << done.errors;
  }
}

TEST(OptionsOfReplay, TheHelpHasEveryOptionOfTheTable) {
  const std::string help = run("replay --help").out, table = run("config options --markdown").out;
  std::istringstream rows(table);
  int options = 0;
  for (std::string row; std::getline(rows, row);) {
    const std::string name = row.substr(2, row.find(' ', 2) - 2);
    if (name == "option" || row.starts_with("|-")) continue;
    if (row.find("| no |") != std::string::npos) {
      EXPECT_EQ(help.find("--" + name + " "), std::string::npos) << name;
      continue;
    }
    ++options;
    EXPECT_NE(help.find("--" + name + " "), std::string::npos) << name;
  }
  EXPECT_GE(options, 7);
  EXPECT_NE(help.find("Beyond that many groups the least recently used is forgotten. Default: 100000."),
            std::string::npos)
      << help;
}

}  // namespace
}  // namespace oddity::test
