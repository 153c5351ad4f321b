#include "detect/saved_state.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "detect/saved_state_v1.hpp"
#include "oddity/state.hpp"
#include "state/sections.hpp"
#include "state/sink.hpp"

namespace oddity::detect {
namespace {

using state::Section;
using state::SectionReader;

/// Sections of the content, in the order in which they are written. docs/state-format.md shows their bytes.
enum Tag : std::uint32_t { specs_tag = 1, clock_tag = 2, group_tag = 3, open_windows_tag = 4 };
/// Sections of a group, behind its key; further tags are those of Stage.
enum GroupTag : std::uint32_t { use_tag = 1, detector_tag = 2 };
/// All of them have their first version so far.
constexpr std::uint32_t version = 1;

void tell_unknown(SavedState& state, std::string_view where, const Section& section) {
  std::string words = fmt::format("a section {} of version {} {}", section.tag, section.version, where);
  if (std::find(state.unknown.begin(), state.unknown.end(), words) == state.unknown.end())
    state.unknown.push_back(std::move(words));
}

std::vector<SavedSpec> read_specs(std::span<const std::byte> bytes) {
  StateReader reader(bytes);
  std::vector<SavedSpec> specs;
  for (std::uint64_t left = reader.read_count(8 + 4 + 8); left > 0; --left) {
    SavedSpec& spec = specs.emplace_back();
    spec.key = reader.read_text();
    spec.version = reader.read<std::uint32_t>();
    spec.shape = reader.read_text();
  }
  reader.expect_end();
  return specs;
}

SavedDetector read_detector(std::span<const std::byte> bytes, std::size_t specs) {
  StateReader reader(bytes);
  SavedDetector detector;
  detector.spec = reader.read<std::uint32_t>();
  if (detector.spec >= specs) throw StateError("a group has a detector that is not in the state's list");
  detector.last_learned = reader.read<std::int64_t>();
  detector.last_seen = reader.read<std::int64_t>();
  detector.there = reader.read<std::uint8_t>() == 1;
  detector.bytes = reader.read_text();
  reader.expect_end();
  return detector;
}

SavedStage read_stage(const Section& section, std::size_t specs) {
  StateReader reader(section.bytes);
  SavedStage stage{static_cast<Stage>(section.tag), reader.read<std::uint32_t>(), {}};
  if (stage.stage != Stage::of_group && stage.spec >= specs)
    throw StateError("a group remembers something of a detector that is not in the state's list");
  stage.bytes = reader.read_text();
  reader.expect_end();
  return stage;
}

SavedGroup read_group(std::span<const std::byte> bytes, SavedState& state) {
  StateReader reader(bytes);
  SavedGroup group;
  group.key = reader.read_text();
  SectionReader sections(reader.take(reader.remaining()));
  while (const auto section = sections.next()) {
    if (section->version != version || section->tag < use_tag ||
        section->tag > static_cast<std::uint32_t>(last_stage)) {
      tell_unknown(state, "in a group", *section);
    } else if (section->tag > detector_tag) {
      group.stages.push_back(read_stage(*section, state.specs.size()));
    } else if (section->tag == use_tag) {
      StateReader use(section->bytes);
      group.rank = use.read<std::uint64_t>();
      group.last_end = use.read<std::int64_t>();
      use.expect_end();
    } else {
      group.detectors.push_back(read_detector(section->bytes, state.specs.size()));
    }
  }
  return group;
}

SavedState read_sections(std::span<const std::byte> content) {
  SavedState state;
  SectionReader sections(content);
  while (const auto section = sections.next()) {
    if (section->version != version || section->tag < specs_tag || section->tag > open_windows_tag) {
      tell_unknown(state, "of the state", *section);
    } else if (section->tag == specs_tag) {
      state.specs = read_specs(section->bytes);
    } else if (section->tag == clock_tag) {
      StateReader clock(section->bytes);
      state.latest_end = clock.read<std::int64_t>();
      clock.expect_end();
    } else if (section->tag == open_windows_tag) {
      state.open_windows = {reinterpret_cast<const char*>(section->bytes.data()), section->bytes.size()};
    } else {
      state.groups.push_back(read_group(section->bytes, state));
    }
  }
  return state;
}

/// What `write` writes, as one text.
template <class Write>
std::string written(Write&& write) {
  std::string text;
  const oddity_sink sink = state::appending_to(text);
  StateWriter writer(sink);
  write(writer);
  return text;
}

}  // namespace

SavedState read_state(const state::Opened& opened) {
  return opened.format == 1 ? read_state_v1(opened.content) : read_sections(opened.content);
}

std::string write_group(const SavedGroup& group) {
  std::string content = written([&](StateWriter& writer) { writer.write(group.key); });
  Section::write(content, use_tag, version, written([&](StateWriter& writer) {
                   writer.write(group.rank);
                   writer.write(group.last_end);
                 }));
  for (const SavedDetector& detector : group.detectors) {
    Section::write(content, detector_tag, version, written([&](StateWriter& writer) {
                     writer.write(static_cast<std::uint32_t>(detector.spec));
                     writer.write(detector.last_learned);
                     writer.write(detector.last_seen);
                     writer.write(std::uint8_t{detector.there});
                     writer.write(detector.bytes);
                   }));
  }
  for (const SavedStage& stage : group.stages) {
    Section::write(content, static_cast<std::uint32_t>(stage.stage), version,
                   written([&](StateWriter& writer) {
                     writer.write(static_cast<std::uint32_t>(stage.spec));
                     writer.write(stage.bytes);
                   }));
  }
  std::string section;
  Section::write(section, group_tag, version, content);
  return section;
}

std::string write_state(std::span<const SavedSpec> specs, std::int64_t latest_end, std::string_view groups,
                        std::string_view open_windows) {
  std::string content;
  Section::write(content, specs_tag, version, written([&](StateWriter& writer) {
                   writer.write(std::uint64_t{specs.size()});
                   for (const SavedSpec& spec : specs) {
                     writer.write(std::string_view(spec.key));
                     writer.write(spec.version);
                     writer.write(std::string_view(spec.shape));
                   }
                 }));
  Section::write(content, clock_tag, version,
                 written([&](StateWriter& writer) { writer.write(latest_end); }));
  content += groups;
  if (!open_windows.empty()) Section::write(content, open_windows_tag, version, open_windows);
  return content;
}

}  // namespace oddity::detect
