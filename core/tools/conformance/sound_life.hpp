// Driving an instance while every answer is looked at.
#pragma once

#include "conformance/candidate.hpp"

namespace oddity::conformance {

/// In every direction that is served. Throws plugin::Failure for an unsound answer, with `what` as the
/// subject of the sentence: "a window of one value". Returns the answer for both directions.
oddity_evaluation judge_soundly(const Instance& instance, const oddity_window& window, std::string_view what);

/// Judges and learns some windows of noise, and saves.
void live_soundly(Instance& instance, Source& source, int windows, std::string_view what);

}  // namespace oddity::conformance
