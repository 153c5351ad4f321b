#include "agent/inbox.hpp"

#include <gtest/gtest.h>

#include <utility>

#include "wire/field_reader.hpp"

namespace oddity::agent {
namespace {

Block block_of(std::size_t bytes) {
  Block block;
  block.resize(bytes);
  return block;
}

TEST(Inbox, HasRoomUntilItsBlocksHaveTheMostBytes) {
  Inbox inbox(50);
  inbox.put(block_of(30));
  EXPECT_TRUE(inbox.has_room());
  inbox.put(block_of(30));
  EXPECT_FALSE(inbox.has_room());
  EXPECT_EQ(inbox.take()->size(), 30u);
  EXPECT_TRUE(inbox.has_room());
  inbox.set_most_bytes(30);
  EXPECT_FALSE(inbox.has_room());
}

TEST(Inbox, IsBusyUntilItsLastBlockIsGivenBack) {
  Inbox inbox(100);
  EXPECT_FALSE(inbox.busy());
  EXPECT_FALSE(inbox.take().has_value());
  inbox.put(block_of(1));
  EXPECT_TRUE(inbox.busy());
  auto block = inbox.take();
  EXPECT_TRUE(inbox.busy());
  inbox.give_back(std::move(*block));
  EXPECT_FALSE(inbox.busy());
}

TEST(Inbox, LendsWhatCameBackAnew) {
  Inbox inbox(100);
  Block block = block_of(1000);
  const std::byte* const memory = block.data();
  inbox.put(std::move(block));
  inbox.give_back(std::move(*inbox.take()));
  const Block again = inbox.empty_block();
  EXPECT_EQ(again.size(), 0u);
  EXPECT_EQ(again.data(), memory);
}

TEST(Block, KeepsItsBytesWhenItGrows) {
  Block block;
  block.assign(wire::as_bytes("abc"));
  block.resize(100'000);
  EXPECT_EQ(wire::as_text(block.bytes().first(3)), "abc");
  block.clear();
  EXPECT_EQ(block.size(), 0u);
}

}  // namespace
}  // namespace oddity::agent
