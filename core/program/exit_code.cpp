#include "exit_code.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <sstream>

#include "base/error.hpp"
#include "base/one_line.hpp"
#include "nearest_word.hpp"

namespace oddity::program {
namespace {

void tell(std::string sentence) {
  make_one_line(sentence);
  std::fprintf(stderr, "oddity: %s\n", sentence.c_str());
}

/// What was printed lies in buffers: a full disk, or a stdout that is closed, is met only here.
int once_printed(int code) {
  std::cout.flush();
  const bool printed = std::fflush(stdout) == 0 && std::ferror(stdout) == 0 && std::cout.good();
  if (printed) return code;
  tell(std::string("stdout: expected room for what is printed, got ") + std::strerror(errno));
  return code == 0 ? 1 : code;
}

int run_and_tell(CLI::App& app, const std::vector<std::string>& arguments, const std::function<int()>& run,
                 const TellElsewhere& tell_elsewhere) {
  const auto told_elsewhere = [&](const std::exception& wrong) {
    return tell_elsewhere ? tell_elsewhere(wrong) : std::nullopt;
  };
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));  // the way CLI11 wants them
    return run();
  } catch (const CLI::ParseError& wrong) {
    if (const auto code = told_elsewhere(wrong)) return *code;
    std::stringstream lines;
    const int code = app.exit(wrong, std::cout, lines);
    for (std::string line; std::getline(lines, line);) {
      make_one_line(line);
      std::fprintf(stderr, "%s\n", line.c_str());
    }
    if (const std::string hint = nearest_word(app, arguments); code != 0 && !hint.empty())
      std::fprintf(stderr, "%s\n", hint.c_str());
    return code == 0 ? 0 : 2;
  } catch (const Error& wrong) {
    if (const auto code = told_elsewhere(wrong)) return *code;
    for (const auto& diagnostic : wrong.diagnostics()) tell(diagnostic.sentence());
    return 2;
  } catch (const std::exception& failure) {
    tell(failure.what());
    return 1;
  }
}

}  // namespace

int exit_code_of(CLI::App& app, const std::vector<std::string>& arguments, const std::function<int()>& run,
                 const TellElsewhere& tell_elsewhere) {
  return once_printed(run_and_tell(app, arguments, run, tell_elsewhere));
}

}  // namespace oddity::program
