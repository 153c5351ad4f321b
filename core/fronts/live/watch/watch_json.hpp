// What the page asks for, as JSON; page/page.hpp lists it. Times are in ms since 1970 UTC.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "keeper/status.hpp"
#include "watch/watch.hpp"

namespace oddity::live {

std::string series_json(const Watch& watch, const StatusNumbers& numbers);
std::string sparks_json(const Watch& watch, std::span<const std::uint64_t> ids);
/// std::nullopt: there is no such series.
std::optional<std::string> one_series_json(const Watch& watch, std::uint64_t id);

/// News as server-sent events: of the asked series their points, of all the alarms and new series. Empty: nothing to tell.
std::string events(const Watch& watch, const std::vector<Watch::News>& news,
                   std::span<const std::uint64_t> ids, const StatusNumbers& numbers);

}  // namespace oddity::live
