// The options that are the core's own, the same for every detector: one table, from which Info, the checks
// and the command line come.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "oddity/door.h"

namespace oddity::options {

inline constexpr oddity_option_spec field_spec{.name = "field",
                                               .unit = "",
                                               .about = "A field to watch.",
                                               .fallback = nullptr,
                                               .choices = nullptr,
                                               .least = 0,
                                               .most = 0,
                                               .type = ODDITY_STRING,
                                               .list = 1,
                                               .shapes_state = 0};
inline constexpr oddity_option_spec alpha_spec{.name = "alpha",
                                               .unit = "",
                                               .about = "The p-value below which a window is anomalous.",
                                               .fallback = nullptr,
                                               .choices = nullptr,
                                               .least = 0,
                                               .most = 1,
                                               .type = ODDITY_DOUBLE,
                                               .list = 0,
                                               .shapes_state = 0};
inline constexpr oddity_option_spec algorithm_spec{.name = "algorithm",
                                                   .unit = "",
                                                   .about = "A detector.",
                                                   .fallback = "ttest",
                                                   .choices = nullptr,
                                                   .least = 0,
                                                   .most = 0,
                                                   .type = ODDITY_STRING,
                                                   .list = 1,
                                                   .shapes_state = 0};
inline constexpr oddity_option_spec ttl_spec{
    .name = "ttl",
    .unit = "",
    .about = "A group without a window for that long, by the data's time, is forgotten; 0s: never.",
    .fallback = "0s",
    .choices = nullptr,
    .least = 0,
    .most = 3.1536e18,  // a hundred years
    .type = ODDITY_DURATION,
    .list = 0,
    .shapes_state = 0};
inline constexpr oddity_option_spec max_groups_spec{
    .name = "maxGroups",
    .unit = "groups",
    .about = "Beyond that many groups the least recently used is forgotten.",
    .fallback = "100000",
    .choices = nullptr,
    .least = 1,
    .most = 1e9,
    .type = ODDITY_INT,
    .list = 0,
    .shapes_state = 0};

/// What a TICKscript, the `defaults` of a YAML file and the command line may name beside .param(). `size` is
/// the plugins' and only handed on.
inline const std::vector<std::string>& core_option_names() {
  static const std::vector<std::string> names{"field", "size", "alpha", "algorithm", "ttl", "maxGroups"};
  return names;
}

}  // namespace oddity::options
