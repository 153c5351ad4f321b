#include "setup/abi_value.hpp"

namespace oddity::setup {

plugin::Algorithm::Value abi_value(const options::Resolved& resolved) {
  plugin::Algorithm::Value value;
  value.type = resolved.type;
  std::visit(
      [&](const auto& values) {
        using Values = std::decay_t<decltype(values)>;
        if constexpr (std::is_same_v<Values, std::vector<std::uint8_t>>) value.booleans = values;
        if constexpr (std::is_same_v<Values, std::vector<std::int64_t>>) value.integers = values;
        if constexpr (std::is_same_v<Values, std::vector<double>>) value.numbers = values;
        if constexpr (std::is_same_v<Values, std::vector<std::string>>) value.texts = values;
      },
      resolved.values);
  return value;
}

}  // namespace oddity::setup
