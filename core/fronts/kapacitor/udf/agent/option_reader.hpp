// Reads what a TICKscript gave: the options of an InitRequest, by name and type.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "udf.pb.h"

namespace oddity::agent {

/// Collects what is wrong, so that the task's error has all of it. An option without a default value must be
/// given; each may be given once. What a call returns after a diagnostic is of no use.
///
/// 1. OptionReader given(request);
/// 2. field = given.text("field"); size = given.integer("size", 1, 1000); and so on
/// 3. given.finish(); throws oddity::Error where anything is wrong, which becomes the answer of Init
class OptionReader {
 public:
  explicit OptionReader(const udf::InitRequest& request) noexcept : request_(request) {}

  std::string text(std::string_view name, std::optional<std::string> default_value = std::nullopt);
  std::int64_t integer(std::string_view name, std::int64_t min, std::int64_t max,
                       std::optional<std::int64_t> default_value = std::nullopt);
  /// A DOUBLE: in TICKscript 3.0 and not 3.
  double number(std::string_view name, double min, double max,
                std::optional<double> default_value = std::nullopt);

  void finish() const;

 private:
  const udf::OptionValue* find(std::string_view name, const char* what, bool required);
  void report(std::string_view name, std::string expected, std::string found, std::string hint = "");

  const udf::InitRequest& request_;
  std::vector<Diagnostic> diagnostics_;
};

}  // namespace oddity::agent
