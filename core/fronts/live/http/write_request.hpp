// The body of a write: its good lines, and what is wrong with the others, in InfluxDB's words.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "exchange/result_names.hpp"
#include "row/row.hpp"

namespace oddity::live {

/// "ns", "us", "ms", "s", "m", "h", and what InfluxDB also takes: "n", "u", "". std::nullopt: none of them.
std::optional<formats::Precision> precision_of(std::string_view text) noexcept;

/// A body, read once, so that what is taken can be judged.
struct WriteRequest {
  /// `arrival`: of lines without a time, ns. Results of ours, which a subscription brings back, are left out: they would take
  /// the room of what is to be judged.
  WriteRequest(std::string_view body, formats::Precision precision, std::int64_t arrival,
               const ResultNames& own = {});

  std::string good;  ///< whole lines
  std::uint64_t good_lines = 0;
  std::uint64_t bad_lines = 0;
  std::uint64_t own_results = 0;
  std::string own_name;  ///< the measurement of the first of these
  std::string problem;   ///< the first of them; empty: there is none

  /// As InfluxDB answers: {"error":"partial write: unable to parse '...': ... dropped=0"}.
  std::string error_json() const;
};

/// {"error":"..."}
std::string error_json(const std::string& text);

}  // namespace oddity::live
