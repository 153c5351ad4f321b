// `oddity live` that listens, and a client that writes to it and asks it.
#pragma once

#include <httplib.h>

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "files.hpp"
#include "live_process.hpp"

namespace oddity::test {

class LiveHttp : public Files {
 protected:
  /// A live process that listens, and a client of it.
  void begin(std::vector<std::string> more = {}) {
    std::vector<std::string> all{"--algorithm", "zscore", "--size",   "50",
                                 "--alpha",     "0.001",  "--listen", "127.0.0.1:0"};
    all.insert(all.end(), more.begin(), more.end());
    live = std::make_unique<LiveProcess>(all, std::filesystem::path(path("x")).parent_path());
    client = std::make_unique<httplib::Client>(live->url());
  }
  static std::string series(int from, int to, int odd = -1) {
    std::string text;
    for (int i = from; i < to; ++i)
      text += "m,host=a x=" + std::to_string(50 + 5 * std::sin(i) + (i == odd ? 500 : 0)) + " " +
              std::to_string(i) + "\n";
    return text;
  }
  int post(const std::string& path, const std::string& body, const httplib::Headers& headers = {}) const {
    const auto answer = client->Post(path, headers, body, "text/plain");
    return answer ? answer->status : -1;
  }
  std::string get(const std::string& path) const {
    const auto answer = client->Get(path);
    return answer ? answer->body : "";
  }
  /// The last batch that is marked as answered in the folder of the state.
  std::uint64_t answered() const {
    std::uint64_t number = 0;
    std::ifstream(path("state") + "/marks", std::ios::binary)
        .read(reinterpret_cast<char*>(&number), sizeof number);
    return number;
  }
  /// Whether that line of the metrics is there within ten seconds.
  bool counts(const std::string& line) const {
    return LiveProcess::soon(
        [&] { return get("/metrics").find("\noddity_" + line + "\n") != std::string::npos; });
  }
  std::unique_ptr<LiveProcess> live;
  std::unique_ptr<httplib::Client> client;
};

}  // namespace oddity::test
