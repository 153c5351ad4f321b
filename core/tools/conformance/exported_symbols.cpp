#include "conformance/exported_symbols.hpp"

#include <elf.h>
#include <link.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>
#include <span>
#include <string_view>

namespace oddity::conformance {
namespace {

using Header = ElfW(Ehdr);
using Section = ElfW(Shdr);
using Symbol = ElfW(Sym);

/// The file in memory; nothing is read beyond its end.
class Image {
 public:
  explicit Image(std::string bytes) : bytes_(std::move(bytes)) {}

  std::string_view part(std::uint64_t offset, std::uint64_t size) const {
    if (offset > bytes_.size() || size > bytes_.size() - offset) return {};
    return std::string_view(bytes_).substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(size));
  }
  template <class T>
  std::vector<T> all(std::uint64_t offset, std::uint64_t count) const {
    const std::string_view found = part(offset, count * sizeof(T));
    std::vector<T> read(found.size() / sizeof(T));
    if (!read.empty()) std::memcpy(read.data(), found.data(), read.size() * sizeof(T));
    return read;
  }

 private:
  std::string bytes_;
};

bool shown(const Symbol& symbol) {
  const unsigned binding = symbol.st_info >> 4;
  const unsigned visibility = symbol.st_other & 3u;
  return symbol.st_shndx != SHN_UNDEF && binding != STB_LOCAL && visibility != STV_HIDDEN &&
         visibility != STV_INTERNAL;
}

}  // namespace

std::optional<std::vector<std::string>> exported_symbols(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const Image image(std::string(std::istreambuf_iterator<char>(in), {}));
  const auto headers = image.all<Header>(0, 1);
  constexpr unsigned char own_class = sizeof(void*) == 8 ? ELFCLASS64 : ELFCLASS32;
  if (headers.empty() || std::memcmp(headers[0].e_ident, ELFMAG, SELFMAG) != 0 ||
      headers[0].e_ident[EI_CLASS] != own_class)
    return std::nullopt;
  const auto sections = image.all<Section>(headers[0].e_shoff, headers[0].e_shnum);
  const auto dynamic = std::find_if(sections.begin(), sections.end(),
                                    [](const Section& section) { return section.sh_type == SHT_DYNSYM; });
  if (dynamic == sections.end() || dynamic->sh_link >= sections.size()) return std::nullopt;
  const Section& texts = sections[dynamic->sh_link];
  const std::string_view names = image.part(texts.sh_offset, texts.sh_size);

  std::vector<std::string> found;
  for (const Symbol& symbol : image.all<Symbol>(dynamic->sh_offset, dynamic->sh_size / sizeof(Symbol))) {
    if (!shown(symbol) || symbol.st_name >= names.size()) continue;
    const std::string_view rest = names.substr(symbol.st_name);
    found.emplace_back(rest.substr(0, rest.find('\0')));
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace oddity::conformance
