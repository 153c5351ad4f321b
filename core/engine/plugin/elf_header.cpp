#include "plugin/elf_header.hpp"

#include <elf.h>
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <vector>

#include "plugin/reasons.hpp"

namespace oddity::plugin {
namespace {

namespace fs = std::filesystem;

using Header = std::conditional_t<sizeof(void*) == 8, Elf64_Ehdr, Elf32_Ehdr>;
using Segment = std::conditional_t<sizeof(void*) == 8, Elf64_Phdr, Elf32_Phdr>;

std::string machine_name(std::uint16_t machine, unsigned char word, unsigned char order) {
  std::string name;
  switch (machine) {
    case EM_X86_64:
      name = "x86-64";
      break;
    case EM_386:
      name = "x86";
      break;
    case EM_AARCH64:
      name = "arm64";
      break;
    case EM_ARM:
      name = "arm";
      break;
    case EM_RISCV:
      name = "risc-v";
      break;
    case EM_PPC64:
      name = "ppc64";
      break;
    case EM_S390:
      name = "s390x";
      break;
    default:
      name = fmt::format("machine {}", machine);
  }
  return fmt::format("{}, {} bit, {}-endian", name, word == ELFCLASS64 ? 64 : 32,
                     order == ELFDATA2LSB ? "little" : "big");
}

/// This program's own: what it was built for is what it can load.
Header ours() {
  Header header{};
  std::ifstream("/proc/self/exe", std::ios::binary).read(reinterpret_cast<char*>(&header), sizeof header);
  return header;
}

/// The type and the machine stand at the same place for both word lengths; `swapped`: in the other byte
/// order.
std::uint16_t half(const Header& header, std::size_t at, bool swapped) {
  std::uint16_t value = 0;
  std::memcpy(&value, reinterpret_cast<const char*>(&header) + at, sizeof value);
  return swapped ? static_cast<std::uint16_t>(value << 8 | value >> 8) : value;
}

std::string_view kind(std::uint16_t type) {
  if (type == ET_EXEC) return "a program";
  if (type == ET_REL) return "an object file";
  return type == ET_CORE ? "a core dump" : "another kind of ELF file";
}

/// Where the last thing that the headers speak of ends: a segment, or the table of sections.
std::optional<std::uint64_t> announced_end(std::ifstream& in, const Header& header) {
  std::uint64_t end = header.e_shoff + std::uint64_t{header.e_shnum} * header.e_shentsize;
  std::vector<Segment> segments(header.e_phnum);
  if (header.e_phentsize != sizeof(Segment)) return std::nullopt;
  in.seekg(static_cast<std::streamoff>(header.e_phoff));
  in.read(reinterpret_cast<char*>(segments.data()),
          static_cast<std::streamsize>(segments.size() * sizeof(Segment)));
  if (!in) return std::max<std::uint64_t>(end, header.e_phoff + segments.size() * sizeof(Segment));
  for (const Segment& segment : segments)
    end = std::max<std::uint64_t>(end, segment.p_offset + segment.p_filesz);
  return end;
}

}  // namespace

std::optional<Complaint> misfit(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return reasons::unreadable(file, std::strerror(errno));
  Header header{};
  in.read(reinterpret_cast<char*>(&header), sizeof header);
  const auto got = static_cast<std::uint64_t>(in.gcount());
  if (got < SELFMAG || std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) return reasons::no_elf(file);
  if (got < sizeof header) return reasons::truncated(file, sizeof header, got);

  const Header own = ours();
  const unsigned char order = header.e_ident[EI_DATA];
  const bool swapped = order != own.e_ident[EI_DATA];
  const std::uint16_t machine = half(header, offsetof(Header, e_machine), swapped);
  if (swapped || machine != own.e_machine || header.e_ident[EI_CLASS] != own.e_ident[EI_CLASS]) {
    return reasons::other_machine(file,
                                  machine_name(own.e_machine, own.e_ident[EI_CLASS], own.e_ident[EI_DATA]),
                                  machine_name(machine, header.e_ident[EI_CLASS], order));
  }
  if (header.e_type != ET_DYN) return reasons::no_shared_library(file, kind(header.e_type));
  const auto end = announced_end(in, header);
  const std::uint64_t size = fs::file_size(file);
  if (!end) return reasons::no_elf(file);
  if (*end > size) return reasons::truncated(file, *end, size);
  return std::nullopt;
}

}  // namespace oddity::plugin
