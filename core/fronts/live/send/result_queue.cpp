#include "send/result_queue.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <system_error>
#include <utility>

#include "base/error.hpp"
#include "exchange/whole_file.hpp"

namespace oddity::live {
namespace {

constexpr std::string_view file_prefix = "results-";
constexpr std::uint64_t usual_file = std::uint64_t{1} << 20;

std::uint64_t lines_of(std::string_view text) {
  return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

/// Where whole lines of at most `most` bytes end; one line where it is longer.
std::size_t end_of_piece(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text.size();
  const std::size_t last = text.rfind('\n', most - 1);
  return std::min(last != std::string_view::npos ? last : text.find('\n'), text.size() - 1) + 1;
}

/// A process that is killed while it writes leaves a part of a line, whose time would be cut short and still be a
/// time. It has not said that these are answered, so all of them come again.
std::string whole_lines(const std::filesystem::path& file) {
  std::string text = whole_file(file).value_or("");
  text.resize(text.rfind('\n') + 1);  // npos + 1 is 0
  return text;
}

}  // namespace

ResultQueue::ResultQueue(std::filesystem::path folder, std::uint64_t most)
    : folder_(std::move(folder)),
      most_(most),
      largest_file_(std::clamp<std::uint64_t>(most / 8, 1, usual_file)) {
  std::error_code failed;
  std::filesystem::create_directories(folder_, failed);
  if (failed)
    throw Error({"option '--state'", "a folder that can be written",
                 "'" + folder_.string() + "': " + failed.message(), ""});
  for (const auto& entry : std::filesystem::directory_iterator(folder_, failed)) {
    const std::string name = entry.path().filename().string();
    std::uint64_t number = 0;
    if (!name.starts_with(file_prefix)) continue;
    std::from_chars(name.data() + file_prefix.size(), name.data() + name.size(), number);
    const std::string text = whole_lines(entry.path());
    next_ = std::max(next_, number + 1);
    if (text.empty()) {
      std::filesystem::remove(entry.path(), failed);
      continue;
    }
    files_.push_back({number, text.size(), lines_of(text)});
    bytes_ += text.size();
  }
  std::sort(files_.begin(), files_.end(), [](const File& a, const File& b) { return a.number < b.number; });
}

ResultQueue::~ResultQueue() { close(); }

std::filesystem::path ResultQueue::place_of(std::uint64_t number) const {
  return folder_ / fmt::format("{}{:020}", file_prefix, number);
}

bool ResultQueue::put(std::string_view text) {
  const std::lock_guard lock(mutex_);
  bool taken = true;
  while (!text.empty()) {
    const std::string_view piece = text.substr(0, end_of_piece(text, largest_file_));
    text.remove_prefix(piece.size());
    taken = put_piece(piece) && taken;
  }
  if (bytes_ != 0) filled_.notify_one();
  return taken;
}

bool ResultQueue::put_piece(std::string_view piece) {
  if (piece.size() > most_) {
    dropped_ += lines_of(piece);
    return true;
  }
  while (!files_.empty() && bytes_ + piece.size() > most_) remove_first();
  if (descriptor_ >= 0 && files_.back().bytes + piece.size() > largest_file_) close();
  const auto write = [&] {
    if (descriptor_ < 0 && !open()) return false;
    ssize_t wrote = 0;
    do {
      wrote = ::write(descriptor_, piece.data(), piece.size());
    } while (wrote < 0 && errno == EINTR);
    if (wrote == static_cast<ssize_t>(piece.size())) return true;
    if (::ftruncate(descriptor_, static_cast<off_t>(files_.back().bytes)) != 0) close();
    return false;
  };
  if (!write()) {
    dropped_ += lines_of(piece);
    return false;
  }
  files_.back().bytes += piece.size();
  files_.back().lines += lines_of(piece);
  bytes_ += piece.size();
  return true;
}

bool ResultQueue::open() {
  descriptor_ = ::open(place_of(next_).c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
  if (descriptor_ < 0) return false;
  files_.push_back({next_++, 0, 0});
  return true;
}

void ResultQueue::close() {
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

void ResultQueue::remove_first() {
  dropped_ += files_.front().lines;
  forget(files_.front().number);
}

void ResultQueue::forget(std::uint64_t number) {
  const auto found =
      std::find_if(files_.begin(), files_.end(), [&](const File& file) { return file.number == number; });
  if (found == files_.end()) return;
  if (std::next(found) == files_.end()) close();
  std::error_code ignored;
  std::filesystem::remove(place_of(number), ignored);
  bytes_ -= found->bytes;
  files_.erase(found);
}

std::optional<ResultQueue::Parcel> ResultQueue::first(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  if (!filled_.wait_for(lock, patience, [&] { return bytes_ != 0; })) return std::nullopt;
  if (files_.size() == 1) close();
  return Parcel{files_.front().number, whole_lines(place_of(files_.front().number))};
}

void ResultQueue::done(const Parcel& parcel) {
  const std::lock_guard lock(mutex_);
  forget(parcel.number);
}

void ResultQueue::drop(const Parcel& parcel) {
  const std::lock_guard lock(mutex_);
  if (std::none_of(files_.begin(), files_.end(),
                   [&](const File& file) { return file.number == parcel.number; }))
    return;  // it went meanwhile, and is counted
  dropped_ += lines_of(parcel.text);
  forget(parcel.number);
}

std::uint64_t ResultQueue::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

std::uint64_t ResultQueue::dropped() const {
  const std::lock_guard lock(mutex_);
  return dropped_;
}

}  // namespace oddity::live
