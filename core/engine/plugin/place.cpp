#include "plugin/place.hpp"

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "plugin/reasons.hpp"

namespace oddity::plugin {
namespace {

namespace fs = std::filesystem;

/// Debian gives each user a group of the same name and nobody else in it.
bool own_group(uid_t owner, gid_t group) {
  std::array<char, 4096> user_text, group_text;
  passwd user{};
  passwd* found_user = nullptr;
  ::group of{};
  ::group* found_group = nullptr;
  if (::getpwuid_r(owner, &user, user_text.data(), user_text.size(), &found_user) != 0) return false;
  if (::getgrgid_r(group, &of, group_text.data(), group_text.size(), &found_group) != 0) return false;
  return found_user != nullptr && found_group != nullptr && std::strcmp(user.pw_name, of.gr_name) == 0;
}

bool others_may_write(const struct stat& status) {
  if ((status.st_mode & S_IWOTH) != 0) return true;
  return (status.st_mode & S_IWGRP) != 0 && status.st_gid != 0 && !own_group(status.st_uid, status.st_gid);
}

/// `what`: the file itself or its folder.
std::optional<Diagnostic> distrust_of(const fs::path& file, const fs::path& what,
                                      const std::vector<uid_t>& owners) {
  struct stat status {};
  if (::stat(what.c_str(), &status) != 0) return reasons::unreadable(file, std::strerror(errno));
  if (std::find(owners.begin(), owners.end(), status.st_uid) == owners.end())
    return reasons::owned_by_stranger(file, what, status.st_uid);
  if (others_may_write(status)) return reasons::writable_by_others(file, what, status.st_mode & 07777);
  return std::nullopt;
}

}  // namespace

std::vector<uid_t> trusted_owners(const fs::path& program) {
  std::vector<uid_t> owners{0, ::geteuid()};
  struct stat status {};
  if (::stat(program.c_str(), &status) == 0) owners.push_back(status.st_uid);
  return owners;
}

std::optional<Diagnostic> distrust(const fs::path& file, const std::vector<uid_t>& owners) {
  std::error_code wrong;
  const fs::path real = fs::canonical(file, wrong);
  if (wrong) return reasons::unreadable(file, wrong.message());
  if (auto diagnostic = distrust_of(real, real, owners)) return diagnostic;
  fs::path folder = real.parent_path();
  if (auto diagnostic = distrust_of(real, folder, owners)) return diagnostic;
  while (folder.has_relative_path()) {
    folder = folder.parent_path();
    struct stat status {};
    if (::stat(folder.c_str(), &status) != 0) return reasons::unreadable(real, std::strerror(errno));
    if ((status.st_mode & S_IWOTH) != 0 && (status.st_mode & S_ISVTX) == 0)
      return reasons::writable_by_others(real, folder, status.st_mode & 07777);
  }
  return std::nullopt;
}

}  // namespace oddity::plugin
