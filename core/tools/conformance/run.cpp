#include "conformance/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "conformance/apart.hpp"

namespace oddity::conformance {
namespace {

std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  return text;
}

/// A result as bytes, for the way from one process to the other.
std::string packed(const Result& result) {
  return static_cast<char>('0' + static_cast<int>(result.outcome)) + result.detail;
}
Result unpacked(const std::string& bytes) {
  return {static_cast<CheckOutcome>(bytes[0] - '0'), bytes.substr(1)};
}

Result run_check(const Candidate& candidate, const Check& check, std::chrono::milliseconds limit) {
  const Ended ended = run_apart([&] { return packed(run_here(candidate, check)); }, limit);
  if (ended.returned) return unpacked(ended.said);
  // The last words of a sanitizer or the C++ library are often the best clue.
  const std::string last_words = one_line(ended.complained.substr(0, 200));
  return {CheckOutcome::crashed,
          last_words.empty() ? ended.how : fmt::format("{}; on stderr: {}", ended.how, last_words)};
}

}  // namespace

Result run_here(const Candidate& candidate, const Check& check) {
  try {
    Result result = check.run(candidate);
    result.detail = one_line(std::move(result.detail));
    return result;
  } catch (const std::exception& failure) {
    return failed(one_line(failure.what()));
  }
}

std::vector<Finding> run_checks(const Candidate& candidate, const std::vector<Check>& checks,
                                std::chrono::milliseconds limit,
                                const std::function<void(const Finding&)>& told) {
  std::vector<Finding> findings;
  std::set<std::string_view> unmet;  // not passed, or standing on one that was not
  for (const Check& check : checks) {
    Finding finding{check, {}};
    if (unmet.contains(check.needs)) {
      finding.result = skipped(fmt::format("stands on {}", check.needs));
      unmet.insert(check.id);
    } else {
      finding.result = run_check(candidate, check, limit);
      const CheckOutcome outcome = finding.result.outcome;
      if (outcome == CheckOutcome::failed || outcome == CheckOutcome::crashed) unmet.insert(check.id);
    }
    if (told) told(finding);
    findings.push_back(std::move(finding));
  }
  return findings;
}

bool conforms(const std::vector<Finding>& findings) {
  return std::none_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.result.outcome == CheckOutcome::failed || finding.result.outcome == CheckOutcome::crashed;
  });
}

}  // namespace oddity::conformance
