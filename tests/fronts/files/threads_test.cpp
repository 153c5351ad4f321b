// What is read of a file does not depend on how many threads read it.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <random>

#include "replay/replay.hpp"

namespace oddity::replay {
namespace {

/// All that a reader sees of what was read, as one text.
std::string read(Reading reading, std::size_t threads, const std::vector<std::string>& files) {
  reading.threads = threads;
  std::string seen;
  Replay replay(std::move(reading), {"x"}, [&](const std::string& text) { seen += text + '\n'; });
  for (const std::string& file : files) replay.read(file, {});
  replay.judge([&](const window::GroupIdentity& group, std::int64_t time, std::span<const double> values) {
    seen += std::string(group.key) + '/' + std::string(group.name) + '/' + std::to_string(time) + ' ' +
            (std::isnan(values[0]) ? "missing" : std::to_string(values[0])) + '\n';
  });
  for (const std::string& remark : replay.remarks()) seen += remark + '\n';
  const Counts& counts = replay.counts();
  return seen + std::to_string(counts.rows) + ' ' + std::to_string(counts.without_number) + ' ' +
         std::to_string(counts.unreadable) + ' ' + std::to_string(counts.no_numbers) + ' ' +
         std::to_string(counts.other_measurements) + ' ' + std::to_string(counts.numbers[0]);
}

class Threads : public testing::Test {
 protected:
  ~Threads() override {
    for (const std::string& file : files_) std::filesystem::remove(file);
  }
  std::string write(const std::string& text, const std::string& ending) {
    const std::string name =
        "oddity-threads-" + std::to_string(::getpid()) + '-' + std::to_string(files_.size());
    files_.push_back((std::filesystem::temp_directory_path() / (name + ending)).string());
    std::ofstream(files_.back(), std::ios::binary) << text;
    return files_.back();
  }
  /// On 2, 3 and 7 threads the same as on one; returns that.
  static std::string same_on_all(const Reading& reading, const std::vector<std::string>& files) {
    const std::string alone = read(reading, 1, files);
    for (const std::size_t threads : {2, 3, 7})
      EXPECT_TRUE(read(reading, threads, files) == alone) << threads;
    return alone;
  }
  std::size_t below(std::size_t end) { return random_() % end; }
  bool now_and_then(std::size_t in) { return below(in) == 0; }

  /// A line that no parser beside the first one reads.
  std::string odd_line(std::size_t at) {
    const std::vector<std::string> lines{"# a comment",
                                         "",
                                         "m x=1",
                                         "m,host=a x=\"a text\" " + std::to_string(at),
                                         "m x=\"goes on\nand on\" " + std::to_string(at),
                                         "m x=t " + std::to_string(at),
                                         "m\\ m,h\\ ost=a x=1e3 " + std::to_string(at),
                                         "other x=1 1\r",
                                         "m x=nan 1",
                                         "m,host=a y=1 " + std::to_string(at),
                                         "m,host=\xff x=2 3"};
    return lines[below(lines.size())];
  }
  std::string line(std::size_t at) {
    const std::size_t time = now_and_then(50) ? below(at + 1) : at;
    return (now_and_then(20) ? "other" : "m") + std::string(",host=") + static_cast<char>('a' + below(5)) +
           (now_and_then(9) ? ",rack=r" : "") + " x=" + std::to_string(below(1000)) + ".25,y=3 " +
           std::to_string(time);
  }
  std::string lines(std::size_t count, std::size_t odd_in) {
    std::string text;
    for (std::size_t at = 0; at < count; ++at)
      text += (odd_in != 0 && now_and_then(odd_in) ? odd_line(at) : line(at)) + '\n';
    return text;
  }
  std::string row(std::size_t at) {
    if (now_and_then(3000)) return "time,host,x,y";
    if (now_and_then(5000)) return std::to_string(at) + ",\"a\nb\",1,2";
    if (now_and_then(500)) return std::to_string(at) + ",a,\"1\",2";
    if (now_and_then(700)) return "# a comment";
    if (now_and_then(900)) return std::to_string(at) + ",a,ERR,2";
    if (now_and_then(900)) return "2024-03-01T09:10:00Z,a,1,2";
    return std::to_string(at) + "," + static_cast<char>('a' + below(3)) + "," + std::to_string(below(100)) +
           ".5,7";
  }

  std::mt19937 random_{5};
  std::vector<std::string> files_;
};

Reading by_host() {
  Reading reading;
  reading.group_by = {"host"};
  return reading;
}

TEST_F(Threads, ReadLinesOfAPlainFileAsOneDoes) {
  const std::string seen = same_on_all(by_host(), {write(lines(40'000, 0), ".lp")});
  EXPECT_TRUE(seen.ends_with("40000 0 0 0 0 40000")) << "every line is a row";
}

TEST_F(Threads, ReadWhatIsOddInItsPlace) {
  for (const std::size_t odd_in : {3, 1000, 10'000})
    same_on_all(by_host(), {write(lines(60'000, odd_in), ".lp")});
}

TEST_F(Threads, ReadSeveralFilesInTheirOrder) {
  Reading reading = by_host();
  reading.measurement = "m";
  same_on_all(reading,
              {write(lines(30'000, 900), ".lp"), write(lines(25'000, 0), ".lp"), write(lines(10, 2), ".lp")});
}

TEST_F(Threads, ReadATagThatIsMissingAsOneDoes) {
  Reading reading;
  reading.group_by = {"rack", "hosts"};
  same_on_all(reading, {write(lines(40'000, 0), ".lp")});
  reading.group_by = {"*"};
  same_on_all(reading, {write(lines(40'000, 500), ".lp")});
}

TEST_F(Threads, ReadCsvAsOneDoes) {
  std::string text = "time,host,x,y\n";
  for (std::size_t at = 0; at < 60'000; ++at) text += row(at) + '\n';
  same_on_all(by_host(), {write(text, ".csv")});
}

TEST_F(Threads, ReadColumnsThatChangePlaces) {
  std::string text = "time,host,x,y\n";
  for (std::size_t at = 0; at < 40'000; ++at) {
    if (at == 25'000) text += "y,x,time,host,z\n";
    text += at < 25'000 ? std::to_string(at) + ",a,1,2\n" : "2,1," + std::to_string(at) + ",b,3\n";
  }
  const std::string seen = same_on_all(by_host(), {write(text, ".csv")});
  EXPECT_TRUE(seen.ends_with("40000 0 0 0 0 40000") || seen.find("columns") != std::string::npos);
}

TEST_F(Threads, ReadWhatFollowsAnAnnotationAsItsHeader) {
  std::string text = "time,host,x,y\n";
  for (std::size_t at = 0; at < 40'000; ++at) {
    if (at == 25'000) text += "#group,false,true,false,false\n";
    text += std::to_string(at) + ",a,1,2\n";
  }
  const std::string seen = same_on_all(by_host(), {write(text, ".csv")});
  EXPECT_TRUE(seen.ends_with("25000 0 14999 0 0 25000")) << seen.substr(seen.size() - 300);
}

TEST_F(Threads, ReadALastLineWithoutItsEnd) {
  std::string text = lines(30'000, 0);
  text.pop_back();
  EXPECT_TRUE(same_on_all(by_host(), {write(text, ".lp")}).ends_with("30000 0 0 0 0 30000"));
}

TEST_F(Threads, ReadLinesThatAreLongerThanAPiece) {
  std::string text = lines(15'000, 0);
  text += "m x=1 1 " + std::string(3'000'000, 'x') + "\n" + lines(15'000, 0);
  same_on_all(by_host(), {write(text, ".lp")});
}

}  // namespace
}  // namespace oddity::replay
