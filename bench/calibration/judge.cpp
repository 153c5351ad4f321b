#include "calibration/judge.hpp"

namespace oddity::calibration {
namespace {

Engine engine_of(const Setting& setting) {
  const bool promise = setting.alpha.find('/') != std::string::npos;
  EngineConfig config;
  config.options = {{"field", "value"},
                    {"size", std::to_string(setting.size)},
                    {"algorithm", std::string(setting.detector)},
                    {promise ? "falseAlarms" : "alpha", setting.alpha},
                    {"calibrate", std::string(setting.treatment.calibrate)},
                    {"autocorrelation", std::string(setting.treatment.autocorrelation)}};
  Host host;
  host.plugin_folders = {ODDITY_PLUGINS};
  return {config, std::move(host)};
}

}  // namespace

Judge::Judge(const Setting& setting) : engine_(engine_of(setting)) {}

const Judgement& Judge::judge(std::string_view group, std::span<const double> rows) {
  constexpr std::int64_t minute = 60'000'000'000;
  const std::int64_t begin = minute_++ * minute;
  const auto count = static_cast<std::int64_t>(rows.size());
  times_.clear();
  for (std::int64_t row = 0; row < count; ++row) times_.push_back(begin + row * minute / count);
  return engine_.judge(group, begin + minute, times_, {{rows}});
}

double number_of(const Judgement& judgement, std::string_view name) {
  for (const ResultField& field : judgement.fields) {
    if (field.name != name) continue;
    if (const double* number = std::get_if<double>(&field.value)) return *number;
    const bool* const flag = std::get_if<bool>(&field.value);
    return flag != nullptr && *flag ? 1 : 0;
  }
  return 0;
}

}  // namespace oddity::calibration
