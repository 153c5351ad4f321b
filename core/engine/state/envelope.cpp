#include "state/envelope.hpp"

#include <fmt/format.h>
#include <sys/random.h>
#include <zlib.h>

#include <algorithm>

#include "oddity/state.hpp"
#include "state/sink.hpp"

namespace oddity::state {
namespace {

constexpr std::string_view magic("ODDITY\x1a\n", 8);
constexpr std::size_t header_bytes = 8 + 4 + 4 + 8;
constexpr std::size_t origin_bytes = sizeof(RunId) + 8;

std::uint32_t checksum(std::string_view bytes) {
  return static_cast<std::uint32_t>(::crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

}  // namespace

RunId draw_run_id() {
  RunId run{};
  // Never short for so few bytes, and waits only in a machine's first moments.
  if (::getrandom(run.data(), run.size(), 0) != static_cast<ssize_t>(run.size())) run.fill(std::byte{0});
  return run;
}

/// FNV-1a of 64 bits, with two offsets. Names of tasks do not come from an adversary, so
/// no cryptographic hash is needed.
RunId run_id_of(std::string_view text) noexcept {
  constexpr std::uint64_t offset = 0xcbf29ce484222325, prime = 0x100000001b3;
  RunId run{};
  for (std::size_t half = 0; half < 2; ++half) {
    std::uint64_t hash = half == 0 ? offset : ~offset;
    for (const char character : text) hash = (hash ^ static_cast<unsigned char>(character)) * prime;
    for (std::size_t i = 0; i < 8; ++i) run[8 * half + i] = static_cast<std::byte>(hash >> (8 * i));
  }
  return run;
}

std::string to_text(const RunId& run) {
  std::string text;
  for (const std::byte byte : run) text += fmt::format("{:02x}", std::to_integer<unsigned>(byte));
  return text;
}

std::string seal(std::string_view content, const Origin& origin) {
  std::string sealed;
  sealed.reserve(header_bytes + origin_bytes + content.size());
  const oddity_sink sink = appending_to(sealed);
  StateWriter writer(sink);
  sealed += magic;
  writer.write(newest_format);
  writer.write(std::uint32_t{0});  // the checksum, once it is known
  writer.write(std::uint64_t{origin_bytes + content.size()});
  sealed.append(reinterpret_cast<const char*>(origin.run.data()), origin.run.size());
  writer.write(origin.counter);
  sealed += content;

  std::string sum;
  const oddity_sink sum_sink = appending_to(sum);
  StateWriter(sum_sink).write(checksum(std::string_view(sealed).substr(header_bytes)));
  sealed.replace(magic.size() + 4, sum.size(), sum);
  return sealed;
}

Opened open(std::string_view bytes) {
  constexpr std::size_t min = header_bytes + origin_bytes;
  if (bytes.size() < min)
    throw EnvelopeError(
        fmt::format("expected a saved state of at least {} bytes, got {}", min, bytes.size()));
  if (!bytes.starts_with(magic)) throw EnvelopeError("expected a state saved by Oddity, got other bytes");
  StateReader reader(std::as_bytes(std::span(bytes.substr(magic.size()))));
  Opened opened;
  opened.format = reader.read<std::uint32_t>();
  if (opened.format == 0 || opened.format > newest_format) {
    throw EnvelopeError(
        fmt::format("expected a state of format 1 to {}, got {} (saved by a newer version of Oddity)",
                    newest_format, opened.format));
  }
  const auto sum = reader.read<std::uint32_t>();
  const auto size = reader.read<std::uint64_t>();
  if (size != reader.remaining()) {
    throw EnvelopeError(fmt::format("expected {} bytes of saved state, got {}: it is cut or padded", size,
                                    reader.remaining()));
  }
  if (checksum(bytes.substr(header_bytes)) != sum)
    throw EnvelopeError("the saved state's checksum is wrong: it is damaged");
  std::ranges::copy(reader.take(opened.origin.run.size()), opened.origin.run.begin());
  opened.origin.counter = reader.read<std::uint64_t>();
  opened.content = reader.take(reader.remaining());
  return opened;
}

}  // namespace oddity::state
