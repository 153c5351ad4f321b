// Which of several values of one option is used.
#pragma once

#include <string_view>
#include <vector>

#include "oddity/abi.h"
#include "options/core_options.hpp"
#include "options/setting.hpp"

namespace oddity::options {

/// The values of one option that were given in one place: a list's, or one value, or a mistake.
struct Level {
  std::vector<Setting> mentions;
  bool of_all = false;  ///< they address every detector that declares the option, not one by its name
};

/// Levels that have mentions, the one that counts first; a level replaces all behind it, lists too. What
/// stands nearer to the use goes before what stands farther off, and in one place what addresses one detector
/// goes before what addresses all. Behind the last one stands the default.
///
/// Of the core's: 1. TICKscript or command line; 2. YAML's `defaults`.
std::vector<Level> levels_of(const Settings& settings, const CoreOption& option);

/// Of a detector's: 1. .param('DETECTOR.OPTION', ...), or the same on the command line; 2.
/// .param('OPTION', ...), for a standard option also .OPTION(...); 3. YAML's `algorithms`; 4. for a
/// standard option YAML's `defaults`.
std::vector<Level> levels_of(const Settings& settings, std::string_view detector,
                             const oddity_option_spec& spec);

}  // namespace oddity::options
