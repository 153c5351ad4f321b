#include "journal/journal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <system_error>
#include <utility>
#include <vector>

namespace oddity::live {
namespace {

constexpr std::string_view file_prefix = "journal-";

struct RecordHead {
  std::uint32_t size = 0;  ///< of head and lines
  std::uint32_t crc = 0;
  std::uint64_t number = 0;
};

std::filesystem::path file_of(const std::filesystem::path& folder, std::uint64_t first) {
  return folder / fmt::format("{}{:020}", file_prefix, first);
}

std::uint32_t checksum(std::uint64_t number, std::string_view body) {
  const auto bytes = [](std::string_view text) { return reinterpret_cast<const Bytef*>(text.data()); };
  const std::string_view numbered = bytes_of(number);
  uLong crc = ::crc32_z(0, bytes(numbered), numbered.size());
  crc = ::crc32_z(crc, bytes(body), body.size());
  return static_cast<std::uint32_t>(crc);
}

/// First numbers of the files in a folder, ascending.
std::vector<std::uint64_t> firsts(const std::filesystem::path& folder) {
  std::vector<std::uint64_t> found;
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failed)) {
    const std::string name = entry.path().filename().string();
    std::uint64_t first = 0;
    if (!name.starts_with(file_prefix)) continue;
    const char* const end = name.data() + name.size();
    if (std::from_chars(name.data() + file_prefix.size(), end, first).ptr == end) found.push_back(first);
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

Journal::Journal(std::filesystem::path folder) : folder_(std::move(folder)) {
  for (const std::uint64_t first : firsts(folder_)) {
    std::error_code failed;
    const std::uint64_t size = std::filesystem::file_size(file_of(folder_, first), failed);
    segments_.push_back({first, failed ? 0 : size});
    bytes_ += segments_.back().bytes;
  }
  JournalReader reader(folder_, 0);
  Batch batch;
  while (reader.next(batch)) last_ = batch.number;
  damaged_ = reader.damaged();
  first_damaged_ = reader.first_damaged();
  if (damaged_ == 0) return;
  // Kept for whoever may make something of it; the file itself goes with the next state.
  std::error_code ignored;
  std::filesystem::create_hard_link(first_damaged_, first_damaged_.string() + ".damaged", ignored);
}

Journal::~Journal() { close(); }

bool Journal::append(std::uint64_t number, const BatchHead& head, std::string_view lines) {
  if (is_removed()) close();
  if (descriptor_ < 0 && !open(number)) return false;
  record_.assign(sizeof(RecordHead), '\0');
  record_ += bytes_of(head);
  record_ += lines;
  const std::string_view body = std::string_view(record_).substr(sizeof(RecordHead));
  const RecordHead record{static_cast<std::uint32_t>(body.size()), checksum(number, body), number};
  std::memcpy(record_.data(), &record, sizeof record);
  ssize_t wrote = 0;
  do {
    wrote = ::write(descriptor_, record_.data(), record_.size());
  } while (wrote < 0 && errno == EINTR);
  if (wrote == static_cast<ssize_t>(record_.size())) {
    segments_.back().bytes += record_.size();
    bytes_ += record_.size();
    last_ = number;
    return true;
  }
  problem_ = wrote < 0 ? std::strerror(errno) : "the disk is full";
  // What was written of it would end the file for its reader.
  if (::ftruncate(descriptor_, static_cast<off_t>(segments_.back().bytes)) != 0) close();
  return false;
}

bool Journal::open(std::uint64_t first) {
  const std::filesystem::path file = file_of(folder_, first);
  ::unlink(file.c_str());  // what is kept of it under another name stays whole
  descriptor_ = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
  if (descriptor_ < 0) {
    problem_ = std::strerror(errno);
    return false;
  }
  // A file of that number held no whole record.
  while (!segments_.empty() && segments_.back().first >= first) {
    bytes_ -= segments_.back().bytes;
    segments_.pop_back();
  }
  segments_.push_back({first, 0});
  return true;
}

/// Somebody removed the file at hand, perhaps with its folder: what is written to it would be nowhere.
bool Journal::is_removed() const noexcept {
  struct stat status {};
  return descriptor_ >= 0 && ::fstat(descriptor_, &status) == 0 && status.st_nlink == 0;
}

void Journal::close() {
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

void Journal::begin_segment() {
  if (descriptor_ >= 0) ::fdatasync(descriptor_);
  close();
}

void Journal::cut(std::uint64_t number) {
  const auto is_covered = [&] {
    if (segments_.empty()) return false;
    if (segments_.size() > 1) return segments_[1].first <= number + 1;
    return descriptor_ < 0 && last_ <= number;
  };
  while (is_covered()) {
    std::error_code ignored;
    std::filesystem::remove(file_of(folder_, segments_.front().first), ignored);
    bytes_ -= segments_.front().bytes;
    segments_.pop_front();
  }
}

JournalReader::JournalReader(std::filesystem::path folder, std::uint64_t after)
    : folder_(std::move(folder)), after_(after) {
  for (const std::uint64_t first : firsts(folder_)) files_.push_back(first);
  while (files_.size() > 1 && files_[1] <= after_ + 1) files_.pop_front();
}

JournalReader::~JournalReader() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool JournalReader::open_next() {
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
  while (!files_.empty() && descriptor_ < 0) {
    file_ = file_of(folder_, files_.front());
    descriptor_ = ::open(file_.c_str(), O_RDONLY | O_CLOEXEC);
    files_.pop_front();
  }
  return descriptor_ >= 0;
}

/// How much there was.
std::size_t JournalReader::read(void* to, std::size_t size) {
  std::size_t have = 0;
  while (have < size) {
    const ssize_t got = ::read(descriptor_, static_cast<char*>(to) + have, size - have);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    have += static_cast<std::size_t>(got);
  }
  return have;
}

void JournalReader::note_damage() {
  if (damaged_++ == 0) first_damaged_ = file_;
}

/// Asked before memory is taken: what is not whole may claim any size.
bool JournalReader::holds(std::size_t size) const {
  struct stat status {};
  const off_t at = ::lseek(descriptor_, 0, SEEK_CUR);
  return at >= 0 && ::fstat(descriptor_, &status) == 0 && status.st_size - at >= static_cast<off_t>(size);
}

bool JournalReader::next(Batch& batch) {
  while (descriptor_ >= 0 || open_next()) {
    RecordHead record;
    const std::size_t head = read(&record, sizeof record);
    const bool whole = head == sizeof record && record.size >= sizeof(BatchHead) && holds(record.size);
    if (!whole) {
      if (head != 0) note_damage();
      if (!open_next()) return false;
      continue;
    }
    std::string body(record.size, '\0');
    if (read(body.data(), body.size()) != body.size() || checksum(record.number, body) != record.crc) {
      note_damage();
      continue;
    }
    if (record.number <= after_) continue;
    std::string_view rest = body;
    batch.number = record.number;
    take_plain(rest, batch.head);
    batch.lines = rest;
    return true;
  }
  return false;
}

}  // namespace oddity::live
