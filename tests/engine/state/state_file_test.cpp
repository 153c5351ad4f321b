#include "state/state_file.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "base/error.hpp"

namespace oddity::state {
namespace {

std::string refused(const std::string& path) {
  try {
    read_file("option '--load-state'", path);
  } catch (const Error& wrong) {
    return wrong.what();
  }
  ADD_FAILURE() << path << " was read";
  return {};
}

TEST(StateFile, IsReadByteForByte) {
  const auto file = std::filesystem::temp_directory_path() / ("oddity-state-" + std::to_string(::getpid()));
  const std::string bytes("ODDITY\x1a\n\0\xff more", 15);
  std::ofstream(file, std::ios::binary) << bytes;
  EXPECT_EQ(read_file("state", file.string()), bytes);
  std::filesystem::remove(file);
}

TEST(StateFile, WhatCannotBeOneIsRefusedByName) {
  EXPECT_NE(
      refused("/no/such.state").find("option '--load-state': expected a file that can be read, got No such"),
      std::string::npos);
  EXPECT_NE(refused("/tmp").find("got a folder (name one of its files"), std::string::npos);
}

TEST(StateFile, OfAFolderTheStateThatIsThereIsNamed) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::temp_directory_path() / ("oddity-states-" + std::to_string(::getpid()));
  fs::create_directories(folder / "queue.state");
  EXPECT_NE(refused(folder.string()).find("RUN.state of an agent, or state of oddity live"),
            std::string::npos);
  std::ofstream(folder / "state") << "as oddity live leaves it";
  EXPECT_NE(refused(folder.string()).find("name one of its files, '" + (folder / "state").string() + "'"),
            std::string::npos);
  fs::rename(folder / "state", folder / "77.state");
  EXPECT_NE(refused(folder.string()).find("'" + (folder / "77.state").string() + "'"), std::string::npos);
  fs::remove_all(folder);
}

}  // namespace
}  // namespace oddity::state
