#include "from_kapacitor.hpp"

#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <stdexcept>

#include "agent/run.hpp"
#include "base/one_line.hpp"
#include "nearest_word.hpp"

namespace oddity::program {
namespace {

/// A function whose every answer is why it cannot run.
class Refusal : public agent::Handler {
 public:
  explicit Refusal(std::string sentence) : sentence_("oddity: " + std::move(sentence)) {}
  udf::InfoResponse info() override { throw std::runtime_error(sentence_); }
  void init(const udf::InitRequest&) override { throw std::runtime_error(sentence_); }
  std::string snapshot() override { return {}; }
  void restore(std::string_view) override {}
  bool begin(wire::Bytes, wire::Responses&) override { return false; }
  bool point(wire::Bytes, wire::Responses&) override { return false; }
  bool end(wire::Bytes, wire::Responses&) override { return false; }

 private:
  std::string sentence_;
};

bool asks_for_help(const std::string& argument) {
  return argument == "-h" || argument == "--help" || argument == "--version";
}

bool is_verb(const CLI::App& app, const std::string& word) {
  return std::ranges::count(verbs_of(app), word) != 0;
}

}  // namespace

bool between_pipes() noexcept {
  return std::ranges::all_of(std::array{STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}, [](int descriptor) {
    struct stat status {};
    return ::fstat(descriptor, &status) == 0 && S_ISFIFO(status.st_mode);
  });
}

std::vector<std::string> with_the_verb_meant(std::vector<std::string> arguments) {
  const bool none = arguments.empty() || (arguments[0].starts_with('-') && !asks_for_help(arguments[0]));
  if (!none || !between_pipes()) return arguments;
  std::fputs(
      "oddity: started without a verb, between pipes: taken for `oddity agent`; args = [\"agent\"] in "
      "Kapacitor's "
      "configuration says so\n",
      stderr);
  arguments.insert(arguments.begin(), "agent");
  return arguments;
}

bool meant_for_the_agent(const CLI::App& app, const std::vector<std::string>& arguments) {
  return arguments.empty() || arguments[0] == "agent" || !is_verb(app, arguments[0]);
}

std::string with_a_hint(const CLI::App& app, const std::vector<std::string>& arguments,
                        std::string sentence) {
  if (!arguments.empty() && !is_verb(app, arguments[0])) sentence = "there is no verb '" + arguments[0] + "'";
  std::string hint = nearest_word(app, arguments);
  if (hint.empty()) hint = "`oddity agent --help` lists what there is";
  std::string whole = "the arguments in Kapacitor's configuration, `args`: " + sentence + " (" + hint + ")";
  make_one_line(whole);
  return whole;
}

int refuse(const std::string& sentence) {
  std::fprintf(stderr, "oddity: %s\n", sentence.c_str());
  // Kapacitor asks at once; anybody else is not waited for.
  constexpr int patience_ms = 5000;
  pollfd asked{STDIN_FILENO, POLLIN, 0};
  if (::poll(&asked, 1, patience_ms) == 1)
    agent::run("oddity", {}, [&](Log&) { return std::make_unique<Refusal>(sentence); });
  return 2;
}

}  // namespace oddity::program
