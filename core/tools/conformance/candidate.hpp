// The plugin under check, and what the checks make of it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "conformance/instance.hpp"
#include "conformance/source.hpp"
#include "plugin/library.hpp"

namespace oddity::conformance {

/// Texts of options by name, as a user would give them.
using OptionTexts = std::map<std::string, std::string>;

/// An instance of the options a check works with cannot be made.
class Refusal : public plugin::Failure {
 public:
  using plugin::Failure::Failure;
};

/// 1. Candidate(file, seed, options); nothing is loaded.
/// 2. In a check, so in a process of its own: entry() or library() loads it; instance() and source()
///    are what most checks work with.
class Candidate {
 public:
  /// `options`: where the usual values will not do; see usual_texts().
  Candidate(std::filesystem::path file, std::uint64_t seed, OptionTexts options = {});

  const std::filesystem::path& file() const noexcept { return file_; }
  std::uint64_t seed() const noexcept { return seed_; }

  /// The entry function alone, before any hand is shaken. Throws oddity::Error.
  using Entry = const oddity_plugin* (*)(const oddity_host*);
  Entry entry() const;

  /// Loaded once. Throws oddity::Error.
  std::shared_ptr<const plugin::Library> library() const;
  const plugin::DetectorDescription& description() const { return library()->description(); }
  std::uint32_t columns() const;  ///< 2 for a detector of all fields
  bool declares(std::string_view option) const;

  /// What the checks run with: the options given to the constructor; else the defaults; else
  /// 200 for `size`, and a permitted value for whatever else is required. Options without any
  /// value (empty lists) are left out.
  OptionTexts usual_texts() const;
  /// Throws oddity::Error when a text is not a permitted value.
  std::shared_ptr<const plugin::Algorithm> algorithm(const OptionTexts& texts) const;
  /// Of the usual options, those of `instead` replaced. Throws Refusal.
  Instance instance(const OptionTexts& instead = {}) const;
  /// The same seed and number: the same windows.
  Source source(std::uint64_t number = 0) const;

  /// What the body returns in a further process; plugin::Failure when it does not, or throws.
  std::string apart(const std::function<std::string()>& body) const;

 private:
  std::filesystem::path file_;
  std::uint64_t seed_;
  OptionTexts options_;
  mutable std::shared_ptr<const plugin::Library> library_;
};

/// A value of the option as text: numbers are brought into its range and, where it is a whole one, rounded.
std::string number_text(const oddity_option_spec& spec, double value);
/// The words of oddity_option_spec.choices.
std::vector<std::string> choices_of(const oddity_option_spec& spec);

/// Some permitted values of an option, those at its bounds among them.
std::vector<std::string> permitted_texts(const oddity_option_spec& spec);

/// `windows` windows of noise, some of them shifted, each judged and then learned or not. All answers, as
/// bytes that are equal where the answers are.
std::string play(Instance& instance, Source& source, int windows = 60);
/// The window with this number of such a play.
std::string play_one(Instance& instance, Source& source, int window);
/// Learns `windows` windows of noise.
void learn_noise(Instance& instance, Source& source, int windows);

}  // namespace oddity::conformance
