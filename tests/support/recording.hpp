// Reads what a real kapacitord wrote to an agent; tests/recordings/README.md says when.
#pragma once

#include <gtest/gtest.h>
#include <zlib.h>

#include <array>
#include <string>

namespace oddity::test {

/// The bytes of tests/recordings/NAME.requests.gz, unpacked.
inline std::string recorded(const std::string& name) {
  gzFile file =
      ::gzopen((std::string(ODDITY_TEST_DATA) + "/../recordings/" + name + ".requests.gz").c_str(), "rb");
  EXPECT_NE(file, nullptr);
  std::string bytes;
  std::array<char, 65536> buffer;
  for (int got = 0; (got = ::gzread(file, buffer.data(), buffer.size())) > 0;)
    bytes.append(buffer.data(), static_cast<std::size_t>(got));
  ::gzclose(file);
  return bytes;
}

}  // namespace oddity::test
