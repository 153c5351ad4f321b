// What many groups cost, as a table in Markdown.
#pragma once

#include <span>
#include <string>

#include "groups/groups.hpp"

namespace oddity::bench {

std::string groups_table(std::span<const GroupCost> costs);

}  // namespace oddity::bench
