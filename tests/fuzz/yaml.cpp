// Fuzzes the reading of a YAML deployment from any bytes.
//
// Holds:
// - either there are diagnostics, each naming the file and a line that it has, or a configuration;
// - a setting's origin is a line of the file; plugin folders are absolute;
// - written out plainly and read again, a configuration is the same; memory stays in proportion to the text.
#include "base/error.hpp"
#include "fuzz.hpp"
#include "options/config.hpp"
#include "options/parse.hpp"

namespace oddity::fuzz {
namespace {

constexpr std::string_view file = "/nowhere/oddity.yaml";

/// The line in "/nowhere/oddity.yaml:12"; 0: there is none.
std::size_t line_of(std::string_view place) {
  if (!place.starts_with(file) || place.substr(file.size(), 1) != ":") return 0;
  return std::strtoul(std::string(place.substr(file.size() + 1)).c_str(), nullptr, 10);
}

/// A line ends with LF, CR or both, as YAML has it.
std::size_t lines_of(std::string_view text) {
  return 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n') +
                                      std::count(text.begin(), text.end(), '\r'));
}

void require_line(std::string_view place, std::size_t lines) {
  const std::size_t line = line_of(place);
  require(line >= 1 && line <= lines, "a place is a line of the file");
}

/// In double quotes, all but plain letters as code points.
std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7f) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\x%02x", byte);
      out += escape;
    } else {
      out += c;
    }
  }
  return out + "\"";
}

using Pairs = std::vector<std::pair<std::string, std::string>>;

Pairs pairs_of(const std::vector<options::Setting>& settings) {
  Pairs pairs;
  for (const options::Setting& setting : settings)
    pairs.emplace_back(setting.name, std::get<options::Text>(setting.value).text);
  return pairs;
}

/// Mentions of one name stand together, as they were read: a key and a list.
std::string as_map(const std::vector<options::Setting>& settings, const std::string& indent) {
  std::string text;
  const std::string* last = nullptr;
  for (const options::Setting& setting : settings) {
    if (last == nullptr || *last != setting.name) text += indent + in_quotes(setting.name) + ":\n";
    text += indent + "  - " + in_quotes(std::get<options::Text>(setting.value).text) + "\n";
    last = &setting.name;
  }
  return text;
}

std::string written(const config::Config& config) {
  std::string text = "state:\n  onMismatch: ";
  text += config.state.on_mismatch == config::OnMismatch::refuse ? "refuse\n" : "fresh\n";
  text += "  keep: " + options::print_duration(config.state.keep) + "\n";
  text += "  maxSnapshot: " + std::to_string(config.state.max_snapshot) + "\n";
  if (config.state.dir)
    text += "  dir: " + (config.state.dir->empty() ? "off" : in_quotes(config.state.dir->string())) + "\n";
  if (config.limits.call) text += "limits: {call: " + options::print_duration(*config.limits.call) + "}\n";
  text += "defaults:\n" + as_map(config.settings.defaults, "  ") + "algorithms:\n";
  for (const auto& section : config.settings.algorithms)
    text += "  " + in_quotes(section.algorithm) + ":\n" + as_map(section.settings, "    ");
  return text;
}

void check_config(const config::Config& config, std::size_t lines) {
  for (const auto& folder : config.plugin_folders)
    require(folder.is_absolute(), "a plugin folder is absolute");
  require(!config.state.dir || config.state.dir->empty() || config.state.dir->is_absolute(),
          "a folder is absolute");
  require(config.state.keep > 0 && config.state.max_snapshot > 0, "what is given is more than nothing");
  for (const options::Setting& setting : config.settings.defaults) require_line(setting.origin, lines);
  for (const auto& section : config.settings.algorithms) {
    for (const options::Setting& setting : section.settings) require_line(setting.origin, lines);
  }
  const config::Config again = config::read_text(written(config), file);
  require(again.state.on_mismatch == config.state.on_mismatch && again.state.keep == config.state.keep &&
              again.state.max_snapshot == config.state.max_snapshot && again.state.dir == config.state.dir,
          "state is read again");
  require(again.limits.call == config.limits.call, "a limit is read again");
  require(pairs_of(again.settings.defaults) == pairs_of(config.settings.defaults), "defaults are read again");
  require(again.settings.algorithms.size() == config.settings.algorithms.size(), "algorithms are read again");
  for (std::size_t i = 0; i < again.settings.algorithms.size(); ++i) {
    require(again.settings.algorithms[i].algorithm == config.settings.algorithms[i].algorithm &&
                pairs_of(again.settings.algorithms[i].settings) ==
                    pairs_of(config.settings.algorithms[i].settings),
            "an algorithm's options are read again");
  }
}

void check(const std::string& text) {
  const std::size_t lines = lines_of(text);
  const Held held;
  try {
    const config::Config config = config::read_text(text, file);
    require_proportion(held, text.size(), 4000);
    check_config(config, lines);
  } catch (const Error& wrong) {
    require(!wrong.diagnostics().empty(), "an error has a diagnostic");
    for (const Diagnostic& diagnostic : wrong.diagnostics()) {
      require_line(diagnostic.where, lines);
      require(diagnostic.sentence().size() > diagnostic.where.size(), "a diagnostic says what is wrong");
    }
  }
}

}  // namespace
}  // namespace oddity::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  oddity::fuzz::check(std::string(oddity::fuzz::Input(data, size).rest()));
  return 0;
}
