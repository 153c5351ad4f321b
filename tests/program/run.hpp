// Runs the program to its end and keeps what it said.
#pragma once

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace oddity::test {

struct Finished {
  int exit_code = -1;
  std::string out;
  std::string errors;
};

/// `command`: what follows the program's name, as a shell reads it.
inline Finished run(const std::string& command, const std::string& before = "") {
  const auto errors =
      std::filesystem::temp_directory_path() / ("oddity-errors-" + std::to_string(::getpid()));
  Finished done;
  FILE* const pipe =
      ::popen((before + "'" ODDITY_PROGRAM "' " + command + " 2>'" + errors.string() + "'").c_str(), "r");
  std::array<char, 4096> buffer;
  for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    done.out.append(buffer.data(), got);
  const int status = ::pclose(pipe);
  done.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  std::stringstream text;
  text << std::ifstream(errors).rdbuf();
  done.errors = text.str();
  std::filesystem::remove(errors);
  return done;
}

}  // namespace oddity::test
