// The web page that shows series, what was expected of them and their alarms: one HTML text that loads nothing from elsewhere.
//
// LIFE CYCLE
//   1. live() is the whole page; whoever serves it at `/` answers the requests below.
//   2. report(data) is the same page with its data inside, for a file that is opened without a server.
//
// WHAT THE LIVE PAGE ASKS FOR. JSON; times are ms since 1970 UTC; every number may be null where there is none.
//   GET /api/series           {"now","title","totals":{"points","series","alarms","dropped","left_out"},"series":[entry...]}, an entry being
//                             {"id":int,"measurement","tags":{key:value},"field","time","value","score",
//                              "state":"young"|"normal"|"anomalous","alarms","last_alarm"}
//   GET /api/sparks?ids=3,7   {"sparks":{"3":[[time,value,lower,upper,alarm 0|1]...the latest 60]}}
//   GET /api/series/ID        {"id","measurement","tags","field","points":[{"t","v","score","anomalous","alarm","expected","lower",
//                              "upper","said":{output:number},"why":text, empty where nothing is odd}...the latest hundreds]}
//   GET /api/events?ids=3,7   server-sent events, whose answer begins at once; ids may be empty:
//     event: update  {"now","totals","points":[a point as above, with its "id"]}, of the ids that were asked for, some times a second
//     event: alarm   {"id","measurement","tags","field","t","v","score"}, of every series
//     event: series  {"series":[entries that are new]}
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "page/thinned_points.hpp"

namespace oddity::page {

using Tags = std::vector<std::pair<std::string, std::string>>;

/// One series of a report. Texts may be any bytes: they are shown, never taken for HTML.
struct ReportSeries {
  std::string measurement;
  Tags tags;
  std::string field;
  std::vector<std::string> outputs;  ///< names of Point::said
  bool young = false;                ///< too little came for the latest judgement to mean much
  std::uint64_t alarms = 0;
  ThinnedPoints points;
};

struct ReportData {
  std::string title;
  std::string subtitle;            ///< how it was judged
  std::vector<std::string> notes;  ///< what is not shown, and why; a sentence each, what was dropped first
  std::uint64_t windows = 0;       ///< that were judged, shown or not
  std::uint64_t alarms = 0;        ///< of whole windows, each of which may be odd in several series
  std::uint64_t dropped = 0;       ///< windows that are not in any of the series
  std::vector<ReportSeries> series;
};

/// The page that asks the server it came from.
std::string_view live();

/// The page with `data` in it. Bytes that are no UTF-8 become U+FFFD. Takes some 50 bytes for each point that is kept, and 100
/// kB for the page.
std::string report(const ReportData& data);

}  // namespace oddity::page
