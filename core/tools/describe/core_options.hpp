// The table of the core's options, for a terminal and for a page of the docs.
#pragma once

#include <string>

namespace oddity::describe {

/// For a terminal: each option, its values, its default and its sentence.
std::string core_options_text();

/// The table of docs/configuration.md: how each option is given in TICKscript,
/// on the command line and in YAML.
std::string core_options_markdown();

}  // namespace oddity::describe
