#include "exchange/judged.hpp"

namespace oddity::live {
namespace {

void put(std::string& out, std::string_view text) {
  const auto size = static_cast<std::uint32_t>(text.size());
  out += bytes_of(size);
  out += text;
}

bool take(std::string_view& body, std::string& text) {
  std::uint32_t size = 0;
  if (!take_plain(body, size) || size > body.size()) return false;
  text = body.substr(0, size);
  body.remove_prefix(size);
  return true;
}

}  // namespace

void SeriesName::write(std::string& out) const {
  put(out, measurement);
  put(out, field);
  for (const auto& [key, value] : tags) {
    put(out, key);
    put(out, value);
  }
}

bool SeriesName::read(std::string_view body, SeriesName& name) {
  name.tags.clear();
  if (!take(body, name.measurement) || !take(body, name.field)) return false;
  while (!body.empty()) {
    auto& [key, value] = name.tags.emplace_back();
    if (!take(body, key) || !take(body, value)) return false;
  }
  return true;
}

}  // namespace oddity::live
