#include "conformance/answer.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "conformance/sentence.hpp"

namespace oddity::conformance {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

plugin::DetectorDescription description(bool offers_p = true) {
  plugin::DetectorDescription described;
  described.offers_p = offers_p;
  return described;
}

oddity_evaluation judged_with(double p) {
  oddity_evaluation answer = plugin::blank_evaluation();
  answer.p = p;
  return answer;
}

TEST(Answer, AJudgementHasAPAndALackOfItAReason) {
  EXPECT_EQ(wrong_outcome(judged_with(0.5), description()), "");
  EXPECT_NE(wrong_outcome(plugin::blank_evaluation(), description()), "") << "judged without a p";
  for (const std::int32_t outcome : {ODDITY_WARMING_UP, ODDITY_UNDEFINED, ODDITY_CONSTANT}) {
    oddity_evaluation answer = plugin::blank_evaluation();
    answer.outcome = outcome;
    EXPECT_EQ(wrong_outcome(answer, description()), "") << outcome;
    answer.p = 0.5;
    EXPECT_EQ(wrong_outcome(answer, description()).empty(), outcome == ODDITY_CONSTANT) << outcome;
  }
  oddity_evaluation strange = judged_with(0.5);
  strange.outcome = 4;
  EXPECT_NE(wrong_outcome(strange, description()), "");
}

TEST(Answer, WithoutAPThereIsAStrength) {
  oddity_evaluation answer = plugin::blank_evaluation();
  EXPECT_NE(wrong_outcome(answer, description(false)), "");
  answer.strength = 3;
  EXPECT_EQ(wrong_outcome(answer, description(false)), "");
  EXPECT_TRUE(judged(answer));
  answer.p = 0.5;
  EXPECT_NE(wrong_outcome(answer, description(false)), "") << "a p that was not offered";
}

TEST(Answer, WhatTheEngineWouldThrowAwayIsUnsound) {
  EXPECT_EQ(unsound(judged_with(0.5), description()), "");
  EXPECT_NE(unsound(judged_with(1.5), description()), "");
  oddity_evaluation answer = judged_with(0.5);
  answer.effect = infinity;
  EXPECT_NE(unsound(answer, description()), "");
}

TEST(Answer, SameBitsTakeEveryNaNForOneAndEveryLastBitForAnother) {
  oddity_evaluation a = judged_with(0.1);
  oddity_evaluation b = judged_with(0.1);
  b.effect = -std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(same_bits(a, b));
  b.p = std::nextafter(0.1, 1);
  EXPECT_FALSE(same_bits(a, b));
  b = a;
  b.outputs[7] = 0.0;
  a.outputs[7] = -0.0;
  EXPECT_FALSE(same_bits(a, b));
  b = a;
  b.outcome = ODDITY_CONSTANT;
  EXPECT_FALSE(same_bits(a, b));
}

TEST(Sentence, IsOneLineOfUtf8) {
  EXPECT_EQ(wrong_sentence(""), "");
  EXPECT_EQ(wrong_sentence("Grüße, 20 °C."), "");
  EXPECT_EQ(wrong_sentence("\xff"), "is no valid UTF-8");
  EXPECT_EQ(wrong_sentence("a\nb"), "goes over several lines");
  EXPECT_EQ(wrong_sentence(std::string(200, 'x')), "");
  EXPECT_EQ(wrong_sentence(std::string(201, 'x')), "is longer than 200 bytes");
}

}  // namespace
}  // namespace oddity::conformance
