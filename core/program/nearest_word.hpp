// What somebody may have meant by a word that the command line does not know.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace oddity::program {

std::vector<std::string> verbs_of(const CLI::App& app);

/// Of the first argument that is no flag of the verb that the arguments begin with, or no verb, and has one near to it:
/// that, as "did you mean '--algorithm'?"; "" where there is none.
std::string nearest_word(const CLI::App& app, const std::vector<std::string>& arguments);

}  // namespace oddity::program
