// Fuzzes the reading of whole files: lines joined, gzip, groups, rows in any
// order, and the windows made of them.
//
// Input: bits that choose CSV or line protocol, gzip, tags to group by, windows, threads; then the file.
//
// Holds:
// - every line is a row, cannot be read, or is none; nothing but an Error ends the reading, and then all readings;
// - windows are the same where rows are put in order on disk, and where the file is read by a few bytes;
// - the same, and what is counted, where two threads parse it;
// - every row stands in a window, waits for one, or lies between two;
// - a file gives the same windows plain and compressed;
// - a window has rows before its end, columns as long as its times, finite or
//   missing values, and prints as JSON.
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#include <cmath>

#include "base/error.hpp"
#include "fuzz.hpp"
#include "json_lines/json_lines.hpp"
#include "replay/replay.hpp"

namespace oddity::fuzz {
namespace {

/// A file in memory that has a path.
class File {
 public:
  explicit File(std::string_view bytes) : descriptor_(::memfd_create("fuzz", MFD_CLOEXEC)) {
    require(::write(descriptor_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()),
            "the file is written");
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() { ::close(descriptor_); }
  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

std::string compressed(std::string_view bytes) {
  z_stream stream{};
  require(::deflateInit2(&stream, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK, "zlib begins");
  std::string out(::deflateBound(&stream, bytes.size()) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  require(::deflate(&stream, Z_FINISH) == Z_STREAM_END, "zlib ends");
  out.resize(stream.total_out);
  ::deflateEnd(&stream);
  return out;
}

constexpr std::string_view cannot_be_read = "cannot be read";

struct Outcome {
  std::string windows;  ///< as JSON lines
  replay::Counts counts;
  std::string error;
  std::uint64_t placed = 0;  ///< rows in windows that do not overlap, between them, and after the last
};

void check_window(const window::GroupWindow& window) {
  for (const auto& column : window.columns) {
    require(column.size() == window.rows(), "columns are as long as the times");
    require(std::none_of(column.begin(), column.end(), [](double value) { return std::isinf(value); }),
            "a value is finite or missing");
  }
}

Outcome read(const File& file, replay::Reading reading, bool every_point) {
  Outcome outcome;
  const window::WindowSpec spec{every_point ? 20 : 10, every_point ? 0 : 10, false};
  window::TimeWindows windows(spec, 1, [&](const window::GroupWindow& window) {
    check_window(window);
    outcome.placed += window.rows();
    double sum = 0;
    for (const double value : window.columns[0])
      sum += std::isnan(value) ? 0 : std::clamp(value, -1e100, 1e100);
    outcome.windows +=
        window.group +
        formats::json_line(window, {{"rows", static_cast<double>(window.rows())}, {"sum", sum}}) + "\n";
  });
  reading.csv.tags = {"host"};
  replay::Replay replay(std::move(reading), {"x"}, [](const std::string& text) {
    require(!text.empty(), "a diagnostic says something");
  });
  try {
    replay.read(file.path(), {});
  } catch (const replay::BrokenInput&) {  // what can be read of a damaged file before is not judged
    outcome.error = cannot_be_read;
    return outcome;
  } catch (const Error& wrong) {
    outcome.error = wrong.diagnostics().at(0).expected;
    return outcome;
  }
  replay.judge([&](const window::GroupIdentity& group, std::int64_t time, std::span<const double> values) {
    windows.add(group, time, values);
  });
  for (const std::string& remark : replay.remarks()) require(!remark.empty(), "a remark says something");
  outcome.counts = replay.counts();
  outcome.placed += windows.waiting() + windows.between();
  return outcome;
}

void require_the_same(const Outcome& again, const Outcome& plain) {
  require(again.error.empty() == plain.error.empty(), "fails as well");
  // A damaged file may also fail by what it has before the damage, as its header, where that is read first.
  if (again.error == cannot_be_read || plain.error == cannot_be_read) return;
  require(again.windows == plain.windows && again.error == plain.error, "gives the same windows");
  require(again.counts.rows == plain.counts.rows && again.counts.unreadable == plain.counts.unreadable &&
              again.counts.numbers == plain.counts.numbers &&
              again.counts.no_numbers == plain.counts.no_numbers,
          "and the same counts");
}

void require_the_same_by_threads(std::string_view text, replay::Reading reading, bool every_point,
                                 const Outcome& plain) {
  reading.threads = 2;
  reading.block_bytes = 64;
  reading.lines_alone = 2;
  require_the_same(read(File(text), reading, every_point), plain);
}

/// Then it is unpacked to other lines.
bool is_packed(std::string_view text) { return replay::packing_of(text) != nullptr; }

void check_counts(const Outcome& plain, std::string_view text, bool every_point) {
  const auto lines = static_cast<std::uint64_t>(1 + std::count(text.begin(), text.end(), '\n'));
  require(is_packed(text) || plain.counts.rows + plain.counts.unreadable <= lines, "no more rows than lines");
  require(plain.counts.numbers[0] <= plain.counts.rows, "no more numbers than rows");
  require(plain.counts.without_number <= plain.counts.rows, "no more without than there are");
  require(every_point || plain.placed == plain.counts.rows, "no row is lost");
}

void check(std::uint8_t bits, std::string_view text) {
  replay::Reading reading;
  // Enough for all rows of an input; with that of a whole file most of the time goes into its making.
  reading.memory = 4096 + 256 * text.size();
  reading.block_bytes = 4096;
  reading.format = (bits & 1) != 0 ? replay::Format::csv : replay::Format::line_protocol;
  if ((bits & 4) != 0) reading.group_by = {"host", "rack"};
  if ((bits & 8) != 0) reading.group_by = {"*"};
  const bool every_point = (bits & 16) != 0;
  const Outcome plain = read(File(text), reading, every_point);
  if (plain.error.empty()) check_counts(plain, text, every_point);
  if ((bits & 32) != 0) require_the_same_by_threads(text, reading, every_point, plain);
  reading.memory = 1;
  reading.block_bytes = 16;
  require_the_same(read(File(text), reading, every_point), plain);
  if ((bits & 2) == 0 || is_packed(text)) return;
  require_the_same(read(File(compressed(text)), reading, every_point), plain);
}

}  // namespace
}  // namespace oddity::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  oddity::fuzz::Input input(data, size);
  const auto bits = input.number<std::uint8_t>();
  oddity::fuzz::check(bits, input.rest());
  return 0;
}
