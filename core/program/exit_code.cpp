#include "exit_code.hpp"

#include <cstdio>
#include <exception>

#include "base/error.hpp"

namespace oddity::program {

int exit_code_of(CLI::App& app, int argument_count, char** arguments, const std::function<int()>& run) {
  try {
    app.parse(argument_count, arguments);
    return run();
  } catch (const CLI::ParseError& wrong) {
    return app.exit(wrong) == 0 ? 0 : 2;
  } catch (const Error& wrong) {
    for (const auto& complaint : wrong.complaints())
      std::fprintf(stderr, "oddity: %s\n", complaint.sentence().c_str());
    return 2;
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "oddity: %s\n", failure.what());
    return 1;
  }
}

}  // namespace oddity::program
