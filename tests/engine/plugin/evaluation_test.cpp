// What the engine, a trial and the checks share: the blank answer, and the laws that one answer shows.
#include "plugin/evaluation.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstring>
#include <limits>

#include "plugin/detector.hpp"

namespace oddity::plugin {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

oddity_evaluation judged_with(double p) {
  oddity_evaluation answer = blank_evaluation();
  answer.p = p;
  return answer;
}

TEST(BlankEvaluation, IsAbsentInEveryDouble) {
  const oddity_evaluation blank = blank_evaluation();
  EXPECT_EQ(blank.struct_size, sizeof blank);
  const char* const bytes = reinterpret_cast<const char*>(&blank);
  std::size_t doubles = 0;
  for (std::size_t at = offsetof(oddity_evaluation, p); at < sizeof blank; at += sizeof(double), ++doubles) {
    double number = 0;
    std::memcpy(&number, bytes + at, sizeof number);
    EXPECT_TRUE(std::isnan(number)) << "the double at byte " << at;
  }
  EXPECT_EQ(doubles, numbers_of(blank).size()) << "each has a name in evaluation.cpp";
}

TEST(Check, LetsPassWhatIsAbsentOrFinite) {
  EXPECT_NO_THROW(check(blank_evaluation()));
  for (const double p : {0.0, 0.5, 1.0, std::nan("")}) EXPECT_NO_THROW(check(judged_with(p))) << p;
}

TEST(Check, WantsAProbability) {
  for (const double p : {-1e-300, 1 + 1e-15, 7.0, infinity, -infinity})
    EXPECT_THROW(check(judged_with(p)), Failure) << p;
  EXPECT_EQ(wrong_p(judged_with(1.5)), "expected a p-value from 0 to 1, got 1.5");
}

TEST(Check, WantsAnOutcomeOfTheAbi) {
  for (const std::int32_t outcome : {-1, 4, 99}) {
    oddity_evaluation answer = judged_with(0.5);
    answer.outcome = outcome;
    EXPECT_THROW(check(answer), Failure) << outcome;
  }
}

TEST(Check, TakesNoInfiniteNumberAnywhere) {
  for (double oddity_evaluation::*member :
       {&oddity_evaluation::strength, &oddity_evaluation::observed, &oddity_evaluation::expected,
        &oddity_evaluation::lower, &oddity_evaluation::upper, &oddity_evaluation::effect}) {
    oddity_evaluation answer = judged_with(0.5);
    answer.*member = -infinity;
    EXPECT_THROW(check(answer), Failure);
  }
  oddity_evaluation answer = judged_with(0.5);
  answer.outputs[ODDITY_MAX_OUTPUTS - 1] = infinity;
  EXPECT_THROW(check(answer), Failure);
  answer = judged_with(0.5);
  answer.effect = infinity;
  EXPECT_NE(wrong_number(answer).find("effect"), std::string::npos) << "it is named";
}

}  // namespace
}  // namespace oddity::plugin
