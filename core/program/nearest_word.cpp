#include "nearest_word.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace oddity::program {
namespace {

std::vector<std::string> flags_of(const CLI::App& verb) {
  std::vector<std::string> flags;
  for (const CLI::Option* option : verb.get_options())
    for (const std::string& name : option->get_lnames()) flags.push_back("--" + name);
  return flags;
}

bool among(const std::vector<std::string>& words, const std::string& word) {
  return std::ranges::find(words, word) != words.end();
}

}  // namespace

std::vector<std::string> verbs_of(const CLI::App& app) {
  std::vector<std::string> verbs;
  for (const CLI::App* verb : app.get_subcommands(nullptr)) verbs.push_back(verb->get_name());
  return verbs;
}

std::string nearest_word(const CLI::App& app, const std::vector<std::string>& arguments) {
  const CLI::App* verb = &app;
  for (const std::string& argument : arguments) {
    const std::vector<std::string> verbs = verbs_of(*verb);
    if (among(verbs, argument)) {
      verb = verb->get_subcommand(argument);
      continue;
    }
    const bool is_flag = argument.starts_with("--");
    if (!is_flag && verbs.empty()) continue;
    const std::vector<std::string> words = is_flag ? flags_of(*verb) : verbs;
    const std::string word = argument.substr(0, argument.find('='));
    if (among(words, word)) continue;
    if (const std::string nearest = did_you_mean(word, words); !nearest.empty()) return nearest;
  }
  return "";
}

}  // namespace oddity::program
