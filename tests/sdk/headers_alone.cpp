// Every header of the SDK in one file, each twice: they stand alone, in any order, under any warning.
#include "oddity/description.hpp"
#include "oddity/detector.hpp"
#include "oddity/evaluation.hpp"
#include "oddity/export.hpp"
#include "oddity/moments.hpp"
#include "oddity/options.hpp"
#include "oddity/rolling_moments.hpp"
#include "oddity/rolling_windows.hpp"
#include "oddity/sorted_window.hpp"
#include "oddity/state.hpp"
#include "oddity/tails.hpp"
#include "oddity/version.h"
#include "oddity/window.hpp"

#include "oddity/detector.hpp"
#include "oddity/export.hpp"

// A detector that uses all of it, so that its templates are instantiated.
namespace {

class Everything {
 public:
  static constexpr oddity::OptionSpec options[] = {oddity::size_option};
  static constexpr oddity::OutputSpec outputs[] = {{"x", "", "An output."}};
  static constexpr oddity::Description description{.name = "everything",
                                                   .version = "1",
                                                   .about = "Uses all headers.",
                                                   .options = options,
                                                   .outputs = outputs};

  explicit Everything(const oddity::Options& given)
      : moments_(static_cast<std::size_t>(given.integer("size"))),
        sorted_(static_cast<std::size_t>(given.integer("size"))) {}
  oddity::Evaluation evaluate(const oddity::Window& window, const oddity::Question& question) const {
    oddity::Evaluation answer;
    answer.p = oddity::p_value(window.column().mean() - moments_.moments().mean, question.direction,
                               [](double x) { return oddity::normal_sf(x); });
    answer.outputs[0] = static_cast<double>(sorted_.count_below(window.column().max()));
    return answer;
  }
  void update(const oddity::Window& window, oddity::Learn) {
    moments_.add(window.fresh_values());
    sorted_.add(window.fresh_values());
  }
  void snapshot(oddity::StateWriter& out) const {
    moments_.snapshot(out);
    sorted_.snapshot(out);
    out.write(std::string_view("end"));
    out.write(std::int32_t{-1});
  }
  void restore(oddity::StateReader& in, std::uint32_t) {
    moments_.restore(in);
    sorted_.restore(in);
    in.read_text();
    in.read<std::int32_t>();
  }
  std::size_t footprint() const noexcept { return sizeof *this + moments_.footprint() + sorted_.footprint(); }

 private:
  oddity::RollingMoments moments_;
  oddity::SortedWindow sorted_;
};

}  // namespace

ODDITY_EXPORT_DETECTOR(Everything)
