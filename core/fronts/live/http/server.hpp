// HTTP: writes as InfluxDB takes them, metrics, and the page.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/log.hpp"
#include "exchange/result_names.hpp"
#include "keeper/intake.hpp"
#include "keeper/status.hpp"
#include "watch/watch.hpp"

namespace oddity::live {

struct ListenAddress {
  std::string host;
  int port = 0;  ///< 0: any that is free

  /// "127.0.0.1:8186", "[::1]:8186", ":8186" for every address. Throws oddity::Error naming '--listen'.
  static ListenAddress parse(const std::string& text);
  bool is_loopback() const noexcept;
  std::string url(int bound) const;
};

struct ServerSettings {
  ListenAddress address;
  std::string token;                                 ///< empty: everybody may
  std::size_t largest_body = std::size_t{32} << 20;  ///< bytes, unpacked
  ResultNames names;                                 ///< of results that may come back
  std::string_view page;                             ///< HTML; outlives the server
};

/// What the server works with; all of it outlives it.
struct ServerParts {
  Intake& intake;
  const Watch& watch;
  Status& status;
  Log& log;
  Log& warnings;
};

/// 1. Server server(settings, parts)   takes the address; throws oddity::Error where it is not to be had.
/// 2. It serves on threads of its own until stop(), or until it is destroyed.
///
/// A write is answered with 204 when the journal has its lines: what was answered so is judged once, whatever happens to
/// this process. A body whose lines are partly bad is taken in part, and the answer names the first bad one, as InfluxDB
/// does; where there is no room, nothing of it is taken (503). Without a token only this machine may connect, and no page
/// of another site can write through somebody's browser.
class Server {
 public:
  Server(ServerSettings settings, ServerParts parts);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server();

  /// "http://127.0.0.1:8186"
  const std::string& url() const noexcept { return url_; }
  void stop();

 private:
  struct Running;
  std::unique_ptr<Running> running_;
  std::string url_;
};

}  // namespace oddity::live
