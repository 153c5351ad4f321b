#include "base/error.hpp"

#include <gtest/gtest.h>

namespace oddity {
namespace {

TEST(Diagnostic, SaysWhereWhatWasExpectedAndWhatWasFound) {
  EXPECT_EQ((Diagnostic{"option 'alpha'", "a number between 0 and 1", "3", ""}).sentence(),
            "option 'alpha': expected a number between 0 and 1, got 3");
}

TEST(Diagnostic, AddsTheMend) {
  EXPECT_EQ((Diagnostic{"oddity.yaml:3", "a known key", "'sise'", "did you mean 'size'?"}).sentence(),
            "oddity.yaml:3: expected a known key, got 'sise' (did you mean 'size'?)");
}

TEST(Diagnostic, LeavesOutWhatIsEmpty) {
  EXPECT_EQ((Diagnostic{"plugin 'x'", "", "crashed", ""}).sentence(), "plugin 'x': crashed");
  EXPECT_EQ((Diagnostic{"file 'x'", "", "", "give a file"}).sentence(), "file 'x': give a file");
}

TEST(Error, SaysAllComplaintsInOneText) {
  const Error error(std::vector<Diagnostic>{{"a", "1", "2", ""}, {"b", "3", "4", ""}});
  EXPECT_STREQ(error.what(), "a: expected 1, got 2; b: expected 3, got 4");
  EXPECT_EQ(error.diagnostics().size(), 2u);
}

TEST(DidYouMean, NamesTheNearestWordOnlyWhenItIsNear) {
  const std::vector<std::string> known{"field", "size", "alpha", "algorithm"};
  EXPECT_EQ(did_you_mean("sise", known), "did you mean 'size'?");
  EXPECT_EQ(did_you_mean("algoritm", known), "did you mean 'algorithm'?");
  EXPECT_EQ(did_you_mean("alhpa", known), "did you mean 'alpha'?") << "neighbours swapped are one mistake";
  EXPECT_EQ(did_you_mean("temperature", known), "");
  EXPECT_EQ(did_you_mean("x", {}), "");
}

/// Found by fuzzing: each letter of a long word cost a hundred bytes.
TEST(DidYouMean, AWordOfManyMegabytesIsNearToNone) {
  const std::string word(100'000'000, 'x');
  EXPECT_EQ(did_you_mean(word, {"field", "size", "alpha", "algorithm"}), "");
}

}  // namespace
}  // namespace oddity
