// The function that Kapacitor calls: batches in, one point a judged window out.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "agent/handler.hpp"
#include "base/log.hpp"
#include "detect/engine.hpp"
#include "options/setting.hpp"
#include "report/report.hpp"
#include "setup/setup.hpp"
#include "window/batch_windows.hpp"

namespace oddity::kapacitor {

/// Joins the protocol's side to the engine: options in at init, windows in at each end of a batch, verdicts
/// out as points that keep name, tags, dimensions and byName, so that grouping survives behind the UDF.
class Detection : public agent::Handler {
 public:
  Detection(setup::Setup setup, Log& log) : setup_(std::move(setup)), log_(log) {}

  udf::InfoResponse info() override;
  void init(const udf::InitRequest& request) override;
  std::string snapshot() override;
  void restore(std::string_view state) override;
  bool begin(wire::Bytes body, wire::Responses& out) override;
  bool point(wire::Bytes body, wire::Responses& out) override;
  bool end(wire::Bytes body, wire::Responses& out) override;

  /// The log line at the end; nothing when there was no init (the process only answered Info).
  void tell_end(std::string_view ending, std::uint64_t frames_dropped);

 private:
  void tell_start(std::string_view state);
  void answer(const window::GroupWindow& window, const detect::Verdict& verdict, wire::Responses& out);

  setup::Setup setup_;
  Log& log_;
  std::string use_;  ///< "task 'x', node 'y'"
  setup::Ready ready_;
  std::unique_ptr<window::BatchWindows> windows_;
  std::vector<report::NamedField> fields_;
  udf::Point answer_;
  bool told_start_ = false;
};

/// The options as they come in an InitRequest, in the order of the script.
options::Settings settings_of(const udf::InitRequest& request);

}  // namespace oddity::kapacitor
