// What is said of windows and points, as points of Kapacitor's.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/log.hpp"
#include "detect/verdict.hpp"
#include "window/group_window.hpp"
#include "wire/point_head.hpp"
#include "wire/point_writer.hpp"
#include "wire/responses.hpp"

namespace oddity::kapacitor {

/// 1. Answers answers(log);
/// 2. of_window, of_point or hand_on for each verdict: what they send is a message in `out`.
class Answers {
 public:
  explicit Answers(Log& log) : log_(log) {}

  /// A point at the window's end, with its group's tags, dimensions and byName, so that grouping survives
  /// behind the function. Nothing where there is no result.
  void of_window(const window::GroupWindow& window, const detect::Verdict& verdict, wire::Responses& out);
  /// The same for a window of one point, which keeps its database and retention policy as well.
  void of_point(const window::GroupWindow& window, const wire::PointHead& head,
                const detect::Verdict& verdict, wire::Responses& out);

  /// The point itself, as it came, with the results as further fields. A result whose name the point has
  /// already gets `oddity.` before it: nothing of the point's own changes. False: it has no field that can be
  /// sent.
  bool hand_on(wire::Bytes body, const wire::PointHead& head, const detect::Verdict& verdict,
               wire::Responses& out);

 private:
  void write_point(const window::GroupWindow& window, std::string_view database,
                   std::string_view retention_policy);
  void add(std::string_view name, const std::variant<double, bool, std::string_view>& value);
  std::string free_name(std::string_view result, const wire::PointHead& head);

  Log& log_;
  std::vector<ResultField> fields_;
  wire::PointWriter answer_;
  std::set<std::string, std::less<>> told_;  ///< results whose names were taken
};

}  // namespace oddity::kapacitor
