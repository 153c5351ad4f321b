// Whatever the gates refuse is told in a sentence with its hint, before this process loads anything.
#include "plugin/gates.hpp"

#include <elf.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "plugin/place.hpp"

namespace oddity::plugin {
namespace {

namespace fs = std::filesystem;

/// A folder of our own for spoiled copies of a good plugin.
class Gates : public testing::Test {
 protected:
  Gates() {
    std::string name = (fs::temp_directory_path() / "oddity-gates-XXXXXX").string();
    root = ::mkdtemp(name.data());
    folder = root / "plugins";
    fs::create_directory(folder);
    fs::permissions(folder, fs::perms(0755));
  }
  ~Gates() override {
    fs::permissions(folder, fs::perms(0755));
    fs::remove_all(root);
  }

  fs::path copy(const std::string& name = "ttest.so") const {
    const fs::path file = folder / name;
    fs::copy_file(fs::path(ODDITY_PLUGINS) / "ttest.so", file);
    fs::permissions(file, fs::perms(0644));
    return file;
  }
  static void overwrite(const fs::path& file, std::size_t at, std::initializer_list<int> bytes) {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekp(static_cast<std::streamoff>(at));
    for (const int byte : bytes) stream.put(static_cast<char>(byte));
  }
  static std::string refused(const fs::path& file) { return refusal(file, Probe(ODDITY_PROGRAM)); }
  static void expect_said(const std::string& sentence, std::initializer_list<const char*> parts) {
    for (const char* part : parts)
      EXPECT_NE(sentence.find(part), std::string::npos) << part << "\n" << sentence;
  }

  fs::path root;
  fs::path folder;
};

TEST_F(Gates, AGoodPluginPasses) { EXPECT_EQ(refused(copy()), ""); }

TEST_F(Gates, WhatIsNoFile) {
  expect_said(refused(folder / "none.so"),
              {"plugin '", "none.so': expected a shared library, got no such file"});
  fs::create_directory(folder / "folder.so");
  expect_said(refused(folder / "folder.so"), {"no such file"});
}

TEST_F(Gates, AFileWhoseNameIsNoAlgorithms) {
  expect_said(refused(copy("My-Test.so")), {"expected a name of a-z, 0-9 and _", "got 'My-Test.so'"});
}

TEST_F(Gates, AFileOfText) {
  std::ofstream(folder / "text.so")
      << "no library at all, but longer than the header of one would be, sixty-four bytes";
  expect_said(
      refused(folder / "text.so"),
      {"expected a shared library, got another kind of file (invalid ELF header)", "oddity_add_detector"});
}

TEST_F(Gates, AnEmptyFile) {
  std::ofstream(folder / "empty.so").flush();
  expect_said(refused(folder / "empty.so"), {"another kind of file, or a truncated one (file too short)"});
}

/// Behind its headers a cut file can only be found out by loading it, which ends
/// the child: never this process.
TEST_F(Gates, ATruncatedFileWhereverItIsCut) {
  const fs::path whole = fs::path(ODDITY_PLUGINS) / "ttest.so";
  const auto size = fs::file_size(whole);
  for (const std::uintmax_t kept :
       {std::uintmax_t{10}, std::uintmax_t{64}, std::uintmax_t{200}, std::uintmax_t{5000}, size / 2}) {
    const fs::path file = copy("cut.so");
    fs::resize_file(file, kept);
    expect_said(refused(file), {"truncated", "copy it again, by oddity plugin install"});
    fs::remove(file);
  }
}

TEST_F(Gates, ALibraryForAnotherMachine) {
  const fs::path file = copy();
  overwrite(file, offsetof(Elf64_Ehdr, e_machine), {EM_AARCH64, 0});
  expect_said(refused(file), {"expected a library for this machine, got one for another", "build it on"});
  overwrite(file, offsetof(Elf64_Ehdr, e_machine), {EM_386, 0});
  overwrite(file, EI_CLASS, {ELFCLASS32});
  expect_said(refused(file), {"got one for another (wrong ELF class: ELFCLASS32)"});
}

TEST_F(Gates, ALibraryOfTheOtherByteOrder) {
  const fs::path file = copy();
  overwrite(file, EI_DATA, {ELFDATA2MSB});
  expect_said(refused(file), {"expected a library for this machine, got one for another"});
}

TEST_F(Gates, AProgramAndAnObjectFile) {
  const fs::path file = copy();
  overwrite(file, offsetof(Elf64_Ehdr, e_type), {ET_EXEC, 0});
  expect_said(refused(file), {"expected a shared library, got a program", "-shared"});
  overwrite(file, offsetof(Elf64_Ehdr, e_type), {ET_REL, 0});
  expect_said(refused(file), {"as an object file is", "-shared"});
}

TEST_F(Gates, AFileThatMayNotBeRead) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
  const fs::path file = copy();
  fs::permissions(file, fs::perms(0));
  expect_said(refused(file), {"expected a file that can be read, got Permission denied", "chmod a+r"});
}

TEST_F(Gates, AMissingLibraryByItsName) {
  expect_said(refused(fs::path(ODDITY_GATE_PLUGINS) / "needs_vanished.so"),
              {"expected every library that it needs, got no 'libvanished.so'", "install the package"});
}

TEST_F(Gates, AnUndefinedSymbolByItsName) {
  expect_said(refused(fs::path(ODDITY_GATE_PLUGINS) / "undefined_symbol.so"),
              {"the undefined symbol nowhere_defined", "-Wl,-z,defs"});
}

TEST_F(Gates, ANewerAbi) {
  expect_said(refused(fs::path(ODDITY_GATE_PLUGINS) / "newer_abi.so"),
              {"oddity_plugin_entry_v2 only: it was built for a newer ABI", "install a newer Oddity"});
  expect_said(refused(fs::path(ODDITY_BAD_PLUGINS) / "no_table.so"),
              {"wants a newer Oddity than this one, whose ABI is 1.0", "install a newer one"});
}

TEST_F(Gates, ALibraryThatIsNoDetector) {
  expect_said(refused(fs::path(ODDITY_GATE_PLUGINS) / "no_entry.so"),
              {"expected the symbol oddity_plugin_entry_v1", "ODDITY_EXPORT_DETECTOR"});
}

// By place
// --------------------------------------------------------------------------------------------------------

TEST_F(Gates, AFileThatAllMayWrite) {
  const fs::path file = copy();
  fs::permissions(file, fs::perms(0646));
  expect_said(refused(file),
              {"expected the file to be writable by its owner only", "mode 0646", "chmod go-w '"});
}

TEST_F(Gates, AFolderThatAllMayWrite) {
  const fs::path file = copy();
  fs::permissions(folder, fs::perms(0757));
  expect_said(refused(file),
              {"expected the folder '", "plugins' to be writable by its owner only", "mode 0757"});
}

TEST_F(Gates, AStickyFolderIsNoPlaceForPluginsButOneAboveIsFine) {
  const fs::path file = copy();
  fs::permissions(root, fs::perms(01777));
  EXPECT_EQ(refused(file), "") << "as below /tmp";
  fs::permissions(folder, fs::perms(01777));
  expect_said(refused(file), {"the folder '", "mode 1777"});
}

TEST_F(Gates, AFolderAboveThatAllMayWrite) {
  const fs::path file = copy();
  fs::permissions(root, fs::perms(0777));
  expect_said(refused(file), {"the folder '", "mode 0777"});
}

TEST_F(Gates, ALinkCountsByWhereItLeads) {
  const fs::path file = copy();
  fs::create_directory(root / "links");
  fs::create_symlink(file, root / "links" / "ttest.so");
  EXPECT_EQ(refused(root / "links" / "ttest.so"), "");
  fs::permissions(file, fs::perms(0666));
  expect_said(refused(root / "links" / "ttest.so"), {"plugins/ttest.so': expected the file to be writable"});
}

TEST_F(Gates, AFileThatAPersonNamesIsNotAskedForItsPlace) {
  const fs::path file = copy();
  fs::permissions(file, fs::perms(0666));
  EXPECT_EQ(refusal(file, Probe(ODDITY_PROGRAM), Place::trusted), "");
}

TEST_F(Gates, AFileOfAStranger) {
  const fs::path file = copy();
  const auto wrong = distrust(file, {::geteuid() + 1});
  ASSERT_TRUE(wrong);
  expect_said(wrong->sentence(), {"expected the file to belong to root", "the user with id ", "chown root"});
}

/// Whoever owns the folder can put another file there, whoever the file belongs to.
TEST_F(Gates, AFolderOfAStranger) {
  fs::path file = copy();
  const bool as_root = ::geteuid() == 0;
  if (as_root) {
    ASSERT_EQ(::chown(file.parent_path().c_str(), 54321, 0), 0);
  } else {  // /tmp belongs to root, who is nobody's stranger but here
    const fs::path in_tmp =
        fs::temp_directory_path() / ("oddity-stranger-" + std::to_string(::getpid()) + ".so");
    fs::rename(file, in_tmp);
    file = in_tmp;
  }
  const auto wrong = distrust(file, {::geteuid()});
  if (as_root) {
    ASSERT_EQ(::chown(file.parent_path().c_str(), 0, 0), 0);
  } else {
    fs::remove(file);
  }
  ASSERT_TRUE(wrong);
  expect_said(wrong->sentence(), {"expected the folder '", "' to belong to root",
                                  as_root ? "the user with id 54321" : "the user with id 0"});
}

TEST_F(Gates, AGroupMayWriteWhereItIsRootsOrTheUsersOwn) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root may give files to other groups";
  const fs::path file = copy();
  fs::permissions(file, fs::perms(0664));
  EXPECT_EQ(refused(file), "") << "root's group";
  ASSERT_EQ(::chown(file.c_str(), 0, 54321), 0);
  fs::permissions(file, fs::perms(0664));
  expect_said(refused(file), {"mode 0664", "chmod go-w"});
  ASSERT_EQ(::chown(file.c_str(), 54321, 0), 0);
  fs::permissions(file, fs::perms(0644));
  expect_said(refused(file), {"the user with id 54321"});
}

}  // namespace
}  // namespace oddity::plugin
