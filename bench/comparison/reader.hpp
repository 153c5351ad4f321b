// The least that anybody can do with a stream: read it.
#pragma once

namespace oddity::bench {

/// Reads stdin in blocks of 64 KiB to its end and throws all away; `nap`: with the agent's pause of a millisecond
/// after a read that found little.
void read_all_of_stdin(bool nap);

}  // namespace oddity::bench
