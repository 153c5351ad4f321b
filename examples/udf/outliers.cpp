// @outliers().field('value').scale(1.5): of each batch the points outside Tukey's fences, which stand `scale`
// interquartile ranges below the first and above the third quartile.
#include <algorithm>
#include <cmath>
#include <optional>

#include "agent/option_reader.hpp"
#include "agent/run.hpp"
#include "wire/point.hpp"

namespace {

using namespace oddity;

using Message = std::vector<std::byte>;

/// Linear between the two nearest ranks: "type 7" of Hyndman & Fan (1996), the default of R and NumPy.
double quantile(const std::vector<double>& sorted, double share) {
  const double rank = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(rank);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], rank - static_cast<double>(below));
}

class Outliers : public agent::Handler {
 public:
  udf::InfoResponse info() override {
    udf::InfoResponse info;
    info.set_wants(udf::BATCH);
    info.set_provides(udf::BATCH);
    (*info.mutable_options())["field"].add_valuetypes(udf::STRING);
    (*info.mutable_options())["scale"].add_valuetypes(udf::DOUBLE);
    return info;
  }

  void init(const udf::InitRequest& request) override {
    agent::OptionReader given(request);
    field_ = wire::FieldSelection({given.text("field")});
    scale_ = given.number("scale", 0, 1000, 1.5);
    given.finish();
  }

  /// Kept until the end: only then it is known what comes back.
  bool begin(wire::Bytes body, wire::Responses&) override {
    begin_.emplace(body.begin(), body.end());
    points_.clear();
    values_.clear();
    return true;
  }
  bool point(wire::Bytes body, wire::Responses&) override {
    if (!begin_ || !wire::decode_point(body, field_, values_)) return false;
    points_.emplace_back(body.begin(), body.end());
    return true;
  }
  /// Begin and end go back as they came, and with them the batch's name, group and time.
  bool end(wire::Bytes body, wire::Responses& out) override {
    if (!begin_ || !out.begin(wire::Bytes(*begin_))) return false;
    const std::vector<double>& values = values_.columns[0];
    const auto [low, high] = fences();
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i] < low || values[i] > high)
        out.point(wire::Bytes(points_[i]));  // NaN, a missing value, is neither
    }
    begin_.reset();
    return out.end(body);
  }

  /// Nothing to keep: a batch that is open now will not be ended after a restore.
  std::string snapshot() override { return {}; }
  void restore(std::string_view) override {}

 private:
  std::pair<double, double> fences() const {
    std::vector<double> sorted;
    std::copy_if(values_.columns[0].begin(), values_.columns[0].end(), std::back_inserter(sorted),
                 [](double value) { return !std::isnan(value); });
    if (sorted.empty()) return {0, 0};
    std::sort(sorted.begin(), sorted.end());
    const double first = quantile(sorted, 0.25);
    const double third = quantile(sorted, 0.75);
    return {first - scale_ * (third - first), third + scale_ * (third - first)};
  }

  wire::FieldSelection field_{{}};
  double scale_ = 1.5;
  std::optional<Message> begin_;  ///< of the open batch
  std::vector<Message> points_;
  wire::PointColumns values_{1};
};

}  // namespace

int main(int argument_count, char** arguments) {
  return oddity::agent::run(argument_count, arguments,
                            [](oddity::Log&) { return std::make_unique<Outliers>(); });
}
