#include "comparison/contenders.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace oddity::bench {
namespace {

/// Debian's, which has Debian's packages; another may come first on PATH.
constexpr const char* python = "/usr/bin/python3";
constexpr std::size_t slow = 5;

bool python_has_what_it_needs() {
  const std::string asks = std::string(python) + " -c 'import google.protobuf, scipy' 2>/dev/null";
  return std::system(asks.c_str()) == 0;
}

void add_python(std::vector<Contender>& all) {
  if (!python_has_what_it_needs()) {
    std::fprintf(stderr, "left out: Python's agent; %s lacks python3-protobuf or python3-scipy\n", python);
    return;
  }
  all.push_back({Who::python,
                 "an agent in Python",
                 {"/usr/bin/env", "PYTHONPATH=" ODDITY_PYTHON_MESSAGES, python, ODDITY_PYTHON_AGENT},
                 slow});
}

void add_go(std::vector<Contender>& all) {
  const char* const built = std::getenv("ODDITY_BENCH_GO");
  if (built == nullptr || ::access(built, X_OK) != 0) {
    std::fprintf(stderr, "left out: Go's agent; ODDITY_BENCH_GO names no program (bench/agents/README.md)\n");
    return;
  }
  all.push_back({Who::go, "an agent in Go", {built}, slow});
}

}  // namespace

std::vector<Contender> contenders_at_hand(const std::string& program, const std::string& self,
                                          bool of_users) {
  std::vector<Contender> all{{Who::oddity, "oddity agent, ttest", {program, "agent"}},
                             {Who::read, "read(), bytes thrown away", {self, "read"}},
                             {Who::read_with_nap, "read() with our nap", {self, "read", "--nap"}}};
  if (!of_users) return all;
  add_go(all);
  add_python(all);
  return all;
}

}  // namespace oddity::bench
