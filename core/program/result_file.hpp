// Where a verb's results go: a file that appears whole, or a stream.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/replaced_file.hpp"

namespace oddity::program {

/// A file named by an option.
struct NamedFile {
  std::string option;  ///< "--output"; of inputs "input"
  std::string path;    ///< "-" is stdin or stdout, empty is none
};

/// Throws oddity::Error when a result would be written over one of `inputs`, or two results to one place:
/// whatever the paths, through links of both kinds too. Stdout counts as an output where it is a file.
void require_apart(const std::vector<NamedFile>& inputs, const std::vector<NamedFile>& outputs);

/// Whether two inputs are one ordinary file, whatever their paths.
bool same_input(const std::string& one, const std::string& other);

/// 1. ResultFile(option, path) before the work begins: throws oddity::Error
///    when nothing can be written there.
/// 2. write(bytes);
/// 3. finish(), which throws when there was no room.
///
/// An ordinary file is replaced when the result is finished, and not touched before. Anything else (a pipe,
/// /dev/null, /dev/stdout) is written as results come, like stdout, for which the path "" or "-" stands.
class ResultFile {
 public:
  ResultFile(const std::string& option, const std::string& path);
  ResultFile(const ResultFile&) = delete;
  ResultFile& operator=(const ResultFile&) = delete;
  ~ResultFile();

  void write(std::string_view bytes);
  void finish();
  /// Writes what is held back, for results that are read while they come.
  void flush();
  bool replaces() const noexcept { return file_ != nullptr; }

 private:
  std::string option_;
  std::string held_;
  std::unique_ptr<ReplacedFile> file_;
  int descriptor_ = -1;  ///< where it is not a file to be replaced
};

/// finish() of each that there is. What fails while one of them is written leaves every place as it was.
void finish_together(std::initializer_list<ResultFile*> files);

}  // namespace oddity::program
