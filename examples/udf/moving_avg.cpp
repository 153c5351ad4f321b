// @movingAvg().field('value').size(10).as('mean'): the mean of the latest
// values of each group, at each point.
#include <cmath>
#include <map>

#include "agent/option_reader.hpp"
#include "agent/run.hpp"
#include "oddity/rolling_moments.hpp"
#include "state/envelope.hpp"
#include "wire/message.hpp"
#include "wire/point.hpp"

namespace {

using namespace oddity;

void declare(udf::InfoResponse& info, const char* option, udf::ValueType type) {
  (*info.mutable_options())[option].add_valuetypes(type);
}

class MovingAverage : public agent::Handler {
 public:
  explicit MovingAverage(Log& log) : log_(log) {}

  udf::InfoResponse info() override {
    udf::InfoResponse info;
    info.set_wants(udf::STREAM);
    info.set_provides(udf::STREAM);
    declare(info, "field", udf::STRING);
    declare(info, "size", udf::INT);
    declare(info, "as", udf::STRING);
    return info;
  }

  void init(const udf::InitRequest& request) override {
    agent::OptionReader given(request);
    field_ = wire::FieldSelection({given.text("field")});
    size_ = static_cast<std::size_t>(given.integer("size", 1, 1'000'000));
    as_ = given.text("as", "avg");
    given.finish();
  }

  /// A point without a number in the field has no mean: it is neither 0 nor passed on.
  bool point(wire::Bytes body, wire::Responses& out) override {
    udf::Point point;
    wire::PointColumns value(1);
    if (!wire::parse(body, point) || !wire::decode_point(body, field_, value)) return false;
    if (std::isnan(value.columns[0][0])) return true;

    RollingMoments& latest = latest_.try_emplace(point.group(), size_).first->second;
    latest.add(value.columns[0]);

    point.clear_fieldsint();
    point.clear_fieldsstring();
    point.clear_fieldsbool();
    point.clear_fieldsdouble();
    auto& mean = *point.add_fieldsdouble();
    mean.set_key(as_);
    mean.set_value(latest.moments().mean);
    out.point(point);  // name, tags, dimensions are still the input's: it stays in its group
    return true;
  }
  bool begin(wire::Bytes, wire::Responses&) override { return false; }
  bool end(wire::Bytes, wire::Responses&) override { return false; }

  /// The envelope brings magic, version and checksum. The field is in it since Kapacitor gives a snapshot to
  /// whatever has the node's name, with other options too; another size keeps the newest values.
  std::string snapshot() override {
    std::string content;
    const oddity_sink sink{&content, [](void* text, const void* bytes, std::uint64_t size) -> std::int32_t {
                             static_cast<std::string*>(text)->append(static_cast<const char*>(bytes), size);
                             return 0;
                           }};
    StateWriter out(sink);
    out.write(std::string_view(field_.name(0)));
    out.write(std::uint64_t{latest_.size()});
    for (const auto& [group, latest] : latest_) {
      out.write(std::string_view(group));
      latest.snapshot(out);
    }
    return state::seal(content);
  }

  /// Whatever cannot be used starts afresh: a refused state would stop the task until it is deleted.
  void restore(std::string_view state) override {
    latest_.clear();
    try {
      StateReader in(state::open(state).content);
      if (in.read_text() != field_.name(0)) throw StateError("it is of another field");
      std::map<std::string, RollingMoments> restored;
      for (auto groups = in.read_count(sizeof(std::uint64_t)); groups > 0; --groups) {
        const std::string group(in.read_text());
        restored.try_emplace(group, size_).first->second.restore(in);
      }
      in.expect_end();
      latest_ = std::move(restored);
    } catch (const std::runtime_error& unusable) {
      log_.line("state lost, starting afresh: {}", unusable.what());
    }
  }

 private:
  Log& log_;
  wire::FieldSelection field_{{}};
  std::size_t size_ = 1;
  std::string as_;
  std::map<std::string, RollingMoments> latest_;  ///< by group
};

}  // namespace

int main(int argument_count, char** arguments) {
  return oddity::agent::run(argument_count, arguments,
                            [](oddity::Log& log) { return std::make_unique<MovingAverage>(log); });
}
