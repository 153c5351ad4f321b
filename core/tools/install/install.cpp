#include "install/install.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/replaced_file.hpp"

namespace oddity::plugin {
namespace {

namespace fs = std::filesystem;

/// Closes itself.
class Source {
 public:
  explicit Source(const fs::path& file) : file_(file), number_(::open(file.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (number_ < 0) fail();
  }
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;
  ~Source() { ::close(number_); }

  /// Empty: the end.
  std::string_view read() {
    ssize_t got = 0;
    do {
      got = ::read(number_, bytes_.data(), bytes_.size());
    } while (got < 0 && errno == EINTR);
    if (got < 0) fail();
    return {bytes_.data(), static_cast<std::size_t>(got)};
  }

 private:
  [[noreturn]] void fail() const {
    throw Error({"'" + file_.string() + "'", "a file that can be read", std::strerror(errno), ""});
  }
  const fs::path& file_;
  int number_;
  std::array<char, 1 << 16> bytes_;
};

constexpr const char* hint = "do it as a user who may write there, or name another place by --folder";

}  // namespace

fs::path put_in_place(const fs::path& file, const fs::path& folder) {
  std::error_code wrong;
  fs::create_directories(folder, wrong);
  if (wrong) throw Error({"'" + folder.string() + "'", "a folder that can be made", wrong.message(), hint});
  const fs::path place = folder / file.filename();
  Source source(file);
  ReplacedFile whole(place, {"'" + place.string() + "'", "a file that can be written", hint}, 0644);
  for (std::string_view bytes = source.read(); !bytes.empty(); bytes = source.read()) whole.write(bytes);
  whole.commit();
  return place;
}

}  // namespace oddity::plugin
