// A program outside of this tree: it links liboddity and nothing else, and
// judges a series with a level shift.
//
// foreign_host PLUGIN_FOLDER [SANDBOX]
#include <oddity/engine/engine.hpp>

#include <array>
#include <cmath>
#include <cstdio>
#include <limits>

namespace {

constexpr std::int64_t second = 1'000'000'000;

/// A minute of a calm sine, lifted by `shift`.
oddity::GroupWindow minute(std::int64_t index, double shift) {
  oddity::GroupWindow window;
  window.group = "host=a";
  window.end = (index + 1) * 60 * second;
  window.columns.resize(1);
  for (std::int64_t row = 0; row < 60; ++row) {
    window.times.push_back((index * 60 + row) * second);
    window.columns[0].push_back(20 + shift + std::sin(static_cast<double>(row * 7 + index)));
  }
  return window;
}

void print(const oddity::Judgement& judgement) {
  const char* const state = judgement.anomalous ? "odd" : judgement.judged ? "calm" : "silent";
  std::printf("%s p=%.4g s=%.4g", state, judgement.p, judgement.score);
  for (const oddity::ResultField& field : judgement.fields) {
    if (const double* number = std::get_if<double>(&field.value))
      std::printf(" %.*s=%.4g", static_cast<int>(field.name.size()), field.name.data(), *number);
    if (const auto* text = std::get_if<std::string_view>(&field.value))
      std::printf(" %.*s='%.*s'", static_cast<int>(field.name.size()), field.name.data(),
                  static_cast<int>(text->size()), text->data());
  }
  std::printf("\n");
}

}  // namespace

int main(int count, char** arguments) {
  oddity::EngineConfig config;
  config.options = {{"field", "temperature"}, {"size", "600"}, {"alpha", "0.001"}};
  oddity::Host host;
  host.log = [](std::string_view line) {
    std::printf("log: %.*s\n", static_cast<int>(line.size()), line.data());
  };
  if (count > 1) host.plugin_folders = {arguments[1]};
  if (count > 2) host.sandbox = arguments[2];

  oddity::Engine engine(config, host);
  for (std::int64_t index = 0; index < 8; ++index) print(engine.judge(minute(index, index == 6 ? 5 : 0)));

  // Saved, restored into another engine, gone on: the same.
  oddity::Engine restored(config, host);
  const auto taken = restored.restore(engine.save());
  std::printf("restored %zu group, %zu detector%s\n", taken.groups, taken.detectors, taken.dropped.c_str());
  const double p = engine.judge(minute(8, 0)).p;
  if (restored.judge(minute(8, 0)).p != p) return 1;

  // Columns, for whoever has no GroupWindow.
  const std::array<std::int64_t, 3> times{541 * second, 542 * second, 543 * second};
  const std::array<double, 3> values{90, std::numeric_limits<double>::quiet_NaN(), 91};
  const std::array<std::span<const double>, 1> columns{values};
  print(engine.judge("host=a", 544 * second, times, columns));

  // A detector that says why.
  oddity::EngineConfig with_reasons;
  with_reasons.options = {{"field", "temperature"}, {"alpha", "0.001"}, {"algorithm", "novelty"}};
  oddity::Engine novelty(with_reasons, host);
  for (std::int64_t index = 0; index < 20; ++index) novelty.judge(minute(index, 0));
  print(novelty.judge(minute(20, 0)));
  print(novelty.judge(minute(21, 50)));

  try {
    config.options.push_back({"alhpa", "0.1"});
    oddity::Engine wrong(config, host);
  } catch (const oddity::Error& error) {
    std::printf("error: %s\n", error.what());
    return 0;
  }
  return 1;
}
