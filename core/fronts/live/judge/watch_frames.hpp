// Tells the keeper of judged points, series by number.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "exchange/judged.hpp"
#include "oddity/engine/result_field.hpp"
#include "window/group_window.hpp"

namespace oddity::live {

/// 1. WatchFrames frames(most);
/// 2. append(window, value, fields, out) for each judged point.
///
/// Beyond `most` series the one that was not seen for longest is forgotten; should it come again, it gets a new
/// number.
class WatchFrames {
 public:
  explicit WatchFrames(std::size_t most) : most_(most) {}

  /// `value`: what the page draws where the fields do not say what was observed.
  void append(const window::GroupWindow& window, double value, std::span<const ResultField> fields,
              std::string& out);

 private:
  struct Series {
    std::string key;
    std::uint64_t number = 0;
  };
  using Order = std::list<Series>;  ///< the least recently seen first

  std::uint64_t number_of(const window::GroupWindow& window, std::string& out);
  void sort_in(const ResultField& field, JudgedPoint& point, std::string& out);
  std::uint32_t name_of(std::string_view name, std::string& out);

  const std::size_t most_;
  std::uint64_t next_ = 1;
  Order order_;
  std::unordered_map<std::string_view, Order::iterator> places_;
  std::vector<std::string> names_;
  std::vector<Said> said_;
  std::string_view why_;
  std::string body_;
};

}  // namespace oddity::live
