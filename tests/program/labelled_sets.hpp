// Labelled sets as the tests of `oddity evaluate` have them.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "run.hpp"

namespace oddity::test {

inline std::string text_of(const std::filesystem::path& file) {
  std::stringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

/// Values that look like noise about 10, with a spike of 40 in these rows.
inline std::vector<double> values(std::size_t rows, unsigned seed, const std::vector<std::size_t>& spikes) {
  std::vector<double> all;
  for (std::size_t row = 0; row < rows; ++row) {
    double sum = 0;
    for (int i = 0; i < 6; ++i)
      sum += static_cast<double>((seed = seed * 1664525U + 1013904223U) >> 16) / 65536;
    all.push_back(7 + sum);
  }
  for (const std::size_t row : spikes) all[row] = 40;
  return all;
}

class Evaluate : public testing::Test {
 protected:
  Evaluate() {
    std::string name = (std::filesystem::temp_directory_path() / "oddity-evaluate-XXXXXX").string();
    folder = ::mkdtemp(name.data());
  }
  ~Evaluate() override { std::filesystem::remove_all(folder); }

  std::string path(const std::string& name) const { return (folder / name).string(); }
  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((folder / name).parent_path());
    std::ofstream(folder / name) << text;
  }
  void write_series(const std::string& name, const std::vector<double>& all,
                    const std::string& column = "value", std::int64_t unit = 1) const {
    std::string text = "timestamp," + column + "\n";
    for (std::size_t row = 0; row < all.size(); ++row)
      text +=
          std::to_string(unit * 60 * static_cast<std::int64_t>(row)) + "," + std::to_string(all[row]) + "\n";
    write(name, text);
  }
  /// Two series with a value a minute. Of two events one is a spike, of three spikes one is no event.
  std::string plain() const {
    write_series("plain/series/a.csv", values(2000, 1, {1600, 1800}));
    write_series("plain/series/b.csv", values(2000, 2, {1700}));
    write("plain/labels.csv", "series,begin,end\na,1600,1603\nb,1900,1910\nb,1699,1702\n");
    return path("plain");
  }
  /// A series with a value in five minutes, whose time goes back once, and a window that holds a spike.
  std::string nab() const {
    const std::vector<double> all = values(400, 3, {300});
    std::string text = "timestamp,value\n";
    for (std::size_t row = 0; row < all.size(); ++row) {
      const std::size_t minutes = 5 * (row < 200 ? row : row - 6);
      text += "2024-03-0" + std::to_string(1 + minutes / 1440) + " " +
              std::to_string(100 + minutes / 60 % 24).substr(1) + ":" +
              std::to_string(100 + minutes % 60).substr(1) + ":00," + std::to_string(all[row]) + "\n";
    }
    write("nab/data/made/x.csv", text);
    write("nab/windows.json",
          R"({"made/x.csv": [["2024-03-02 00:20:00.000000", "2024-03-02 01:00:00.000000"]]})");
    return path("nab");
  }
  nlohmann::json judged(const std::string& arguments) const {
    const Finished done = run("evaluate " + arguments + usual + " --json");
    EXPECT_EQ(done.exit_code, 0) << done.errors;
    return nlohmann::json::parse(done.out);
  }
  static constexpr const char* usual = " --size 500 --alpha 0.0001";
  std::filesystem::path folder;
};

}  // namespace oddity::test
