// make_golden FOLDER PLUGIN.so...: writes FOLDER/<plugin>/<version>/<case>.txt for each plugin's current
// version. A file that is there is kept: what a version wrote once, it wrote.
#include <cstdio>

#include "compat/golden.hpp"

int main(int count, char** arguments) {
  namespace fs = std::filesystem;
  for (int i = 2; i < count; ++i) {
    const auto library = oddity::plugin::Library::load(arguments[i]);
    const fs::path folder =
        fs::path(arguments[1]) / library->description().name / library->description().version;
    fs::create_directories(folder);
    for (const auto& each : oddity::compat::cases) {
      const fs::path file = folder / (std::string(each.name) + ".txt");
      if (fs::exists(file)) {
        std::printf("kept %s\n", file.c_str());
        continue;
      }
      std::ofstream out(file);
      oddity::compat::write(oddity::compat::make_golden(library, each), out);
      std::printf("made %s\n", file.c_str());
    }
  }
  return 0;
}
