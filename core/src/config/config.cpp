#include "config/config.hpp"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <functional>
#include <set>

#include "base/error.hpp"

namespace oddity::config {
namespace {

namespace fs = std::filesystem;

/// Reads one file; gathers everything that is wrong in it.
class Reader {
 public:
  explicit Reader(const fs::path& file) : file_(file) {}

  Config read() {
    const YAML::Node root = load();
    if (complaints_.empty() && !root.IsNull()) {
      each_key(root, "the file", {"plugins", "defaults", "algorithms", "state"},
               [this](const std::string& key, const YAML::Node& value) {
                 if (key == "plugins") read_plugins(value);
                 if (key == "defaults")
                   config_.settings.defaults =
                       settings(value, "defaults", {"field", "size", "alpha", "algorithm"});
                 if (key == "algorithms") read_algorithms(value);
                 if (key == "state") read_state(value);
               });
    }
    if (!complaints_.empty()) throw Error(std::move(complaints_));
    return std::move(config_);
  }

 private:
  using Visit = std::function<void(const std::string&, const YAML::Node&)>;

  YAML::Node load() {
    try {
      return YAML::LoadFile(file_.string());
    } catch (const YAML::BadFile&) {
      complaints_.push_back(
          {fmt::format("configuration '{}'", file_.string()), "a YAML file", "no file that can be read", ""});
    } catch (const YAML::ParserException& wrong) {
      complaints_.push_back({at(wrong.mark), "YAML", wrong.msg, ""});
    }
    return {};
  }

  std::string at(const YAML::Mark& mark) const { return fmt::format("{}:{}", file_.string(), mark.line + 1); }

  /// Visits a map's entries; `known` empty: any key. Complains of anything but a map, of unknown and of
  /// repeated keys.
  void each_key(const YAML::Node& map, const std::string& what, const std::vector<std::string>& known,
                const Visit& visit) {
    if (map.IsNull()) return;
    if (!map.IsMap()) {
      complaints_.push_back(
          {at(map.Mark()), fmt::format("{} to be a map of keys and values", what), "something else", ""});
      return;
    }
    std::set<std::string> seen;
    for (const auto& entry : map) {
      if (!entry.first.IsScalar()) {
        complaints_.push_back({at(entry.first.Mark()), "a key that is a word", "something else", ""});
        continue;
      }
      const std::string& key = entry.first.Scalar();
      if (!seen.insert(key).second) {
        complaints_.push_back({at(entry.first.Mark()), "each key once", fmt::format("'{}' again", key), ""});
      } else if (!known.empty() && std::find(known.begin(), known.end(), key) == known.end()) {
        complaints_.push_back({at(entry.first.Mark()), fmt::format("a key of {}", what),
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
    complaints_.push_back(
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
          complaints_.push_back(
              {at(item.Mark()), "a folder", fmt::format("'{}', which is none", folder.string()), ""});
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

  void read_state(const YAML::Node& state) {
    each_key(state, "state", {"onMismatch"}, [this](const std::string&, const YAML::Node& value) {
      const std::string word = value.IsScalar() ? value.Scalar() : "";
      if (word != "fresh" && word != "refuse") {
        complaints_.push_back({at(value.Mark()), "'onMismatch' to be fresh or refuse",
                               fmt::format("'{}'", word), did_you_mean(word, {"fresh", "refuse"})});
      }
      config_.on_mismatch = word == "refuse" ? OnMismatch::refuse : OnMismatch::fresh;
    });
  }

  const fs::path& file_;
  Config config_;
  std::vector<Complaint> complaints_;
};

}  // namespace

Config read(const fs::path& file) { return Reader(file).read(); }

}  // namespace oddity::config
