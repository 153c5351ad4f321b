#include "state/sections.hpp"

#include "state/sink.hpp"

namespace oddity::state {

void Section::write(std::string& out, std::uint32_t tag, std::uint32_t version, std::string_view bytes) {
  const oddity_sink sink = appending_to(out);
  StateWriter writer(sink);
  writer.write(tag);
  writer.write(version);
  writer.write(bytes);
}

std::optional<Section> SectionReader::next() {
  if (reader_.remaining() == 0) return std::nullopt;
  Section section;
  section.tag = reader_.read<std::uint32_t>();
  section.version = reader_.read<std::uint32_t>();
  section.bytes = reader_.take(static_cast<std::size_t>(reader_.read_count(1)));
  return section;
}

}  // namespace oddity::state
