#include "state/envelope.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include "oddity/state.hpp"

namespace oddity::state {
namespace {

constexpr std::string_view magic("ODDITY\x1a\n", 8);
constexpr std::size_t header_bytes = 8 + 4 + 4 + 8;

std::uint32_t checksum(std::string_view content) {
  return static_cast<std::uint32_t>(
      ::crc32_z(0, reinterpret_cast<const Bytef*>(content.data()), content.size()));
}

std::int32_t append(void* context, const void* bytes, std::uint64_t size) {
  static_cast<std::string*>(context)->append(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
  return 0;
}

}  // namespace

std::string seal(std::string_view content) {
  std::string sealed(magic);
  sealed.reserve(header_bytes + content.size());
  const oddity_sink sink{&sealed, &append};
  StateWriter writer(sink);
  writer.write(format_version);
  writer.write(checksum(content));
  writer.write(static_cast<std::uint64_t>(content.size()));
  sealed += content;
  return sealed;
}

std::span<const std::byte> open(std::string_view bytes) {
  if (bytes.size() < header_bytes) {
    throw EnvelopeError(
        fmt::format("expected a saved state of at least {} bytes, got {}", header_bytes, bytes.size()));
  }
  if (!bytes.starts_with(magic)) throw EnvelopeError("expected a state saved by Oddity, got other bytes");
  StateReader reader(std::as_bytes(std::span(bytes.substr(magic.size()))));
  const auto version = reader.read<std::uint32_t>();
  if (version != format_version) {
    throw EnvelopeError(fmt::format("expected state format {}, got {} (saved by another version of Oddity)",
                                    format_version, version));
  }
  const auto sum = reader.read<std::uint32_t>();
  const auto size = reader.read<std::uint64_t>();
  if (size != reader.remaining()) {
    throw EnvelopeError(fmt::format("expected {} bytes of saved state, got {}: it is cut or padded", size,
                                    reader.remaining()));
  }
  const std::string_view content = bytes.substr(header_bytes);
  if (checksum(content) != sum) throw EnvelopeError("the saved state's checksum is wrong: it is damaged");
  return std::as_bytes(std::span(content));
}

}  // namespace oddity::state
