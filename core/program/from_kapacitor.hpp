// What a start by Kapacitor looks like, and how to answer it when the arguments
// in its configuration are wrong.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace oddity::program {

/// Kapacitor gives a function pipes for all three of its descriptors. A person's shell has a terminal for at
/// least one of them.
bool between_pipes() noexcept;

/// The arguments after the program's name, with the verb `agent` before them where they begin with none and
/// that is what was meant: said on stderr, since `args = ["agent"]` is what the configuration should have.
std::vector<std::string> with_the_verb_meant(std::vector<std::string> arguments);

/// Whether the arguments were for the agent, or for an unknown verb: then Kapacitor waits
/// at the other end of the pipes.
bool meant_for_the_agent(const CLI::App& app, const std::vector<std::string>& arguments);

/// `sentence`, with the nearest known verb or flag suggested for an unknown one.
std::string with_a_hint(const CLI::App& app, const std::vector<std::string>& arguments, std::string sentence);

/// Says `sentence` on stderr and, as the answer to Kapacitor's first question, to the daemon itself, which
/// then does not start and shows it; leaving alone would show as a broken pipe. Returns the exit code.
int refuse(const std::string& sentence);

}  // namespace oddity::program
