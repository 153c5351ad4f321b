#include "become.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/error.hpp"

namespace oddity::program {

[[noreturn]] void become(const std::string& verb, const std::filesystem::path& program,
                         const std::vector<std::string>& arguments) {
  std::vector<char*> words{const_cast<char*>(program.c_str())};
  for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
  words.push_back(nullptr);
  ::execv(program.c_str(), words.data());
  throw Error({verb, fmt::format("the program '{}'", program.string()), std::strerror(errno),
               "it comes with oddity: is the installation whole?"});
}

}  // namespace oddity::program
