#include "agent/ending.hpp"

namespace oddity::agent {

const char* to_string(Ending ending) noexcept {
  switch (ending) {
    case Ending::delivered:
      return "input ended, everything delivered";
    case Ending::unread:
      return "input ended and nobody reads the output";
    case Ending::reader_gone:
      return "the reader closed its end";
    case Ending::failed:
      return "failed";
    case Ending::stuck:
      return "a call did not return";
    case Ending::broken_input:
      return "the input is not a stream of frames";
    case Ending::stalled:
      return "nobody took the output";
  }
  return "";
}

}  // namespace oddity::agent
