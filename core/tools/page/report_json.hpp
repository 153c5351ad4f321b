// The data of a report as the page reads them.
#pragma once

#include <string>

#include "page/page.hpp"

namespace oddity::page {

/// Appends {"title","subtitle","notes","now","totals","series":[an entry as of /api/series, with "shown", "of" and
/// "columns"...]}; columns are {"t","v","low","high","score","expected","lower","upper","flags","said":{output:[]}}, all equally
/// long, a flag being 1 for an anomalous window and 3 for an alarm. Columns without a number are left out. The text has
/// no `<`, so it can stand in an HTML script.
void append_json(std::string& text, const ReportData& data);

}  // namespace oddity::page
