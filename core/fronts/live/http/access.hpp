// Who may ask for something over HTTP.
#pragma once

#include <string>

namespace oddity::live {

/// What a request says of where it comes from.
struct RequestOrigin {
  std::string method;
  std::string host;           ///< header Host: what the client believes to talk to
  std::string origin;         ///< header Origin: the site whose page sent it; empty: no page did
  std::string authorization;  ///< header
  std::string password;       ///< of InfluxDB 1's parameter `p`
};

struct Access {
  std::string token;      ///< empty: none is asked for
  bool loopback = false;  ///< only this machine can connect

  static constexpr const char* no_token =
      "expected the token, as 'Authorization: Token ...' or as a password";

  /// Why it may not; empty: it may. A browser sends what any page asks it to, so a page of another site cannot write, and
  /// on a loopback address the name that was asked for has to be this machine's own: another name that leads here is how
  /// such a page would read (DNS rebinding).
  std::string refusal(const RequestOrigin& request) const;
};

}  // namespace oddity::live
