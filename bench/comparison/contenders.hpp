// Who is compared: our agent, the bare read() of the same bytes, and the agents that users have.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace oddity::bench {

enum class Who { oddity, read, read_with_nap, python, go };

struct Contender {
  Who who;
  std::string name;
  std::vector<std::string> command;
  /// It gets this part of the points, since it takes so long.
  std::size_t share = 1;
};

/// Those that are at hand, ours first; whoever is not is named on stderr, with what it lacks. `program`: oddity;
/// `self`: this program, which can read(). `of_users`: also the agents that users write.
std::vector<Contender> contenders_at_hand(const std::string& program, const std::string& self, bool of_users);

}  // namespace oddity::bench
