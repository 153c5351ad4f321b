// A detector that passes every trial and does harm in earnest: what `fault` says, when it is made or when the
// mean of a window is above 1000. With "none" it finds nothing odd.
#include <unistd.h>

#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <stdexcept>
#include <string>
#include <string_view>

#include "oddity/export.hpp"

namespace {

/// Past every buffer of the C library, until all is written or nobody takes it.
void write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote = ::write(descriptor, bytes.data(), bytes.size());
    if (wrote <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
}

class Misbehaves {
 public:
  static constexpr oddity::OptionSpec options[] = {
      oddity::string_option("fault", "What it does.")
          .one_of("none|prints|prints-long|throws|throws-no-exception|answers-nan|answers-p-above-one|sleeps|"
                  "never-returns|aborts|aborts-when-made|throws-when-made|prints-when-made|sleeps-when-made|"
                  "throws-in-update|throws-in-snapshot|throws-in-restore|leaves-a-child")
          .defaults_to("none"),
      oddity::duration_option("wait", "How long it sleeps.").between(0, 1e13).defaults_to("1s"),
      oddity::int_option("bins", "", "Nothing but a part of the shape of its state.")
          .between(1, 99)
          .defaults_to("10")
          .shapes_state(),
  };
  static constexpr oddity::OutputSpec outputs[] = {oddity::output("answer", "", "The mean.")};
  static constexpr oddity::Description description{.name = "misbehaves",
                                                   .version = "1",
                                                   .about = "Does harm on demand.",
                                                   .options = options,
                                                   .outputs = outputs};

  explicit Misbehaves(const oddity::Options& given)
      : fault_(given.text("fault")), wait_(given.nanoseconds("wait")) {
    if (fault_ == "aborts-when-made") std::abort();
    if (fault_ == "throws-when-made") throw std::runtime_error("cannot be made");
    if (fault_ == "prints-when-made") print();
    if (fault_ == "sleeps-when-made") sleep();
  }

  oddity::Evaluation evaluate(const oddity::Window& window, const oddity::Question&) const {
    oddity::Evaluation answer;
    answer.p = 0.5;
    answer.outputs[0] = window.column().mean();
    if (window.column().mean() <= 1000) return answer;
    if (fault_ == "prints") print();
    if (fault_ == "prints-long") write_all(2, std::string(100 * 1024, 'x') + "\n");
    if (fault_ == "throws") throw std::runtime_error("cannot judge");
    if (fault_ == "throws-no-exception") throw 42;
    if (fault_ == "answers-nan")
      answer.outputs[0] = HUGE_VAL, answer.observed = NAN, answer.effect = -HUGE_VAL;
    if (fault_ == "answers-p-above-one") answer.p = 1.5;
    if (fault_ == "sleeps") sleep();
    if (fault_ == "aborts") std::abort();
    if (fault_ == "leaves-a-child" && ::fork() == 0) {
      ::execl("/bin/sleep", "sleep", "30", static_cast<char*>(nullptr));
      ::_exit(127);
    }
    while (fault_ == "never-returns") ::pause();
    return answer;
  }
  void update(const oddity::Window& window, oddity::Learn) {
    if (fault_ == "throws-in-update" && window.column().mean() > 1000)
      throw std::runtime_error("cannot learn");
  }
  void snapshot(oddity::StateWriter& out) const {
    if (fault_ == "throws-in-snapshot") throw std::runtime_error("cannot save");
    out.write(1.0);
  }
  void restore(oddity::StateReader& in, std::uint32_t) {
    if (fault_ == "throws-in-restore") throw std::runtime_error("cannot restore");
    in.read_double();
  }
  std::size_t footprint() const noexcept { return sizeof *this; }

 private:
  static void print() {
    std::puts("a library says hello");
    std::fflush(stdout);
    write_all(1, std::string_view("\0\0\xff\xff\xff\xff\x0f", 7));  // each NUL alone would end kapacitord
  }
  void sleep() const {
    const std::timespec time{wait_ / 1'000'000'000, wait_ % 1'000'000'000};
    ::nanosleep(&time, nullptr);
  }

  std::string fault_;
  std::int64_t wait_;
};

}  // namespace
ODDITY_EXPORT_DETECTOR(Misbehaves)
