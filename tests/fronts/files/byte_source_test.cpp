#include "replay/byte_source.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace oddity::replay {
namespace {

namespace fs = std::filesystem;

/// `text` as one member of a gzip file.
std::string packed(const std::string& text) {
  constexpr int gzip = 16;
  z_stream stream{};
  EXPECT_EQ(::deflateInit2(&stream, 6, Z_DEFLATED, MAX_WBITS + gzip, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string bytes(::deflateBound(&stream, text.size()), '\0');
  std::string in = text;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_out = static_cast<uInt>(bytes.size());
  EXPECT_EQ(::deflate(&stream, Z_FINISH), Z_STREAM_END);
  bytes.resize(stream.total_out);
  ::deflateEnd(&stream);
  return bytes;
}

/// `text` as one frame of a zstd file, with a checksum.
std::string by_zstd(const std::string& text) {
  ZSTD_CCtx* const context = ::ZSTD_createCCtx();
  ::ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
  std::string bytes(::ZSTD_compressBound(text.size()), '\0');
  const std::size_t size = ::ZSTD_compress2(context, bytes.data(), bytes.size(), text.data(), text.size());
  EXPECT_EQ(::ZSTD_isError(size), 0u);
  bytes.resize(size);
  ::ZSTD_freeCCtx(context);
  return bytes;
}

class Bytes : public testing::Test {
 protected:
  Bytes() : path_((fs::temp_directory_path() / ("oddity-bytes-" + std::to_string(::getpid()))).string()) {}
  ~Bytes() override { fs::remove(path_); }
  std::string unpacked() const {
    return (fs::path(path_).parent_path() / ("unpacked-" + fs::path(path_).filename().string())).string();
  }
  /// What is read of a file of these bytes, `room` at a time.
  std::string read(const std::string& bytes, std::size_t room = 1000) {
    std::ofstream(path_, std::ios::binary) << bytes;
    ByteSource source(path_);
    std::vector<char> buffer(room);
    std::string all;
    while (const std::size_t got = source.read(buffer)) all.append(buffer.data(), got);
    EXPECT_EQ(source.bytes_read(), bytes.size());
    EXPECT_EQ(source.bytes_total(), bytes.size());
    return all;
  }
  std::string error_of(const std::string& bytes, std::size_t room = 1000) {
    try {
      read(bytes, room);
    } catch (const BrokenInput& broken) {
      return broken.what();
    }
    return "none";
  }
  std::string path_;
};

TEST_F(Bytes, OfAPlainFileAreAsTheyAre) {
  for (const std::string& text :
       {std::string(), std::string("\x1f"), std::string("a\0b", 3), std::string(700'000, 'x')})
    EXPECT_EQ(read(text), text);
}

TEST_F(Bytes, OfGzipAreUnpacked) {
  EXPECT_EQ(read(packed("one\n")), "one\n");
  EXPECT_EQ(read(packed("")), "");
}

TEST_F(Bytes, OfAllMembersFollowEachOther) {
  EXPECT_EQ(read(packed("one\n") + packed("") + packed("two\n") + packed("three\n")), "one\ntwo\nthree\n");
}

TEST_F(Bytes, ZerosBehindAMemberAreFilling) {
  const std::string zeros(1'000'000, '\0');
  EXPECT_EQ(read(packed("one\n") + zeros), "one\n");
  EXPECT_EQ(read(packed("one\n") + zeros + packed("two\n") + zeros), "one\ntwo\n");
}

TEST_F(Bytes, OfADamagedSecondMemberAreAnError) {
  const std::string first = packed("one\n");
  const std::string second = packed("two\n");
  for (std::size_t at = 0; at < second.size(); ++at) {
    if (at >= 4 && at < 10) continue;  // time and system of the packing, which say nothing of the text
    std::string damaged = second;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x41);
    EXPECT_NE(error_of(first + damaged), "none") << "byte " << at;
  }
  EXPECT_NE(error_of(first + "\x1f\x8bno header").find("a damaged gzip file (unknown compression method)"),
            std::string::npos);
}

TEST_F(Bytes, OfAMemberThatIsCutAreAnError) {
  const std::string second = packed("two\n");
  for (std::size_t size = 1; size < second.size(); ++size) {
    EXPECT_NE(error_of(packed("one\n") + second.substr(0, size)).find("a truncated gzip file"),
              std::string::npos)
        << size;
  }
}

TEST_F(Bytes, OtherBytesBehindGzipAreAnErrorThatSaysWhere) {
  const std::string first = packed("one\n");
  EXPECT_EQ(error_of(first + std::string(3, '\0') + "m x=1 1\n"),
            "input '" + path_ +
                "': expected a file that can be read, got other bytes behind its gzip, from byte " +
                std::to_string(first.size() + 3) + " on (to judge what stands before them, gzip -dc < '" +
                path_ + "' > '" + unpacked() + "' and give that in its place)");
}

RC_GTEST_FIXTURE_PROP(Bytes, AreTheSameHoweverTheyArePackedAndRead, ()) {
  const auto texts = *rc::gen::container<std::vector<std::string>>(rc::gen::string<std::string>());
  const auto room = *rc::gen::inRange<std::size_t>(1, 300);
  std::string all, bytes = packed("first");
  for (const std::string& text : texts) {
    bytes += packed(text);
    all += text;
  }
  RC_ASSERT(read(bytes, room) == "first" + all);
}

TEST_F(Bytes, OfZstdAreUnpackedFrameByFrame) {
  EXPECT_EQ(read(by_zstd("one\n")), "one\n");
  EXPECT_EQ(read(by_zstd("one\n") + by_zstd("") + by_zstd("two\n")), "one\ntwo\n");
  EXPECT_EQ(read(by_zstd("one\n") + std::string(1'000'000, '\0') + by_zstd("two\n")), "one\ntwo\n");
}

TEST_F(Bytes, FramesThatAreToBePassedOverAre) {
  const std::string passed_over("\x53\x2a\x4d\x18\x03\0\0\0xyz", 11);
  EXPECT_EQ(read(passed_over + by_zstd("one\n") + passed_over + by_zstd("two\n")), "one\ntwo\n");
}

TEST_F(Bytes, OfADamagedFrameAreAnErrorThatSaysWhere) {
  const std::string first = by_zstd("one\n");
  const std::string second = by_zstd("two\n");
  std::size_t found = 0;
  for (std::size_t at = 0; at < second.size(); ++at) {
    std::string damaged = second;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x41);
    const std::string error = error_of(first + damaged);
    EXPECT_NE(error, "none") << "byte " << at;
    found += error.find("a damaged zstd file (") != std::string::npos &&
                     error.find("), near byte ") != std::string::npos
                 ? 1
                 : 0;
  }
  EXPECT_GT(found, second.size() / 2);
}

/// Found by fuzzing: libzstd takes it for empty where it is unpacked by pieces.
TEST_F(Bytes, OfAFrameThatIsShorterThanItSaysAreAnErrorHoweverTheyAreRead) {
  const std::string empty_block("\x01\0\0", 3);  // the last one
  for (const std::size_t room : {1, 16, 1000}) {
    EXPECT_EQ(read("\x28\xb5\x2f\xfd\x20" + std::string(1, '\0') + empty_block, room), "");
    EXPECT_NE(error_of("\x28\xb5\x2f\xfd\x20\x17" + empty_block, room).find("a damaged zstd file ("),
              std::string::npos)
        << room;
  }
}

TEST_F(Bytes, OfAFrameThatIsCutAreAnError) {
  const std::string second = by_zstd("two\n");
  for (std::size_t size = 1; size < second.size(); ++size) {
    EXPECT_NE(error_of(by_zstd("one\n") + second.substr(0, size)).find("a truncated zstd file"),
              std::string::npos)
        << size;
  }
}

TEST_F(Bytes, OtherBytesBehindZstdAreAnErrorThatSaysWhere) {
  const std::string first = by_zstd("one\n");
  EXPECT_EQ(error_of(first + "m x=1 1\n"),
            "input '" + path_ +
                "': expected a file that can be read, got other bytes behind its zstd, from byte " +
                std::to_string(first.size()) + " on (to judge what stands before them, zstd -dc < '" + path_ +
                "' > '" + unpacked() + "' and give that in its place)");
}

RC_GTEST_FIXTURE_PROP(Bytes, OfZstdAreTheSameHoweverTheyAreRead, ()) {
  const auto texts = *rc::gen::container<std::vector<std::string>>(rc::gen::string<std::string>());
  const auto times = *rc::gen::inRange<std::size_t>(1, 300);
  const auto room = *rc::gen::inRange<std::size_t>(1, 300);
  std::string all, bytes = by_zstd("first");
  for (const std::string& text : texts) {
    std::string repeated;  // that packs to far fewer bytes than there is room for
    for (std::size_t i = 0; i < times; ++i) repeated += text;
    bytes += by_zstd(repeated);
    all += repeated;
  }
  RC_ASSERT(read(bytes, room) == "first" + all);
}

}  // namespace
}  // namespace oddity::replay
