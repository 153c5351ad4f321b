// A folder that goes with the run: streams lie there, and the state that agents save at their end.
#pragma once

#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <string>

namespace oddity::bench {

/// From its begin on, programs that are started find their user's state there and not in the user's folder.
class Workspace {
 public:
  Workspace()
      : folder_(std::filesystem::temp_directory_path() / ("oddity-bench-" + std::to_string(::getpid()))) {
    std::filesystem::create_directory(folder_);
    ::setenv("XDG_STATE_HOME", (folder_ / "state").c_str(), 1);
  }
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;
  ~Workspace() {
    std::error_code none;
    std::filesystem::remove_all(folder_, none);
  }

  std::string file(const std::string& name) const { return (folder_ / name).string(); }

 private:
  std::filesystem::path folder_;
};

}  // namespace oddity::bench
