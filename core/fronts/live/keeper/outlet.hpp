// Where answers go: stdout, or a queue of what is to be sent.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "journal/folder.hpp"

namespace oddity::live {

/// Takes the answers of batches, in the order of their numbers, and marks a batch as answered when its answer is out of
/// our hands.
class Outlet {
 public:
  Outlet() = default;
  Outlet(const Outlet&) = delete;
  Outlet& operator=(const Outlet&) = delete;
  virtual ~Outlet() = default;

  virtual void put(std::uint64_t number, std::string_view text) = 0;
  /// Bytes that wait for somebody to read them.
  virtual std::size_t waiting() const noexcept = 0;
  /// Where poll(2) tells that write() would do something; -1: nowhere.
  virtual int descriptor() const noexcept = 0;
  /// False: nobody will read it any more.
  virtual bool write() = 0;
};

/// Writes without blocking: whoever does not read holds up nobody but himself.
class StandardOutput : public Outlet {
 public:
  /// `marks` outlives this.
  explicit StandardOutput(int descriptor, Marks& marks);

  void put(std::uint64_t number, std::string_view text) override;
  std::size_t waiting() const noexcept override { return pending_.size() - written_; }
  int descriptor() const noexcept override { return descriptor_; }
  bool write() override;

 private:
  struct End {
    std::uint64_t number = 0;
    std::size_t at = 0;  ///< in pending_
  };
  const int descriptor_;
  Marks& marks_;
  std::string pending_;
  std::size_t written_ = 0;
  std::deque<End> ends_;
};

}  // namespace oddity::live
