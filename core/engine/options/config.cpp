#include "options/config.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <optional>
#include <set>
#include <sstream>

#include "options/core_options.hpp"
#include "options/parse.hpp"

namespace oddity::config {
namespace {

namespace fs = std::filesystem;

/// Where a second document begins that has something in it; one with nothing is what a line of three hyphens
/// at the end leaves behind.
class SecondDocument : public YAML::EventHandler {
 public:
  static std::optional<YAML::Mark> in(const std::string& text) {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    SecondDocument second;
    // From some texts that are not YAML the parser makes empty documents without end; a real
    // document takes at least a line.
    auto most = 2 + std::count_if(text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; });
    while (most-- > 0 && !second.begins_ && parser.HandleNextDocument(second)) ++second.before_;
    return second.begins_;
  }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { note(mark); }
  void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t, const std::string&) override {
    note(mark);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    note(mark);
  }
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    note(mark);
  }
  void OnMapEnd() override {}

 private:
  void note(const YAML::Mark& mark) {
    if (before_ != 0 && !begins_) begins_ = mark;
  }

  int before_ = 0;
  std::optional<YAML::Mark> begins_;
};

/// Reads one file and collects everything that is wrong in it.
class Reader {
 public:
  explicit Reader(const fs::path& file) : file_(file) {}

  /// What could be read of `text`; all that is wrong is in diagnostics().
  Config read(const std::string& text) {
    const YAML::Node root = document(text);
    if (!diagnostics_.empty() || root.IsNull()) return {};
    each_key(root, "the file", {"plugins", "defaults", "algorithms", "limits", "state"},
             [this](const std::string& key, const YAML::Node& value) {
               if (key == "plugins") read_plugins(value);
               if (key == "defaults")
                 config_.settings.defaults =
                     settings(value, "defaults", options::core_option_names(options::in_yaml));
               if (key == "algorithms") read_algorithms(value);
               if (key == "limits") read_limits(value);
               if (key == "state") read_state(value);
             });
    return std::move(config_);
  }
  std::vector<Diagnostic>& diagnostics() noexcept { return diagnostics_; }

 private:
  using Visit = std::function<void(const std::string&, const YAML::Node&)>;

  YAML::Node document(const std::string& text) {
    try {
      const YAML::Node root = YAML::Load(text);
      if (const auto second = SecondDocument::in(text)) {
        diagnostics_.push_back(
            {at(*second), "one YAML document", "the beginning of another",
             "put all keys below one another, without a line of three hyphens between them"});
      }
      return root;
    } catch (const YAML::ParserException& wrong) {
      diagnostics_.push_back({at(wrong.mark), "YAML", wrong.msg, ""});
    }
    return {};
  }

  std::string at(const YAML::Mark& mark) const { return fmt::format("{}:{}", file_.string(), mark.line + 1); }

  /// Visits a map's entries; `known` empty: any key. Adds a diagnostic for anything but a map, and for
  /// unknown and repeated keys.
  void each_key(const YAML::Node& map, const std::string& what, const std::vector<std::string>& known,
                const Visit& visit) {
    if (map.IsNull()) return;
    if (!map.IsMap()) {
      diagnostics_.push_back(
          {at(map.Mark()), fmt::format("{} to be a map of keys and values", what), "something else", ""});
      return;
    }
    std::set<std::string> seen;
    for (const auto& entry : map) {
      if (!entry.first.IsScalar()) {
        diagnostics_.push_back({at(entry.first.Mark()), "a key that is a word", "something else", ""});
        continue;
      }
      const std::string& key = entry.first.Scalar();
      if (!seen.insert(key).second) {
        diagnostics_.push_back({at(entry.first.Mark()), "each key once", fmt::format("'{}' again", key), ""});
      } else if (!known.empty() && std::find(known.begin(), known.end(), key) == known.end()) {
        diagnostics_.push_back({at(entry.first.Mark()), fmt::format("a key of {}", what),
                                fmt::format("'{}'", key), near(key, known)});
      } else {
        visit(key, entry.second);
      }
    }
  }

  static std::string near(const std::string& key, const std::vector<std::string>& known) {
    const std::string meant = did_you_mean(key, known);
    if (!meant.empty()) return meant;
    std::string all;
    for (const std::string& word : known) all += (all.empty() ? "the keys are " : ", ") + word;
    return all;
  }

  /// A scalar, or a list of scalars.
  std::vector<YAML::Node> scalars(const std::string& key, const YAML::Node& value) {
    if (value.IsScalar()) return {value};
    std::vector<YAML::Node> all;
    if (value.IsSequence()) {
      for (const auto& item : value) {
        if (item.IsScalar()) all.push_back(item);
      }
      if (all.size() == value.size() && !all.empty()) return all;
    }
    diagnostics_.push_back(
        {at(value.Mark()), fmt::format("'{}' to be a value or a list of values", key), "something else", ""});
    return {};
  }

  std::vector<options::Setting> settings(const YAML::Node& map, const std::string& what,
                                         const std::vector<std::string>& known) {
    std::vector<options::Setting> found;
    each_key(map, what, known, [&](const std::string& key, const YAML::Node& value) {
      for (const YAML::Node& item : scalars(key, value))
        found.push_back({key, options::Text{item.Scalar()}, at(item.Mark())});
    });
    return found;
  }

  void read_plugins(const YAML::Node& plugins) {
    each_key(plugins, "plugins", {"folders"}, [this](const std::string& key, const YAML::Node& value) {
      for (const YAML::Node& item : scalars(key, value)) {
        const fs::path folder = fs::absolute(file_).parent_path() / item.Scalar();
        std::error_code none;
        if (!fs::is_directory(folder, none)) {
          diagnostics_.push_back(
              {at(item.Mark()), "a folder", fmt::format("'{}', which is not a folder", folder.string()), ""});
        }
        config_.plugin_folders.push_back(folder);
      }
    });
  }

  void read_algorithms(const YAML::Node& algorithms) {
    each_key(algorithms, "algorithms", {}, [this](const std::string& name, const YAML::Node& value) {
      config_.settings.algorithms.push_back(
          {name, at(value.Mark()), settings(value, "algorithm '" + name + "'", {})});
    });
  }

  /// A scalar that `parse` reads to a number above 0.
  template <class Parse>
  std::optional<std::int64_t> number(const std::string& key, const YAML::Node& value, const char* expected,
                                     Parse&& parse) {
    const std::string text = value.IsScalar() ? value.Scalar() : "";
    const auto parsed = parse(text);
    if (parsed && *parsed > 0) return parsed;
    diagnostics_.push_back(
        {at(value.Mark()), fmt::format("'{}' to be {}", key, expected), fmt::format("'{}'", text), ""});
    return std::nullopt;
  }
  std::optional<std::int64_t> duration(const std::string& key, const YAML::Node& value) {
    return number(key, value, "a duration such as 500ms, 30s or 7d", options::parse_duration);
  }
  std::optional<std::int64_t> size(const std::string& key, const YAML::Node& value) {
    return number(key, value, "a size such as 8MiB or 32MB", options::parse_size);
  }

  void read_limits(const YAML::Node& limits) {
    Limits& to = config_.limits;
    each_key(limits, "limits", {"call", "heartbeat", "outputStall", "endStall", "endCall", "inbox"},
             [&](const std::string& key, const YAML::Node& value) {
               if (key == "call") to.call = duration(key, value);
               if (key == "heartbeat") to.heartbeat = duration(key, value);
               if (key == "outputStall") to.output_stall = duration(key, value);
               if (key == "endStall") to.end_stall = duration(key, value);
               if (key == "endCall") to.end_call = duration(key, value);
               if (key == "inbox") to.inbox = size(key, value);
             });
  }

  void read_state(const YAML::Node& state) {
    State& to = config_.state;
    each_key(state, "state", {"onMismatch", "dir", "keep", "maxKept", "maxSnapshot"},
             [&](const std::string& key, const YAML::Node& value) {
               if (key == "onMismatch") read_on_mismatch(value);
               if (key == "dir") read_dir(value);
               if (key == "keep") to.keep = duration(key, value).value_or(to.keep);
               if (key == "maxKept") to.max_kept = size(key, value).value_or(to.max_kept);
               if (key == "maxSnapshot") to.max_snapshot = size(key, value).value_or(to.max_snapshot);
             });
  }

  void read_on_mismatch(const YAML::Node& value) {
    const std::string word = value.IsScalar() ? value.Scalar() : "";
    if (word != "fresh" && word != "refuse") {
      diagnostics_.push_back({at(value.Mark()), "'onMismatch' to be fresh or refuse",
                              fmt::format("'{}'", word), did_you_mean(word, {"fresh", "refuse"})});
    }
    config_.state.on_mismatch = word == "refuse" ? OnMismatch::refuse : OnMismatch::fresh;
  }

  void read_dir(const YAML::Node& value) {
    if (!value.IsScalar() || value.Scalar().empty()) {
      diagnostics_.push_back({at(value.Mark()), "'dir' to be a folder, or off", "something else", ""});
    } else if (value.Scalar() == "off") {
      config_.state.dir = fs::path();
    } else {
      config_.state.dir = fs::absolute(file_).parent_path() / value.Scalar();
      config_.state.dir_origin = at(value.Mark());
    }
  }

  const fs::path& file_;
  Config config_;
  std::vector<Diagnostic> diagnostics_;
};

/// nullptr, or what was found instead of a file.
const char* read_whole(const fs::path& file, std::string& text) {
  std::error_code none;
  if (fs::is_directory(file, none)) return "a folder";
  std::ifstream in(file, std::ios::binary);
  std::ostringstream whole;
  whole << in.rdbuf();
  // An empty file sets the failbit of `whole` and is fine.
  if (!in.is_open() || in.bad()) return "a file that cannot be read";
  text = std::move(whole).str();
  return nullptr;
}

}  // namespace

Config read(const fs::path& file, std::vector<Diagnostic>& diagnostics) {
  std::string text;
  const char* const wrong = read_whole(file, text);
  if (wrong != nullptr) {
    diagnostics.push_back({fmt::format("configuration '{}'", file.string()), "a YAML file", wrong, ""});
    return {};
  }
  return read_text(text, file, diagnostics);
}

Config read(const fs::path& file) {
  std::vector<Diagnostic> diagnostics;
  Config config = read(file, diagnostics);
  if (!diagnostics.empty()) throw Error(std::move(diagnostics));
  return config;
}

Config read_text(const std::string& text, const fs::path& file, std::vector<Diagnostic>& diagnostics) {
  Reader reader(file);
  Config config = reader.read(text);
  diagnostics.insert(diagnostics.end(), reader.diagnostics().begin(), reader.diagnostics().end());
  return config;
}

Config read_text(const std::string& text, const fs::path& file) {
  std::vector<Diagnostic> diagnostics;
  Config config = read_text(text, file, diagnostics);
  if (!diagnostics.empty()) throw Error(std::move(diagnostics));
  return config;
}

}  // namespace oddity::config
