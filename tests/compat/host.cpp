// A small host: `abi_host FILE.so...` tells the life of each detector. Built of the
// core's plugin/ by any compiler.
#include <cstdio>
#include <exception>

#include "compat/life.hpp"

int main(int count, char** files) {
  try {
    for (int i = 1; i < count; ++i) {
      const auto library = oddity::plugin::Library::load(files[i]);
      std::printf("%s", oddity::compat::life(library).c_str());
#ifdef ODDITY_TEST_NEWER_ABI
      std::printf("described %s, table %s\n",
                  oddity::compat::Instance::exact(library->table().description->appended).c_str(),
                  oddity::compat::Instance::exact(library->table().appended).c_str());
#endif
    }
  } catch (const std::exception& wrong) {
    std::fprintf(stderr, "%s\n", wrong.what());
    return 1;
  }
  return 0;
}
