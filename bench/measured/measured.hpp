// The CPU time of a process that reads a stream, as the operating system accounts it.
#pragma once

#include <string>
#include <vector>

#include "streams/streams.hpp"

namespace oddity::bench {

/// How a process gets the stream.
enum class Feed {
  file,  ///< stdin is the file: the page cache, no writer
  pipe   ///< written as kapacitord writes: two write()s a message, length and body, flat out
};

/// Runs `command` to its end with the stream on its stdin and stdout thrown away; the user and system time it
/// took, in seconds. `file` holds the stream's bytes.
double measure(const std::vector<std::string>& command, const Stream& stream, const std::string& file,
               Feed feed);

}  // namespace oddity::bench
