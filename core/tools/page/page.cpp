#include "page/page.hpp"

#include "page/page_text.hpp"
#include "page/report_json.hpp"

namespace oddity::page {
namespace {

/// Where the data stand: the page as it is served has none.
constexpr std::string_view no_data = "<script type=\"application/json\" id=\"oddity-data\">null</script>";
constexpr std::size_t before_null = no_data.find("null");

}  // namespace

std::string_view live() { return page_text; }

std::string report(const ReportData& data) {
  const std::size_t place = page_text.find(no_data) + before_null;
  std::string text(page_text.substr(0, place));
  append_json(text, data);
  text += page_text.substr(place + std::string_view("null").size());
  return text;
}

}  // namespace oddity::page
