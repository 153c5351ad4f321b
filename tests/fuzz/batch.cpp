// Fuzzes the way of the data: frames of begin, point and end become windows, verdicts, and JSON.
//
// Holds:
// - whatever numbers, times and texts come, nothing that is reported is NaN or
//   infinite, and no detector fails;
// - as JSON a verdict is one line, whose numbers read back to the same values;
// - a state that is saved after any data is restored whole.
#include <nlohmann/json.hpp>

#include "detect/pipeline.hpp"
#include "detection/batch_windows.hpp"
#include "detectors.hpp"
#include "finite.hpp"
#include "fuzz.hpp"
#include "json_lines/json_lines.hpp"
#include "wire/frame.hpp"
#include "wire/request.hpp"

namespace oddity::fuzz {
namespace {

void check_window(const window::GroupWindow& window) {
  for (const auto& column : window.columns) {
    require(column.size() == window.rows(), "columns are as long as the times");
    require(std::none_of(column.begin(), column.end(), [](double value) { return std::isinf(value); }),
            "a value is finite or missing");
  }
  require(std::is_sorted(window.tags.begin(), window.tags.end()), "tags are sorted by their keys");
}

void check_json(const window::GroupWindow& window, const std::vector<ResultField>& fields) {
  const std::string line = formats::json_line(window, fields);
  require(line.find('\n') == std::string::npos, "a JSON line is one line");
  const auto read = nlohmann::json::parse(line, nullptr, false);
  require(!read.is_discarded() && read["fields"].size() == fields.size(),
          "a JSON line is JSON with all fields");
  for (const ResultField& field : fields) {
    const auto& value = read["fields"][std::string(field.name)];
    if (const double* number = std::get_if<double>(&field.value))
      require(value.get<double>() == *number, "a number in JSON reads back to the same value");
  }
}

void check(wire::Bytes stream) {
  static Engine first, second;
  Log silent(-1);
  detect::Pipeline& engine = first.without_groups();
  window::BatchWindows windows({"x", "hotend"}, silent);
  std::vector<ResultField> fields;
  std::string storage;
  wire::Bytes frame;
  while (wire::take_frame(stream, frame) == wire::FrameOutcome::complete) {
    const wire::Request request = wire::read_request(frame, storage);
    const window::GroupWindow* window = nullptr;
    if (request.kind == wire::RequestKind::begin) windows.begin(request.body);
    if (request.kind == wire::RequestKind::point) windows.point(request.body);
    if (request.kind == wire::RequestKind::end) windows.end(request.body, window);
    if (window == nullptr) continue;
    check_window(*window);
    const detect::Verdict& verdict = engine.judge(*window);
    detect::name_fields(verdict, fields);
    check_fields(verdict, fields);
    check_json(*window, fields);
  }
  require(engine.totals().failures == 0, "no detector fails, whatever the data");
  require(engine.totals().groups <= engine.plan().max_groups, "groups are forgotten by number");
  if (engine.totals().groups == 0) return;  // nothing to save
  const std::string saved = engine.save().bytes;
  detect::Pipeline& again = second.without_groups();
  require(again.restore(state::open(saved)).dropped.empty() && again.save().bytes == saved,
          "what was saved is restored whole");
}

}  // namespace
}  // namespace oddity::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  oddity::fuzz::check(std::as_bytes(std::span(data, size)));
  return 0;
}
