// The folder that holds what `oddity live` knows: its state, the lines since then, and how far they were answered.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace oddity::live {

/// 1. Folder folder(place), which makes it; or Folder::temporary(), which goes with its owner; where he was
///    killed, with the next one that is made.
/// 2. Only one process has it at a time: a second one gets an oddity::Error that names the first.
class Folder {
 public:
  /// `place`: is made where it is missing, and only for its user to read.
  explicit Folder(std::filesystem::path place);
  static Folder temporary();
  Folder(Folder&& other) noexcept;
  Folder& operator=(Folder&&) = delete;
  ~Folder();

  const std::filesystem::path& place() const noexcept { return place_; }
  std::filesystem::path state() const { return place_ / "state"; }
  /// Where the next state is written, until adopt_state() puts it in the place of the one before, on the disk.
  std::filesystem::path next_state() const { return place_ / "state.next"; }
  bool adopt_state() const noexcept;
  std::filesystem::path marks() const { return place_ / "marks"; }
  std::filesystem::path queue() const { return place_ / "queue"; }

 private:
  void lock();
  std::filesystem::path place_;
  bool temporary_ = false;
  int lock_ = -1;
};

/// Numbers that outlive the process, in a file that is mapped: what was set is kept even if the process is killed
/// in the next moment, though not where the machine stops.
class Marks {
 public:
  /// Throws oddity::Error where the file cannot be made.
  explicit Marks(const std::filesystem::path& file);
  Marks(const Marks&) = delete;
  Marks& operator=(const Marks&) = delete;
  ~Marks();

  /// The last batch whose answer is out of our hands.
  std::uint64_t answered() const noexcept { return values_->answered; }
  void set_answered(std::uint64_t number) noexcept { values_->answered = number; }

 private:
  struct Values {
    std::uint64_t answered;
  };
  Values* values_ = nullptr;
};

}  // namespace oddity::live
