#include "replay/row_order.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <new>
#include <queue>

#include "base/error.hpp"

namespace oddity::replay {
namespace {

constexpr std::size_t chunk_bytes = std::size_t{1} << 21;      ///< a large page, where the system has them
constexpr std::size_t run_block_bytes = std::size_t{1} << 20;  ///< written and read at once
constexpr std::size_t key_bytes = 16;

[[noreturn]] void fail(const std::string& folder, const char* what) {
  throw NoRoom({"rows beyond --memory", "room for them in the folder '" + folder + "'",
                fmt::format("{}: {}", what, std::strerror(errno)),
                "TMPDIR names another folder, --memory allows more"});
}

/// An unnamed file, so that nothing is left behind however the process ends.
int open_unnamed(const std::string& folder) {
  int file = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file >= 0) return file;
  std::string name = folder + "/oddity-rows-XXXXXX";  // a file system that knows no files without names
  file = ::mkostemp(name.data(), O_CLOEXEC);
  if (file < 0) fail(folder, "no file can be made");
  ::unlink(name.c_str());
  return file;
}

}  // namespace

/// Reads one run from the file, a buffer at a time.
class RowOrder::Reader {
 public:
  Reader(const RowOrder& order, Run run, std::size_t rows_a_buffer)
      : order_(&order), run_(run), buffer_(rows_a_buffer * order.words_) {}

  /// The next row, valid until the next call; nullptr: the run ends.
  const Word* next() {
    if (at_ == filled_ && !fill()) return nullptr;
    const Word* const row = buffer_.data() + at_;
    at_ += order_->words_;
    return row;
  }

 private:
  bool fill() {
    const std::uint64_t left = run_.end - run_.begin;
    const auto wanted =
        static_cast<std::size_t>(std::min<std::uint64_t>(left, buffer_.size() * sizeof(Word)));
    auto* const bytes = reinterpret_cast<char*>(buffer_.data());
    for (std::size_t got = 0; got < wanted;) {
      const ssize_t more =
          ::pread(order_->file_, bytes + got, wanted - got, static_cast<off_t>(run_.begin + got));
      if (more < 0 && errno == EINTR) continue;
      if (more <= 0) fail(order_->folder_, "what was written cannot be read again");
      got += static_cast<std::size_t>(more);
    }
    run_.begin += wanted;
    at_ = 0;
    filled_ = wanted / sizeof(Word);
    return filled_ != 0;
  }

  const RowOrder* order_;
  Run run_;
  std::vector<Word> buffer_;
  std::size_t at_ = 0;
  std::size_t filled_ = 0;
};

RowOrder::RowOrder(std::size_t values, std::size_t max_bytes)
    : words_(3 + values),
      rows_a_chunk_(std::max<std::size_t>(chunk_bytes / (words_ * sizeof(Word)), 1)),
      max_rows_(std::max<std::size_t>(max_bytes / (words_ * sizeof(Word) + key_bytes), 1)),
      max_bytes_(max_bytes),
      latest_(std::numeric_limits<std::int64_t>::min()),
      values_(values) {}

RowOrder::~RowOrder() {
  if (file_ >= 0) ::close(file_);
}

void RowOrder::Free::operator()(Word* words) const noexcept { std::free(words); }

/// In pages of 2 MiB instead of 4 KiB there are 500 times fewer that the system has to find while rows come.
void RowOrder::add_chunk() {
  const std::size_t rows = std::min(rows_a_chunk_, max_rows_);
  std::size_t bytes = rows * words_ * sizeof(Word);
  const bool large = bytes > chunk_bytes / 2;
  if (large) bytes = (bytes + chunk_bytes - 1) / chunk_bytes * chunk_bytes;
  Chunk& chunk = chunks_.emplace_back(
      static_cast<Word*>(large ? std::aligned_alloc(chunk_bytes, bytes) : std::malloc(bytes)));
  if (chunk == nullptr) throw std::bad_alloc();
  if (large) ::madvise(chunk.get(), bytes, MADV_HUGEPAGE);
}

void RowOrder::add(const OrderedRow& row) {
  if (rows_ == max_rows_) spill();
  if (room_ == room_end_) {
    const std::size_t chunk = rows_ / rows_a_chunk_;
    if (chunk == chunks_.size()) add_chunk();
    room_ = chunks_[chunk].get();
    room_end_ = room_ + rows_a_chunk_ * words_;
  }
  room_[0] = std::bit_cast<Word>(row.time);
  room_[1] = row.place.number();
  room_[2] = std::uint64_t{row.texts} << 32 | row.series;
  for (std::size_t i = 0; i < values_.size(); ++i) room_[3 + i] = std::bit_cast<Word>(row.values[i]);
  room_ += words_;
  if (rows_ != 0 && row.time < latest_held_) held_in_order_ = false;
  latest_held_ = row.time;
  ++rows_;
  if (row.time < latest_ && ++out_of_order_ == 1) first_out_of_order_ = row.place;
  latest_ = std::max(latest_, row.time);
}

OrderedRow RowOrder::decoded(const Word* words) {
  for (std::size_t i = 0; i < values_.size(); ++i) values_[i] = std::bit_cast<double>(words[3 + i]);
  return {std::bit_cast<std::int64_t>(words[0]), Place::of(words[1]), static_cast<std::uint32_t>(words[2]),
          static_cast<std::uint32_t>(words[2] >> 32), values_};
}

void RowOrder::sort() {
  keys_.resize(rows_);
  for (std::size_t i = 0; i < rows_; ++i) keys_[i] = {std::bit_cast<std::int64_t>(row(i)[0]), i};
  std::sort(keys_.begin(), keys_.end(),
            [](const Key& a, const Key& b) { return a.time != b.time ? a.time < b.time : a.row < b.row; });
}

/// Hands on the rows in memory by time, and removes them from there.
template <class Sink>
void RowOrder::each_held(const Sink& sink) {
  if (held_in_order_) {
    for (std::size_t begin = 0; begin < rows_; begin += rows_a_chunk_) {
      const Word* words = row(begin);
      const Word* const end = words + std::min(rows_a_chunk_, rows_ - begin) * words_;
      for (; words != end; words += words_) sink(words);
    }
  } else {
    sort();
    for (std::size_t i = 0; i < rows_; ++i) sink(row(keys_[i].row));
  }
  rows_ = 0;
  room_ = room_end_ = nullptr;
  held_in_order_ = true;
}

void RowOrder::spill() {
  if (file_ < 0) {
    const char* const named = std::getenv("TMPDIR");
    folder_ = named != nullptr && *named != '\0' ? named : "/tmp";
    file_ = open_unnamed(folder_);
  }
  const std::uint64_t begin = file_bytes_;
  std::vector<Word> block;
  block.reserve(std::min(run_block_bytes / sizeof(Word), rows_ * words_) + words_);
  each_held([&](const Word* words) {
    block.insert(block.end(), words, words + words_);
    if (block.size() * sizeof(Word) < run_block_bytes) return;
    write(block);
    block.clear();
  });
  write(block);
  runs_.push_back({begin, file_bytes_});
}

void RowOrder::write(std::span<const Word> words) {
  const auto* bytes = reinterpret_cast<const char*>(words.data());
  std::size_t left = words.size_bytes();
  while (left > 0) {
    const ssize_t wrote = ::write(file_, bytes, left);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) fail(folder_, "cannot be written");
    bytes += wrote;
    left -= static_cast<std::size_t>(wrote);
    file_bytes_ += static_cast<std::size_t>(wrote);
  }
}

void RowOrder::each(const std::function<void(const OrderedRow&)>& sink) {
  if (runs_.empty()) return each_held([&](const Word* words) { sink(decoded(words)); });
  spill();
  merge(sink);
}

void RowOrder::merge(const std::function<void(const OrderedRow&)>& sink) {
  chunks_.clear();
  std::vector<Key>().swap(keys_);
  const std::size_t bytes_a_run = std::min(max_bytes_ / runs_.size(), run_block_bytes);
  const std::size_t rows_a_buffer = std::max<std::size_t>(bytes_a_run / (words_ * sizeof(Word)), 1);
  std::vector<Reader> readers;
  readers.reserve(runs_.size());
  for (const Run& run : runs_) readers.emplace_back(*this, run, rows_a_buffer);

  struct Front {
    std::int64_t time;
    const Word* words;
    std::size_t reader;
  };
  const auto later = [](const Front& a, const Front& b) {
    return a.time != b.time ? a.time > b.time : a.words[1] > b.words[1];
  };
  std::priority_queue<Front, std::vector<Front>, decltype(later)> fronts(later);
  const auto advance = [&](std::size_t reader) {
    if (const Word* const words = readers[reader].next())
      fronts.push({std::bit_cast<std::int64_t>(words[0]), words, reader});
  };
  for (std::size_t reader = 0; reader < readers.size(); ++reader) advance(reader);
  while (!fronts.empty()) {
    const Front first = fronts.top();
    fronts.pop();
    sink(decoded(first.words));
    advance(first.reader);
  }
}

}  // namespace oddity::replay
