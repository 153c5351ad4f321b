// Reads the reference values that tests/reference/make_reference.py made with SciPy.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace oddity::test {

using Record = std::vector<std::string>;

/// All lines of a file of tests/reference, split at commas.
inline std::vector<Record> read_reference(const std::string& name) {
  std::ifstream file(std::string(ODDITY_TESTS) + "/reference/" + name);
  EXPECT_TRUE(file.good()) << name;
  std::vector<Record> records;
  std::string line;
  while (std::getline(file, line)) {
    if (line.ends_with('\r')) line.pop_back();
    Record record;
    std::stringstream fields(line);
    for (std::string field; std::getline(fields, field, ',');) record.push_back(field);
    records.push_back(std::move(record));
  }
  EXPECT_FALSE(records.empty()) << name;
  return records;
}

/// |a - b| relative to the larger, absolute near 0; numbers that both underflow are equal.
inline double relative_error(double a, double b) {
  if (a == b) return 0;
  const double scale = std::max(std::abs(a), std::abs(b));
  return scale < 1e-300 ? 0 : std::abs(a - b) / scale;
}

}  // namespace oddity::test
