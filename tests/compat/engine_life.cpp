// engine_life FOLDER NAME: what the whole engine makes of the detector NAME in FOLDER, as text: the same from
// an engine of any version of the plugin ABI.
//
// The way of every front: options, gates, loading, judging, naming the results, saving and restoring.
// Compiled with the engine's own sources, so that the engine can be built against other headers than today's.
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <exception>
#include <variant>

#include "compat/life.hpp"
#include "detect/results.hpp"
#include "plugin/probe.hpp"
#include "setup/setup.hpp"

namespace {

using namespace oddity;

/// The child's side of the gates: this program takes the place of `oddity probe FILE`.
int probe(const char* file) {
  constexpr int listener = 3;
  try {
    plugin::try_plugin(file);
    return ::write(listener, plugin::probe_passed, std::strlen(plugin::probe_passed)) > 0 ? 0 : 1;
  } catch (const std::exception& wrong) {
    return ::write(listener, wrong.what(), std::strlen(wrong.what())) > 0 ? 1 : 2;
  }
}

setup::Ready prepare(setup::Setup& setup, const char* algorithm, Log& log) {
  options::Settings settings;
  for (const auto& [name, value] : {std::pair("field", "x"), std::pair("alpha", "0.01"),
                                    std::pair("size", "400"), std::pair("algorithm", algorithm)})
    settings.given.push_back({name, options::Text{value}, ""});
  return setup.prepare(std::move(settings), log);
}

void print(const std::vector<ResultField>& fields) {
  for (const ResultField& field : fields) {
    if (const auto* const text = std::get_if<std::string_view>(&field.value)) {
      std::printf(" %s='%s'", std::string(field.name).c_str(), std::string(*text).c_str());
      continue;
    }
    const double* const number = std::get_if<double>(&field.value);
    std::printf(" %s=%s", std::string(field.name).c_str(),
                number != nullptr             ? compat::Instance::exact(*number).c_str()
                : std::get<bool>(field.value) ? "true"
                                              : "false");
  }
  std::printf("\n");
}

void live(const char* folder, const char* algorithm) {
  Log log(STDERR_FILENO);
  setup::Setup setup(std::nullopt, {folder}, {"/proc/self/exe", {}});
  setup::Ready ready = prepare(setup, algorithm, log);
  std::printf("%s\n", ready.options.text().c_str());
  compat::Readings readings;
  std::vector<ResultField> fields;
  window::GroupWindow window;
  window.group = "g";
  for (std::int64_t turn = 0; turn < 40; ++turn) {
    window.columns = {readings.window(compat::rows_each)};
    window.times.clear();
    for (const double value : window.columns[0]) {
      static_cast<void>(value);
      window.times.push_back(++window.end);
    }
    detect::name_fields(ready.engine->judge(window), fields);
    print(fields);
    if (turn != 20) continue;
    const auto saved = ready.engine->save();
    ready = prepare(setup, algorithm, log);
    ready.engine->restore(state::open(saved.bytes));
  }
  std::printf("saved %s\n", compat::hexadecimal(ready.engine->save().bytes).c_str());
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) return 2;
  if (std::strcmp(arguments[1], "probe") == 0) return probe(arguments[2]);
  try {
    live(arguments[1], arguments[2]);
    return 0;
  } catch (const std::exception& wrong) {
    std::fprintf(stderr, "%s\n", wrong.what());
    return 1;
  }
}
