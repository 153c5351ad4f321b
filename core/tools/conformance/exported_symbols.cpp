#include "conformance/exported_symbols.hpp"

#include <fcntl.h>
#include <gelf.h>
#include <unistd.h>

#include <algorithm>
#include <memory>

namespace oddity::conformance {
namespace {

/// An open file and libelf's view of it.
class Image {
 public:
  explicit Image(const std::filesystem::path& file)
      : descriptor_(::open(file.c_str(), O_RDONLY | O_CLOEXEC)),
        elf_(::elf_version(EV_CURRENT) == EV_NONE || descriptor_ < 0
                 ? nullptr
                 : ::elf_begin(descriptor_, ELF_C_READ, nullptr)) {}
  Image(const Image&) = delete;
  Image& operator=(const Image&) = delete;
  ~Image() {
    if (elf_ != nullptr) ::elf_end(elf_);
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Elf* elf() const noexcept { return elf_; }

 private:
  int descriptor_;
  Elf* elf_;
};

bool shown(const GElf_Sym& symbol) {
  const unsigned visibility = GELF_ST_VISIBILITY(symbol.st_other);
  return symbol.st_shndx != SHN_UNDEF && GELF_ST_BIND(symbol.st_info) != STB_LOCAL &&
         visibility != STV_HIDDEN && visibility != STV_INTERNAL;
}

}  // namespace

std::optional<std::vector<std::string>> exported_symbols(const std::filesystem::path& file) {
  const Image image(file);
  GElf_Shdr header{};
  Elf_Scn* section = nullptr;
  do {
    section = ::elf_nextscn(image.elf(), section);
    if (section == nullptr || ::gelf_getshdr(section, &header) == nullptr) return std::nullopt;
  } while (header.sh_type != SHT_DYNSYM);
  Elf_Data* const symbols = ::elf_getdata(section, nullptr);
  if (symbols == nullptr || header.sh_entsize == 0) return std::nullopt;

  std::vector<std::string> found;
  GElf_Sym symbol{};
  for (int i = 0; ::gelf_getsym(symbols, i, &symbol) != nullptr; ++i) {
    if (!shown(symbol)) continue;
    const char* const name = ::elf_strptr(image.elf(), header.sh_link, symbol.st_name);
    if (name != nullptr) found.emplace_back(name);
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace oddity::conformance
