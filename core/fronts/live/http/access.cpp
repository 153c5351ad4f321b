#include "http/access.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace oddity::live {
namespace {

std::string_view without_port(std::string_view host) {
  if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
  return host.substr(0, host.find(':'));
}

bool is_this_machine(std::string_view host) {
  constexpr std::array<std::string_view, 4> names{"localhost", "127.0.0.1", "[::1]", ""};
  const std::string_view name = without_port(host);
  const bool is_number = name.find_first_not_of("0123456789.") == std::string_view::npos;
  return std::find(names.begin(), names.end(), name) != names.end() ||
         (is_number && name.starts_with("127."));
}

/// Takes as long for a wrong text as for the right one.
bool is_equal(std::string_view a, std::string_view b) {
  unsigned different = a.size() == b.size() ? 0 : 1;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
    different |= static_cast<unsigned>(static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]));
  return different == 0;
}

/// What stands behind the first colon of "user:password" in base64; empty: it is not that.
std::string password_of(std::string_view base64) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  std::uint32_t bits = 0;
  int have = 0;
  for (const char c : base64) {
    const std::size_t digit = digits.find(c);
    if (digit == std::string_view::npos) break;
    bits = (bits << 6 | static_cast<std::uint32_t>(digit)) & 0xffffff;
    have += 6;
    if (have < 8) continue;
    have -= 8;
    text.push_back(static_cast<char>(bits >> have & 0xff));
  }
  const std::size_t colon = text.find(':');
  return colon == std::string::npos ? "" : text.substr(colon + 1);
}

bool has_token(const RequestOrigin& request, const std::string& token) {
  const std::string_view given = request.authorization;
  for (const std::string_view scheme : {"Token ", "Bearer "})
    if (given.starts_with(scheme)) return is_equal(given.substr(scheme.size()), token);
  constexpr std::string_view basic = "Basic ";
  if (given.starts_with(basic)) return is_equal(password_of(given.substr(basic.size())), token);
  return is_equal(request.password, token);
}

}  // namespace

std::string Access::refusal(const RequestOrigin& request) const {
  if (loopback && !is_this_machine(request.host))
    return "expected a name of this machine (127.0.0.1, localhost), got '" + request.host + "'";
  const bool changes = request.method != "GET" && request.method != "HEAD";
  if (changes && !request.origin.empty() && request.origin != "http://" + request.host)
    return "pages of another site may not write here";
  if (!token.empty() && !has_token(request, token)) return no_token;
  return {};
}

}  // namespace oddity::live
