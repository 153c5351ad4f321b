// The page's sources, put together by the build (embed.cmake).
#pragma once

#include <string_view>

namespace oddity::page {

extern const std::string_view page_text;

}  // namespace oddity::page
