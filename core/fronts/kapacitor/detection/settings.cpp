// From an InitRequest to settings: TICKscript's values as they are, not yet checked.
#include "base/error.hpp"
#include "detection/detection.hpp"

namespace oddity::kapacitor {
namespace {

options::Given given(const udf::OptionValue& value) {
  switch (value.value_case()) {
    case udf::OptionValue::kBoolValue:
      return value.boolvalue();
    case udf::OptionValue::kIntValue:
      return value.intvalue();
    case udf::OptionValue::kDoubleValue:
      return value.doublevalue();
    case udf::OptionValue::kStringValue:
      return value.stringvalue();
    case udf::OptionValue::kDurationValue:
      return options::Duration{value.durationvalue()};
    case udf::OptionValue::VALUE_NOT_SET:
      break;
  }
  return std::monostate{};
}

/// .param('name', 'value'); anything else than two texts cannot come from a Kapacitor that has read our Info.
options::Setting param(const udf::Option& option) {
  if (option.values_size() != 2 || option.values(0).value_case() != udf::OptionValue::kStringValue ||
      option.values(1).value_case() != udf::OptionValue::kStringValue) {
    throw Error({"option 'param'", "two texts, .param('name', 'value')", "something else", ""});
  }
  return {option.values(0).stringvalue(), options::Text{option.values(1).stringvalue()}, ""};
}

}  // namespace

options::Settings settings_of(const udf::InitRequest& request) {
  options::Settings settings;
  for (const udf::Option& option : request.options()) {
    if (option.name() == "param") {
      settings.params.push_back(param(option));
    } else {
      settings.given.push_back(
          {option.name(), option.values_size() == 1 ? given(option.values(0)) : std::monostate{}, ""});
    }
  }
  return settings;
}

}  // namespace oddity::kapacitor
