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

TEST(Inbox, AReaderThatFoundNoRoomIsToldOnceWhenHalfIsFreeAgain) {
  Inbox inbox(100);
  for (int i = 0; i < 4; ++i) inbox.put(block_of(30));
  EXPECT_FALSE(inbox.has_room());
  inbox.give_back(std::move(*inbox.take()));
  EXPECT_FALSE(inbox.take_room_made()) << "90 of 100 bytes wait";
  inbox.give_back(std::move(*inbox.take()));
  EXPECT_FALSE(inbox.take_room_made());
  inbox.give_back(std::move(*inbox.take()));
  EXPECT_TRUE(inbox.take_room_made());
  EXPECT_FALSE(inbox.take_room_made()) << "once";
  EXPECT_TRUE(inbox.has_room());
}

TEST(Inbox, AReaderThatDoesNotWaitIsNotWoken) {
  Inbox inbox(100);
  inbox.put(block_of(30));
  EXPECT_TRUE(inbox.has_room());
  inbox.give_back(std::move(*inbox.take()));
  EXPECT_FALSE(inbox.take_room_made());
}

TEST(Inbox, IsEmptyWhileItsLastBlockIsWorkedOn) {
  Inbox inbox(100);
  EXPECT_TRUE(inbox.empty());
  inbox.put(block_of(1));
  EXPECT_FALSE(inbox.empty());
  auto block = inbox.take();
  EXPECT_TRUE(inbox.empty()) << "nothing more can be taken";
  EXPECT_TRUE(inbox.busy()) << "but something is being worked on";
  inbox.give_back(std::move(*block));
  EXPECT_FALSE(inbox.busy());
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
