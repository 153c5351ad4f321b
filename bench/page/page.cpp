#include "page/page.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <string>

#include "oddity/engine/error.hpp"

namespace oddity::bench {

void rewrite(const std::filesystem::path& page, std::string_view section, std::string_view text) {
  std::ifstream in(page, std::ios::binary);
  std::string all{std::istreambuf_iterator<char>(in), {}};
  const std::string begin = fmt::format("<!-- begin {} -->\n", section);
  const std::string end = fmt::format("<!-- end {} -->", section);
  const std::size_t from = all.find(begin);
  const std::size_t to = all.find(end);
  if (from == std::string::npos || to == std::string::npos || to < from) {
    throw Error({page.string(), fmt::format("the lines '<!-- begin {0} -->' and '<!-- end {0} -->'", section),
                 in.is_open() ? "a page without them" : "no file that can be read",
                 "--page names the page that has them: docs/calibration.md or docs/performance.md"});
  }
  const std::size_t after = from + begin.size();
  all.replace(after, to - after, fmt::format("\n{}\n", text));
  std::ofstream out(page, std::ios::binary);
  out << all;
  if (!out.flush()) throw Error({page.string(), "a page that can be written", "none", ""});
}

}  // namespace oddity::bench
