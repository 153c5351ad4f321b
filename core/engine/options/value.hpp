// The values that were given for one option, checked against its spec.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "oddity/abi.h"
#include "options/resolved.hpp"
#include "options/row.hpp"
#include "options/setting.hpp"

namespace oddity::options {

/// Converts and checks all values that were given for one option; appends what is wrong to `diagnostics`, and
/// then returns std::nullopt.
std::optional<Resolved> resolve_value(const oddity_option_spec& spec, std::span<const Setting> mentions,
                                      std::vector<Diagnostic>& diagnostics, Ends ends = Ends::included);

/// "option 'alpha'", with the origin before it where there is one: "oddity.yaml:12: option 'alpha'".
std::string where(const Setting& setting);
/// The value as a person would write it: 3, 'hotend', 5m, TRUE.
std::string shown(const Given& given);
/// "a whole number from 2 to 10000000 (samples)", "a number between 0 and 1".
std::string expected(const oddity_option_spec& spec, Ends ends = Ends::included);

/// The same of a row: its ends, and the form of its text.
template <class Values>
std::optional<Resolved> resolve_value(const Row<Values>& row, std::span<const Setting> mentions,
                                      std::vector<Diagnostic>& diagnostics) {
  auto value = resolve_value(row.spec, mentions, diagnostics, row.ends);
  if (!value || row.member.form == nullptr) return value;
  if (row.member.has_form(std::get<std::vector<std::string>>(value->values)[0])) return value;
  diagnostics.push_back({where(mentions[0]), row.member.form, shown(mentions[0].value), ""});
  return std::nullopt;
}
template <class Values>
std::string expected(const Row<Values>& row) {
  return row.member.form != nullptr ? std::string(row.member.form) : expected(row.spec, row.ends);
}

}  // namespace oddity::options
