// A page of prose, in which tables stand between markers.
#pragma once

#include <filesystem>
#include <string_view>

namespace oddity::bench {

/// Writes `text` between the lines `<!-- begin SECTION -->` and `<!-- end SECTION -->`; the rest stays. Throws
/// oddity::Error where the page has no such lines.
void rewrite(const std::filesystem::path& page, std::string_view section, std::string_view text);

}  // namespace oddity::bench
