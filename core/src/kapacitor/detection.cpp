#include "kapacitor/detection.hpp"

#include "base/error.hpp"
#include "state/envelope.hpp"

namespace oddity::kapacitor {
namespace {

void declare(udf::InfoResponse& info, const char* option, std::initializer_list<udf::ValueType> types) {
  auto& declared = (*info.mutable_options())[option];
  for (const udf::ValueType type : types) declared.add_valuetypes(type);
}

}  // namespace

/// A constant: it reads no file and loads no plugin, so nothing can keep Kapacitor from starting. The options
/// are the core's only; a plugin's own come by .param('name', 'value').
udf::InfoResponse Detection::info() {
  udf::InfoResponse info;
  info.set_wants(udf::BATCH);
  info.set_provides(udf::STREAM);
  declare(info, "field", {udf::STRING});
  declare(info, "size", {udf::INT});
  declare(info, "alpha", {udf::DOUBLE});
  declare(info, "algorithm", {udf::STRING});
  declare(info, "param", {udf::STRING, udf::STRING});
  return info;
}

void Detection::init(const udf::InitRequest& request) {
  use_ = fmt::format("task '{}', node '{}'", request.taskid(), request.nodeid());
  ready_ = setup_.prepare(settings_of(request), log_);
  windows_ = std::make_unique<window::BatchWindows>(ready_.options.fields, log_);
  for (const std::string& note : ready_.options.notes) log_.line("{}: {}", use_, note);
}

void Detection::tell_start(std::string_view state) {
  if (std::exchange(told_start_, true)) return;
  log_.line("{}: started with {}; {}", use_, ready_.options.text(), state);
}

std::string Detection::snapshot() { return ready_.engine ? ready_.engine->save() : std::string(); }

void Detection::restore(std::string_view state) {
  if (!ready_.engine) return;
  if (state.empty()) return tell_start("state fresh: the snapshot is empty");
  try {
    const auto restored = ready_.engine->restore(state);
    if (!restored.dropped.empty() && setup_.config().on_mismatch == config::OnMismatch::refuse) {
      throw state::EnvelopeError(restored.dropped);
    }
    tell_start(fmt::format("state restored: {} groups, {} detectors{}{}", restored.groups, restored.detectors,
                           restored.dropped.empty() ? "" : "; not used: ", restored.dropped));
  } catch (const state::EnvelopeError& unusable) {
    // A refused restore stops the task until somebody deletes it, so a fresh start is the default.
    if (setup_.config().on_mismatch == config::OnMismatch::refuse) {
      throw Error({use_, "a saved state that can be used", unusable.what(),
                   "state.onMismatch: fresh starts anew instead"});
    }
    tell_start(fmt::format("STATE LOST, starting fresh: {}", unusable.what()));
  }
}

bool Detection::begin(wire::Bytes body, wire::Responses&) {
  if (!windows_) return false;
  tell_start("state fresh: Kapacitor has no snapshot of this node");
  return windows_->begin(body);
}

bool Detection::point(wire::Bytes body, wire::Responses&) { return windows_ && windows_->point(body); }

bool Detection::end(wire::Bytes body, wire::Responses& out) {
  const window::GroupWindow* window = nullptr;
  if (!windows_ || !windows_->end(body, window)) return false;
  if (window != nullptr) answer(*window, ready_.engine->judge(*window), out);
  return true;
}

void Detection::answer(const window::GroupWindow& window, const detect::Verdict& verdict,
                       wire::Responses& out) {
  report::name_fields(verdict, fields_);
  if (fields_.empty()) return;
  answer_.Clear();
  answer_.set_time(window.end);
  answer_.set_name(window.name);
  answer_.set_group(window.group);
  answer_.set_byname(window.by_name);
  for (const auto& [key, value] : window.tags) {
    answer_.add_dimensions(key);
    udf::Tag& tag = *answer_.add_tags();
    tag.set_key(key);
    tag.set_value(value);
  }
  for (const report::NamedField& field : fields_) {
    if (const double* number = std::get_if<double>(&field.value)) {
      auto& entry = *answer_.add_fieldsdouble();
      entry.set_key(field.name);
      entry.set_value(*number);
    } else {
      auto& entry = *answer_.add_fieldsbool();
      entry.set_key(field.name);
      entry.set_value(std::get<bool>(field.value));
    }
  }
  out.point(answer_);
}

void Detection::tell_end(std::string_view ending, std::uint64_t frames_dropped) {
  if (!ready_.engine) return;
  tell_start("state fresh");
  const auto totals = ready_.engine->totals();
  log_.line(
      "{}: ended ({}): {} windows in {} groups, {} anomalies; dropped: {} windows without a value, {} "
      "messages outside a batch, "
      "{} malformed frames, {} failures of detectors, {} log lines",
      use_, ending, totals.windows, totals.groups, totals.anomalies, totals.empty, windows_->dropped(),
      frames_dropped, totals.failures, log_.dropped());
}

}  // namespace oddity::kapacitor
