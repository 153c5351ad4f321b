#include "detection/detection.hpp"

#include <chrono>

#include "base/error.hpp"

namespace oddity::kapacitor {
namespace {

void declare(udf::InfoResponse& info, const char* option, std::initializer_list<udf::ValueType> types) {
  auto& declared = (*info.mutable_options())[option];
  for (const udf::ValueType type : types) declared.add_valuetypes(type);
}

udf::ValueType value_type(std::int32_t option_type) noexcept {
  switch (option_type) {
    case ODDITY_BOOL:
      return udf::BOOL;
    case ODDITY_INT:
      return udf::INT;
    case ODDITY_DOUBLE:
      return udf::DOUBLE;
    case ODDITY_DURATION:
      return udf::DURATION;
    default:
      return udf::STRING;
  }
}

}  // namespace

Detection::Detection(setup::Setup setup, Log& log, std::optional<Daemon> daemon, Edge edge,
                     std::string start_from)
    : setup_(std::move(setup)),
      log_(log),
      edge_(edge),
      answers_(log),
      daemon_(std::move(daemon)),
      start_from_(std::move(start_from)),
      left_out_told_(std::chrono::minutes(1)) {}

/// A constant: it reads no file and loads no plugin, so nothing can keep Kapacitor from starting. The options
/// are the core's only; a plugin's own come by .param('name', 'value').
udf::InfoResponse Detection::info() {
  udf::InfoResponse info;
  info.set_wants(edge_ == Edge::batch ? udf::BATCH : udf::STREAM);
  info.set_provides(udf::STREAM);
  for (const options::CoreOption& option : options::core_options) {
    if (option.may_stand(options::in_tickscript))
      declare(info, option.spec.name, {value_type(option.spec.type)});
  }
  declare(info, options::param_name, {udf::STRING, udf::STRING});
  return info;
}

void Detection::init(const udf::InitRequest& request) {
  const std::string use = fmt::format("task '{}', node '{}'", request.taskid(), request.nodeid());
  log_.set_use(use);
  running_.set_use(use);
  try {
    ready_ = setup_.prepare(
        settings_of(request), log_, &running_,
        edge_ == Edge::stream ? setup::Windows::are_made_of_points : setup::Windows::come_finished);
  } catch (const Error& wrong) {
    for (const Diagnostic& diagnostic : wrong.diagnostics()) log_.write(diagnostic.sentence());
    open_store(request);  // a state left for this use is not for one that a request starts
    throw;
  }
  make_windows();
  saved_ = {state::draw_run_id(), 0};
  log_.line("started with {}; {}", ready_.options.text(), open_store(request));
  for (const std::string& note : ready_.options.notes) log_.write(note);
}

agent::Limits Detection::limits(const agent::Limits& usual) const {
  const config::Limits& given = setup_.config().limits;
  agent::Limits limits = usual;
  const auto take = [](const std::optional<std::int64_t>& nanoseconds, agent::Limits::Time& to) {
    if (nanoseconds) to = std::chrono::ceil<agent::Limits::Time>(std::chrono::nanoseconds(*nanoseconds));
  };
  take(given.call, limits.call);
  take(given.heartbeat, limits.heartbeat);
  take(given.output_stall, limits.write_stall);
  take(given.end_stall, limits.after_end_stall);
  take(given.end_call, limits.after_end_call);
  if (given.inbox) limits.inbox_bytes = static_cast<std::size_t>(*given.inbox);
  return limits;
}

agent::Handler::Activity Detection::activity() const { return {running_.what(), running_.where()}; }

void Detection::make_windows() {
  const options::ResolvedOptions& options = ready_.options;
  if (edge_ == Edge::batch) {
    batches_ = std::make_unique<window::BatchWindows>(options.fields, log_);
  } else {
    stream_ = std::make_unique<window::StreamWindows>(
        options.fields, options.window, window::OpenGroups{options.max_groups, options.ttl}, log_);
  }
}

bool Detection::begin(wire::Bytes body, wire::Responses&) {
  if (!batches_) return false;
  start_without_restore();
  look_at_daemon();
  return batches_->begin(body);
}

bool Detection::point(wire::Bytes body, wire::Responses& out) {
  if (stream_) return stream_point(body, out);
  return batches_ && batches_->point(body);
}

void Detection::points(wire::Bytes& frames) {
  if (batches_) batches_->points(frames);
}

bool Detection::end(wire::Bytes body, wire::Responses& out) {
  const window::GroupWindow* window = nullptr;
  if (!batches_ || !batches_->end(body, window)) return false;
  if (window == nullptr) return true;
  answers_.of_window(*window, ready_.engine->judge(*window), out);
  tell_group_that_starts_fresh(*window);
  return true;
}

void Detection::finish(std::string_view ending, std::uint64_t frames_dropped) {
  if (!ready_.engine) return;
  start_without_restore();
  const std::string state = save_at_the_end();
  if (stream_) tell_points();
  if (batches_ && batches_->unended_points() != 0)
    log_.line("{} points in batches that did not end: they are in no window", batches_->unended_points());
  const auto totals = ready_.engine->totals();
  if (totals.unanswered != 0)
    log_.line(
        "{} windows of a field got no answer from a detector: the first one of each field is logged above",
        totals.unanswered);
  log_.line(
      "ended ({}): {} windows in {} groups, {} anomalies; dropped: {} windows without a value, {} messages "
      "outside a batch, {} malformed frames, {} failures of detectors, {} log lines; forgotten: {} groups by "
      "age, {} by number; state {}",
      ending, totals.windows, totals.groups, totals.anomalies, totals.empty,
      batches_ ? batches_->dropped() : 0, frames_dropped, totals.failures, log_.dropped(), totals.expired,
      totals.evicted, state);
}

}  // namespace oddity::kapacitor
