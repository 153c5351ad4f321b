// Runs a target without libFuzzer: TARGET CORPUS MUTATIONS
//
// Every file of the folder CORPUS in order of their names, then that many inputs made from them, the same
// ones each time. An input that ends the process is kept as TARGET.failed beside the program.
#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "fuzz.hpp"

// NOLINTNEXTLINE(bugprone-reserved-identifier): the sanitizers' own name.
extern "C" void __sanitizer_set_death_callback(void (*callback)()) __attribute__((weak));

namespace {

namespace fs = std::filesystem;

std::string failed_path;
const std::string* running = nullptr;

/// Only calls that a signal handler may make.
void keep_input() {
  if (running == nullptr) return;
  const int file = ::open(failed_path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  const bool kept = file >= 0 && ::write(file, running->data(), running->size()) >= 0;
  const std::string_view note = kept ? "the input is kept as " : "the input could not be kept as ";
  for (const std::string_view text : {note, std::string_view(failed_path), std::string_view("\n")})
    static_cast<void>(!::write(STDERR_FILENO, text.data(), text.size()));
}

void on_signal(int number) {
  keep_input();
  ::signal(number, SIG_DFL);
  ::raise(number);
}

void run(const std::string& input) {
  running = &input;
  // A copy of exactly its size: a sanitizer sees a read behind its end.
  const std::vector<std::uint8_t> bytes(input.begin(), input.end());
  LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
  running = nullptr;
}

/// Steele, Lea & Flood 2014 (SplitMix64): the same numbers on every machine.
class Random {
 public:
  std::uint64_t next() noexcept {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  std::size_t below(std::size_t limit) noexcept {
    return limit == 0 ? 0 : static_cast<std::size_t>(next() % limit);
  }

 private:
  std::uint64_t state_ = 1;
};

/// One change: of a byte or a bit, of a piece that goes, comes twice, or comes from another input.
void mutate(std::string& input, const std::string& other, Random& random) {
  const std::size_t at = random.below(input.size() + 1);
  const std::size_t length = 1 + random.below(std::min<std::size_t>(input.size() + 1, 32));
  switch (random.below(6)) {
    case 0:
      if (at < input.size()) input[at] = static_cast<char>(random.next());
      break;
    case 1:
      if (at < input.size()) input[at] = static_cast<char>(input[at] ^ (1 << random.below(8)));
      break;
    case 2:
      input.erase(at, length);
      break;
    case 3:
      input.insert(at, input.substr(random.below(input.size() + 1), length));
      break;
    case 4:
      input.insert(at, other.substr(random.below(other.size() + 1), length));
      break;
    default:
      input.insert(at, 1 + random.below(8), static_cast<char>(random.below(2) == 0 ? 0 : random.next()));
      break;
  }
}

std::vector<std::string> read_corpus(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<std::string> inputs;
  for (const fs::path& file : files) {
    std::ifstream stream(file, std::ios::binary);
    inputs.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  }
  return inputs;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    std::fprintf(stderr, "usage: %s CORPUS MUTATIONS\n", arguments[0]);
    return 2;
  }
  failed_path = std::string(arguments[0]) + ".failed";
  for (const int number : {SIGABRT, SIGSEGV, SIGFPE, SIGBUS, SIGILL}) ::signal(number, &on_signal);
  if (__sanitizer_set_death_callback != nullptr) __sanitizer_set_death_callback(&keep_input);

  const std::vector<std::string> corpus = read_corpus(arguments[1]);
  if (corpus.empty()) {
    std::fprintf(stderr, "%s: the corpus is empty\n", arguments[1]);
    return 2;
  }
  for (const std::string& input : corpus) run(input);
  const std::size_t mutations = std::strtoul(arguments[2], nullptr, 10);
  Random random;
  for (std::size_t i = 0; i < mutations; ++i) {
    std::string input = corpus[i % corpus.size()];
    for (std::size_t changes = 1 + random.below(4); changes > 0; --changes)
      mutate(input, corpus[random.below(corpus.size())], random);
    run(input);
  }
  std::printf("%zu inputs and %zu mutations of them\n", corpus.size(), mutations);
  return 0;
}
