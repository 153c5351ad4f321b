// Fuzzes the cutting of a stream of line protocol into lines.
//
// Input: how many bytes come at a time, then the stream.
//
// Holds:
// - line after line, as line_end cuts them, is what whole_lines says, up to its last byte;
// - where a line ends does not depend on how many bytes had come when it was looked for;
// - a line that can be read by itself is not joined with the next one, and no line ends within a text.
#include <vector>

#include "exchange/lines.hpp"
#include "fuzz.hpp"
#include "line_protocol/line_protocol.hpp"

namespace oddity::fuzz {
namespace {

using formats::Parsed;
using Lines = std::vector<std::string_view>;

Lines cut(std::string_view text) {
  Lines lines;
  for (std::size_t end = live::line_end(text); end != std::string_view::npos; end = live::line_end(text)) {
    require(end != 0 && end <= text.size() && text[end - 1] == '\n', "a line ends behind a newline");
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

/// The same, `step` bytes at a time, as they come out of a pipe.
Lines cut_as_they_come(std::string_view text, std::size_t step) {
  Lines lines;
  std::size_t begin = 0;
  for (std::size_t come = 0; come < text.size();) {
    come = std::min(come + step, text.size());
    const std::size_t whole = live::whole_lines(text.substr(begin, come - begin));
    for (const std::string_view line : cut(text.substr(begin, whole))) lines.push_back(line);
    begin += whole;
  }
  return lines;
}

Parsed parsed(std::string_view line) {
  formats::LineParser parser(formats::LineParser::EveryNumber{}, formats::Precision::ns);
  parser.set_times(formats::Precision::ns, 0);
  formats::Row row;
  std::string diagnostic;
  return parser.parse(line, row, diagnostic);
}

void check(std::string_view text, std::size_t step) {
  const Lines lines = cut(text);
  std::size_t size = 0;
  for (const std::string_view line : lines) {
    size += line.size();
    const std::string_view content = line.substr(0, line.size() - 1);
    const std::string_view first = content.substr(0, content.find('\n'));
    if (first.size() < content.size()) {
      const Parsed alone = parsed(first);
      require(alone == Parsed::open || alone == Parsed::unreadable, "what can be read by itself is a line");
    }
    require(parsed(content) != Parsed::open || line.size() > live::longest_open_text,
            "no line ends within a text");
  }
  require(live::whole_lines(text) == size, "whole lines are the lines that end");
  require(live::whole_lines(text, true) == text.size(), "at the end all is whole");
  const Lines come = cut_as_they_come(text, step);
  require(std::equal(lines.begin(), lines.end(), come.begin(), come.end(),
                     [](std::string_view a, std::string_view b) {
                       return a.data() == b.data() && a.size() == b.size();
                     }),
          "the same lines, however they come");
}

}  // namespace
}  // namespace oddity::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  oddity::fuzz::Input input(data, size);
  const std::size_t step = std::size_t{1} + input.number<std::uint8_t>();
  oddity::fuzz::check(input.rest(), step);
  return 0;
}
