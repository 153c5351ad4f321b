// A resolved option as the plugin ABI takes it.
#pragma once

#include "options/resolve.hpp"
#include "plugin/detector.hpp"

namespace oddity::setup {

plugin::Algorithm::Value abi_value(const options::Resolved& resolved);

}  // namespace oddity::setup
