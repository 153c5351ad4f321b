#include <fmt/format.h>

#include <charconv>

#include "base/error.hpp"
#include "http/server.hpp"

namespace oddity::live {

ListenAddress ListenAddress::parse(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  ListenAddress address;
  const char* const last = text.data() + text.size();
  const auto [end, error] =
      std::from_chars(text.data() + (colon == std::string::npos ? 0 : colon + 1), last, address.port);
  if (error != std::errc() || end != last || address.port < 0 || address.port > 65'535)
    throw Error({"option '--listen'", "an address and a port, such as 127.0.0.1:8186", "'" + text + "'", ""});
  address.host = colon == std::string::npos ? "127.0.0.1" : text.substr(0, colon);
  if (address.host.empty()) address.host = "0.0.0.0";
  if (address.host.starts_with('[') && address.host.ends_with(']'))
    address.host = address.host.substr(1, address.host.size() - 2);
  return address;
}

bool ListenAddress::is_loopback() const noexcept {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

std::string ListenAddress::url(int bound) const {
  return host.find(':') == std::string::npos ? fmt::format("http://{}:{}", host, bound)
                                             : fmt::format("http://[{}]:{}", host, bound);
}

}  // namespace oddity::live
