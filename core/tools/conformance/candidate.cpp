#include "conformance/candidate.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.hpp"
#include "conformance/answer.hpp"
#include "conformance/apart.hpp"
#include "options/parse.hpp"
#include "options/value.hpp"
#include "plugin/reasons.hpp"
#include "setup/abi_value.hpp"

namespace oddity::conformance {
namespace {

constexpr double usual_size = 200;

/// A permitted value of an option that has no default.
std::string required_text(const oddity_option_spec& spec) {
  switch (spec.type) {
    case ODDITY_BOOL:
      return "false";
    case ODDITY_STRING: {
      const auto choices = choices_of(spec);
      return choices.empty() ? "x" : choices.front();
    }
    default:
      return number_text(spec, std::string_view(spec.name) == "size" ? usual_size : spec.min);
  }
}

}  // namespace

Candidate::Candidate(std::filesystem::path file, std::uint64_t seed, OptionTexts options)
    : file_(std::move(file)), seed_(seed), options_(std::move(options)) {}

// Library::load shakes hands at once; the checks that stand before the handshake need the entry alone.
Candidate::Entry Candidate::entry() const {
  const std::filesystem::path path = std::filesystem::absolute(file_);
  void* const opened = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (opened == nullptr) throw Error(plugin::reasons::not_loaded(path, ::dlerror()));
  void* const symbol = ::dlsym(opened, ODDITY_ENTRY_SYMBOL);
  if (symbol == nullptr) throw Error(plugin::reasons::no_entry(path));
  return reinterpret_cast<Entry>(symbol);
}

std::shared_ptr<const plugin::Library> Candidate::library() const {
  if (!library_) library_ = plugin::Library::load(std::filesystem::absolute(file_));
  return library_;
}

std::uint32_t Candidate::columns() const { return description().fields == ODDITY_FIELDS_ALL ? 2 : 1; }

bool Candidate::declares(std::string_view option) const {
  const auto& specs = description().options;
  return std::any_of(specs.begin(), specs.end(), [&](const auto& spec) { return option == spec.name; });
}

OptionTexts Candidate::usual_texts() const {
  OptionTexts texts = options_;
  for (const auto& spec : description().options) {
    if (texts.contains(spec.name)) continue;
    if (spec.default_value == nullptr) {
      texts[spec.name] = required_text(spec);
    } else if (spec.list == 0 || *spec.default_value != '\0') {
      texts[spec.name] = spec.default_value;
    }
  }
  return texts;
}

std::shared_ptr<const plugin::Algorithm> Candidate::algorithm(const OptionTexts& texts) const {
  std::vector<plugin::Algorithm::Value> values;
  std::vector<Diagnostic> diagnostics;
  for (const auto& [name, text] : texts) {
    if (!declares(name))
      diagnostics.push_back({fmt::format("option '{}'", name),
                             fmt::format("an option of {}", description().name), "an unknown name", ""});
  }
  for (const auto& spec : description().options) {
    std::vector<options::Setting> mentions;
    if (const auto text = texts.find(spec.name); text != texts.end())
      mentions.push_back({spec.name, options::Text{text->second}, ""});
    if (const auto resolved = options::resolve_value(spec, mentions, diagnostics))
      values.push_back(setup::abi_value(*resolved));
  }
  if (!diagnostics.empty()) throw Error(std::move(diagnostics));
  return std::make_shared<plugin::Algorithm>(library(), std::move(values));
}

Instance Candidate::instance(const OptionTexts& instead) const {
  OptionTexts texts = usual_texts();
  for (const auto& [name, text] : instead) texts[name] = text;
  try {
    return {algorithm(texts), columns()};
  } catch (const Refused& refused) {
    throw Refusal(fmt::format("create refuses the options it is checked with: {}", refused.what()));
  }
}

Source Candidate::source(std::uint64_t number) const {
  return {description(), columns(), seed_ * 1'000'003 + number};
}

std::string Candidate::apart(const std::function<std::string()>& body) const {
  std::string wrong;
  Ended ended = run_apart(
      [&] {
        try {
          return "+" + body();
        } catch (const std::exception& failure) {
          return std::string("-") + failure.what();
        }
      },
      no_limit_of_its_own);
  if (!ended.returned) throw plugin::Failure(ended.how);
  if (ended.said.starts_with('-')) throw plugin::Failure(ended.said.substr(1));
  return ended.said.substr(1);
}

std::string number_text(const oddity_option_spec& spec, double value) {
  const double inside = std::clamp(value, spec.min, spec.max);
  if (spec.type == ODDITY_DOUBLE) return options::print_number(inside);
  // The largest whole numbers that a double has below 2^63.
  const double whole = std::clamp(std::round(inside), -0x1.fffffffffffffp62, 0x1.fffffffffffffp62);
  const auto integer = static_cast<std::int64_t>(whole);
  return spec.type == ODDITY_DURATION ? options::print_duration(integer) : fmt::format("{}", integer);
}

std::vector<std::string> choices_of(const oddity_option_spec& spec) {
  std::vector<std::string> choices;
  std::string_view rest = spec.choices == nullptr ? "" : spec.choices;
  while (!rest.empty()) {
    const std::size_t bar = std::min(rest.find('|'), rest.size());
    choices.emplace_back(rest.substr(0, bar));
    rest.remove_prefix(std::min(rest.size(), bar + 1));
  }
  return choices;
}

std::vector<std::string> permitted_texts(const oddity_option_spec& spec) {
  switch (spec.type) {
    case ODDITY_BOOL:
      return {"false", "true"};
    case ODDITY_STRING: {
      const auto choices = choices_of(spec);
      return choices.empty() ? std::vector<std::string>{"x", "another"} : choices;
    }
    default:
      return {number_text(spec, spec.min), number_text(spec, spec.max),
              number_text(spec, spec.min / 2 + spec.max / 2)};
  }
}

std::string play_one(Instance& instance, Source& source, int window) {
  const bool shifted = window % 7 == 6;
  const AbiWindow noise = source.noise(Source::usual_rows, Source::usual_mean + (shifted ? 4 : 0));
  const std::string answer = canonical_bits(instance.evaluate(noise));
  instance.update(noise, !shifted);
  return answer;
}

std::string play(Instance& instance, Source& source, int windows) {
  std::string answers;
  for (int window = 0; window < windows; ++window) answers += play_one(instance, source, window);
  return answers;
}

void learn_noise(Instance& instance, Source& source, int windows) {
  for (int i = 0; i < windows; ++i) instance.update(source.noise(), true);
}

}  // namespace oddity::conformance
