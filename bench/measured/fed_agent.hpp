// An agent that is fed and watched while it runs.
#pragma once

#include <sys/types.h>

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace oddity::bench {

/// 1. FedAgent agent({"oddity", "agent"}, log);
/// 2. agent.write(frames); agent.wait_for(answers so far), which throws where the agent ends before;
/// 3. agent.cpu_seconds(), agent.resident_bytes() in between;
/// 4. the destructor closes its stdin and waits for its end.
///
/// Its answers are counted, but for keepalives, and thrown away. What it logs goes to the file `log`.
class FedAgent {
 public:
  FedAgent(const std::vector<std::string>& command, const std::string& log);
  FedAgent(const FedAgent&) = delete;
  FedAgent& operator=(const FedAgent&) = delete;
  ~FedAgent();

  void write(std::string_view bytes);
  void wait_for(std::size_t answers);
  double cpu_seconds() const;          ///< of all its threads, so far
  std::size_t resident_bytes() const;  ///< now
  std::size_t peak_bytes() const;      ///< the most that were resident
  std::size_t largest_answer();        ///< bytes

 private:
  void read_answers();
  std::size_t status_bytes(std::string_view name) const;

  pid_t process_ = -1;
  int input_ = -1, output_ = -1;
  std::mutex mutex_;
  std::condition_variable came_;
  std::size_t answers_ = 0, largest_ = 0;
  bool ended_ = false;
  std::thread reader_;
};

}  // namespace oddity::bench
