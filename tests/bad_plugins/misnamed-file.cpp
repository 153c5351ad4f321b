// Its file's name cannot be that of an algorithm.
#include "one_fault.hpp"

namespace {

struct MisnamedFile : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("misnamed_file");
};

}  // namespace
ODDITY_EXPORT_DETECTOR(MisnamedFile)
