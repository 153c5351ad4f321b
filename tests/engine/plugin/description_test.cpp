// A description of any size, as this host lays it out.
#include "plugin/description.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string_view>
#include <vector>

namespace oddity::plugin {
namespace {

/// `count` specs of which each takes `stride` bytes, in memory that ends with the last.
template <class Spec>
std::vector<char> laid_out(std::uint32_t count, std::uint32_t stride) {
  static constexpr const char* names[] = {"first", "second", "third"};
  std::vector<char> bytes(std::size_t{count} * stride, '\x7f');
  for (std::uint32_t i = 0; i < count; ++i) {
    Spec spec{};
    spec.name = names[i];
    spec.about = "One.";
    std::memcpy(bytes.data() + i * stride, &spec, std::min<std::size_t>(stride, sizeof spec));
  }
  bytes.shrink_to_fit();
  return bytes;
}

oddity_description described(const std::vector<char>& options, std::uint32_t option_stride,
                             const std::vector<char>& outputs, std::uint32_t output_stride) {
  oddity_description theirs{};
  theirs.struct_size = sizeof theirs;
  theirs.name = "sample";
  theirs.options = reinterpret_cast<const oddity_option_spec*>(options.data());
  theirs.option_count = 3;
  theirs.option_stride = option_stride;
  theirs.outputs = reinterpret_cast<const oddity_output_spec*>(outputs.data());
  theirs.output_count = 2;
  theirs.output_stride = output_stride;
  theirs.directions = 1u << ODDITY_BOTH | 1u << ODDITY_BELOW;
  return theirs;
}

TEST(DetectorDescription, OfANewerPluginHasItsSpecsByTheirStride) {
  constexpr std::uint32_t option_stride = sizeof(oddity_option_spec) + 24;
  constexpr std::uint32_t output_stride = sizeof(oddity_output_spec) + 8;
  const auto options = laid_out<oddity_option_spec>(3, option_stride);
  const auto outputs = laid_out<oddity_output_spec>(2, output_stride);
  const DetectorDescription ours(described(options, option_stride, outputs, output_stride));
  ASSERT_EQ(ours.options.size(), 3u);
  EXPECT_STREQ(ours.options[2].name, "third");
  ASSERT_EQ(ours.outputs.size(), 2u);
  EXPECT_STREQ(ours.outputs[1].name, "second");
}

/// As a host sees it to whose specs a member was appended: what the plugin does not have is 0.
TEST(DetectorDescription, OfAnOlderPluginIsReadNoFurtherThanItGoes) {
  constexpr std::uint32_t option_stride = offsetof(oddity_option_spec, min);
  constexpr std::uint32_t output_stride = offsetof(oddity_output_spec, about);
  const auto options = laid_out<oddity_option_spec>(3, option_stride);
  const auto outputs = laid_out<oddity_output_spec>(2, output_stride);
  oddity_description theirs = described(options, option_stride, outputs, output_stride);
  theirs.state_version = 7;
  theirs.struct_size = offsetof(oddity_description, state_version);
  const DetectorDescription ours(theirs);
  EXPECT_STREQ(ours.options[2].name, "third");
  EXPECT_EQ(ours.options[2].max, 0);
  EXPECT_STREQ(ours.outputs[1].name, "second");
  EXPECT_EQ(ours.outputs[1].about, nullptr);
  EXPECT_EQ(ours.state_version, 0u);
}

TEST(DetectorDescription, NamesItsDirections) {
  const std::vector<char> none;
  oddity_description theirs = described(none, 0, none, 0);
  theirs.option_count = theirs.output_count = 0;
  const DetectorDescription ours(theirs);
  EXPECT_TRUE(ours.serves(ODDITY_BELOW));
  EXPECT_FALSE(ours.serves(ODDITY_ABOVE));
  EXPECT_EQ(directions_of(ours), (std::vector<std::string_view>{"both", "below"}));
  EXPECT_EQ(direction_named("above"), ODDITY_ABOVE);
  EXPECT_EQ(direction_named("sideways"), std::nullopt);
}

}  // namespace
}  // namespace oddity::plugin
