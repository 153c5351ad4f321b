// It opens a file and never closes it.
#include <fcntl.h>

#include "one_fault.hpp"

namespace {

struct LeavesAFileOpen : bad::ZScore {
  static constexpr bad::Description description = bad::described("leaves_a_file_open");
  explicit LeavesAFileOpen(const bad::Options& options) : ZScore(options) {
    static const int file = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    static_cast<void>(file);
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(LeavesAFileOpen)
