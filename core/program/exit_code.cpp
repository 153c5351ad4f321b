#include "exit_code.hpp"

#include <cstdio>

#include "base/error.hpp"

namespace oddity::program {

int exit_code_of(CLI::App& app, const std::vector<std::string>& arguments, const std::function<int()>& run,
                 const TellElsewhere& tell_elsewhere) {
  const auto told = [&](const std::exception& wrong) {
    return tell_elsewhere ? tell_elsewhere(wrong) : std::nullopt;
  };
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));  // the way CLI11 wants them
    return run();
  } catch (const CLI::ParseError& wrong) {
    if (const auto code = told(wrong)) return *code;
    return app.exit(wrong) == 0 ? 0 : 2;
  } catch (const Error& wrong) {
    if (const auto code = told(wrong)) return *code;
    for (const auto& diagnostic : wrong.diagnostics())
      std::fprintf(stderr, "oddity: %s\n", diagnostic.sentence().c_str());
    return 2;
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "oddity: %s\n", failure.what());
    return 1;
  }
}

}  // namespace oddity::program
