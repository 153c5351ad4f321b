// Writes the streams whose instructions are counted: make_streams FOLDER.
#include <filesystem>
#include <fstream>
#include <string>

#include "streams/streams.hpp"

namespace {

void write(const std::filesystem::path& folder, const std::string& name,
           const oddity::bench::Stream& stream) {
  std::ofstream out(folder / name, std::ios::binary);
  out.exceptions(std::ios::failbit | std::ios::badbit);
  out << stream.bytes;
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count != 2) return 2;
  using namespace oddity::bench;
  write(arguments[1], "batches_of_300", batches_of_300(15'000));
  write(arguments[1], "batches_of_300_none", batches_of_300(0));
  write(arguments[1], "a_thousand_groups", a_thousand_groups(40'000));
  write(arguments[1], "a_thousand_groups_none", a_thousand_groups(0));
  return 0;
}
