// Fuzzes what is read from Kapacitor's pipe and what is written to it: frames,
// requests, begin, point and end.
//
// Holds:
// - points taken many at once are the rows that they are one by one;
// - frames are cut in order, inside the bytes, and an incomplete or broken one leaves the rest alone;
// - what libprotobuf reads, we read, to the same values; what it refuses, we refuse, except where we do not
//   look (tags of a begin, what a point has beside its time and chosen fields);
// - a column holds finite numbers and NaN, one a point; a malformed point leaves no row;
// - what is written can be read again, is UTF-8 and finite.
#include <cmath>

#include "base/utf8.hpp"
#include "fuzz.hpp"
#include "udf.pb.h"
#include "wire/batch.hpp"
#include "wire/frame.hpp"
#include "wire/plain_points.hpp"
#include "wire/point.hpp"
#include "wire/point_head.hpp"
#include "wire/request.hpp"
#include "wire/responses.hpp"

namespace oddity::fuzz {
namespace {

using wire::Bytes;

template <class Message>
bool parse(Message& message, Bytes bytes) {
  return message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

/// libprotobuf refuses messages nested deeper than 100, where a submessage counts as well as an unknown
/// group; we count the groups of each message alone. Only then may ours read more.
bool may_be_nested_too_deep(Bytes bytes) {
  constexpr std::ptrdiff_t fewest = 90;
  return std::count_if(bytes.begin(), bytes.end(),
                       [](std::byte byte) { return (std::to_integer<int>(byte) & 7) == 3; }) >= fewest;
}

// Frames ---------------------------------------------------------------------------------------------------

void check_request(Bytes frame);

void check_frames(Bytes stream) {
  Bytes rest = stream;
  Bytes frame;
  while (true) {
    const Bytes before = rest;
    if (wire::take_frame(rest, frame) != wire::FrameOutcome::complete) {
      require(rest.data() == before.data() && rest.size() == before.size(), "an unfinished frame stays");
      return;
    }
    require(frame.data() > before.data() && frame.data() + frame.size() == rest.data() &&
                rest.data() + rest.size() == stream.data() + stream.size(),
            "a frame is what stands before the rest");
    check_request(frame);
  }
}

// Requests -------------------------------------------------------------------------------------------------

template <class Member>
void check_member(Bytes body, const Member& theirs) {
  Member ours;
  require(parse(ours, body), "the body of a request is a message");
  require(ours.SerializeAsString() == theirs.SerializeAsString(), "the body is libprotobuf's member");
}

void check_body(const wire::Request& ours, const udf::Request& theirs) {
  require(static_cast<std::uint32_t>(ours.kind) == static_cast<std::uint32_t>(theirs.message_case()),
          "the kind is libprotobuf's");
  switch (theirs.message_case()) {
    case udf::Request::kInfo:
      return check_member(ours.body, theirs.info());
    case udf::Request::kInit:
      return check_member(ours.body, theirs.init());
    case udf::Request::kKeepalive:
      return check_member(ours.body, theirs.keepalive());
    case udf::Request::kSnapshot:
      return check_member(ours.body, theirs.snapshot());
    case udf::Request::kRestore:
      return check_member(ours.body, theirs.restore());
    case udf::Request::kBegin:
      return check_member(ours.body, theirs.begin());
    case udf::Request::kPoint:
      return check_member(ours.body, theirs.point());
    case udf::Request::kEnd:
      return check_member(ours.body, theirs.end());
    case udf::Request::MESSAGE_NOT_SET:
      require(ours.body.empty(), "no member, no body");
  }
}

void check_request(Bytes frame) {
  std::string storage;
  const wire::Request ours = wire::read_request(frame, storage);
  udf::Request theirs;
  if (parse(theirs, frame)) return check_body(ours, theirs);
  // A frame that one member fills is handed on unread; whether its body is a
  // message is seen by who reads that.
  if (ours.kind == wire::RequestKind::malformed) return;
  std::string as_written;
  wire::append_varint(as_written, static_cast<std::uint64_t>(ours.kind) << 3 | 2);
  wire::append_varint(as_written, ours.body.size());
  as_written += wire::as_text(ours.body);
  require(!parse(theirs, wire::as_bytes(as_written)), "only a broken body makes a broken request");
}

// Data -----------------------------------------------------------------------------------------------------

void check_begin(Bytes body) {
  const auto ours = wire::decode_begin(body);
  udf::BeginBatch theirs;
  if (!parse(theirs, body)) return;
  require(ours.has_value(), "a begin that libprotobuf reads is read");
  require(ours->name == theirs.name() && ours->group == theirs.group() && ours->by_name == theirs.byname(),
          "a begin is read to the same values");
}

void check_end(Bytes body) {
  wire::End ours;
  const bool good = wire::decode_end(body, ours);
  udf::EndBatch theirs;
  const bool theirs_good = parse(theirs, body);
  require(good == theirs_good || (good && may_be_nested_too_deep(body)), "an end is one for both or none");
  if (!theirs_good) return;
  require(ours.name == theirs.name() && ours.tmax == theirs.tmax() &&
              ours.tags.size() == static_cast<std::size_t>(theirs.tags_size()),
          "an end is read to the same values");
  for (int i = 0; i < theirs.tags_size(); ++i) {
    const wire::TagView& tag = ours.tags[static_cast<std::size_t>(i)];
    require(tag.key == theirs.tags(i).key() && tag.value == theirs.tags(i).value(), "its tags are the same");
  }
}

/// What libprotobuf reads of a field that stands in one of its four maps only; in which order entries of
/// different maps came it does not tell.
struct Theirs {
  int maps = 0;
  double value = std::nan("");
};

template <class Entries, class Value>
void look(const Entries& entries, const std::string& name, Theirs& theirs, const Value& value_of) {
  bool found = false;
  for (const auto& entry : entries) {
    if (entry.key() != name) continue;
    found = true;
    theirs.value = value_of(entry);
  }
  theirs.maps += found ? 1 : 0;
}

Theirs their_value(const udf::Point& point, const std::string& name) {
  Theirs theirs;
  const double none = std::nan("");
  look(point.fieldsdouble(), name, theirs,
       [&](const auto& entry) { return std::isfinite(entry.value()) ? entry.value() : none; });
  look(point.fieldsint(), name, theirs, [](const auto& entry) { return static_cast<double>(entry.value()); });
  look(point.fieldsstring(), name, theirs, [&](const auto&) { return none; });
  look(point.fieldsbool(), name, theirs, [&](const auto&) { return none; });
  return theirs;
}

bool same(double a, double b) { return std::isnan(a) ? std::isnan(b) : a == b; }

void check_point_head(Bytes body) {
  wire::PointHead ours;
  const bool good = wire::decode_point_head(body, ours);
  udf::Point theirs;
  if (!parse(theirs, body)) return;
  require(good, "the head of a point that libprotobuf reads is read");
  require(ours.time == theirs.time() && ours.name == theirs.name() && ours.group == theirs.group() &&
              ours.by_name == theirs.byname() && ours.database == theirs.database() &&
              ours.retention_policy == theirs.retentionpolicy(),
          "the head of a point is read to the same values");
  require(std::equal(ours.tags.begin(), ours.tags.end(), theirs.tags().begin(), theirs.tags().end(),
                     [](const wire::TagView& a, const udf::Tag& b) {
                       return a.key == b.key() && a.value == b.value();
                     }),
          "a point's tags are read to the same values");
  require(static_cast<int>(ours.dimensions.size()) == theirs.dimensions_size() &&
              static_cast<int>(ours.fields.size()) == theirs.fieldsdouble_size() + theirs.fieldsint_size() +
                                                          theirs.fieldsstring_size() +
                                                          theirs.fieldsbool_size(),
          "a point has as many dimensions and names of fields");
}

void check_point(Bytes body) {
  const wire::FieldSelection selection({"x", "hotend", ""});
  wire::PointColumns columns(selection.size());
  const bool good = wire::decode_point(body, selection, columns);
  require(columns.times.size() == (good ? 1u : 0u), "a row for a point, none for a malformed one");
  for (const auto& column : columns.columns) {
    require(column.size() == columns.times.size(), "columns are as long as the times");
    require(column.empty() || !std::isinf(column[0]), "a value is finite or missing");
  }
  udf::Point theirs;
  if (!parse(theirs, body)) return;
  require(good, "a point that libprotobuf reads is read");
  require(columns.times[0] == theirs.time(), "its time is the same");
  for (std::size_t column = 0; column < selection.size(); ++column) {
    const Theirs value = their_value(theirs, selection.name(column));
    require(value.maps > 1 || same(columns.columns[column][0], value.value), "its values are the same");
    require(!std::isnan(columns.columns[column][0]) || columns.missing[column] != 0,
            "what is missing says why");
  }
}

/// The points of a stream as the worker takes them, plain ones at once, or all of them one by one.
wire::PointColumns points_of(Bytes stream, const wire::FieldSelection& selection, bool plainly) {
  wire::PlainPoints plain(selection);
  wire::PointColumns columns(selection.size());
  std::string storage;
  Bytes frame;
  while (true) {
    if (plainly) plain.take(stream, columns);
    if (wire::take_frame(stream, frame) != wire::FrameOutcome::complete) return columns;
    const wire::Request request = wire::read_request(frame, storage);
    if (request.kind == wire::RequestKind::point) wire::decode_point(request.body, selection, columns);
  }
}

void check_plain_points(Bytes stream, std::vector<std::string> fields) {
  const wire::FieldSelection selection(std::move(fields));
  const wire::PointColumns plainly = points_of(stream, selection, true);
  const wire::PointColumns one_by_one = points_of(stream, selection, false);
  require(plainly.times == one_by_one.times && plainly.missing == one_by_one.missing,
          "plain points are the rows that they are one by one");
  for (std::size_t column = 0; column < selection.size(); ++column) {
    require(std::equal(plainly.columns[column].begin(), plainly.columns[column].end(),
                       one_by_one.columns[column].begin(), one_by_one.columns[column].end(), same),
            "and have the same values");
  }
}

// What is written ------------------------------------------------------------------------------------------

void require_clean(const udf::Point& point) {
  require(point.fieldsdouble_size() + point.fieldsint_size() + point.fieldsstring_size() +
                  point.fieldsbool_size() >
              0,
          "a sent point has a field");
  for (const auto& field : point.fieldsdouble()) {
    require(std::isfinite(field.value()) && is_utf8(field.key()), "a sent number is finite");
  }
  for (const auto& field : point.fieldsstring())
    require(is_utf8(field.key()) && is_utf8(field.value()), "a sent text is UTF-8");
  for (const auto& tag : point.tags())
    require(is_utf8(tag.key()) && is_utf8(tag.value()), "a sent tag is UTF-8");
  require(is_utf8(point.name()) && is_utf8(point.group()), "a sent name is UTF-8");
}

/// Sends whatever the bytes are, as a handler might by mistake.
void check_responses(Bytes body) {
  wire::Responses responses;
  udf::BeginBatch begin;
  udf::Point point;
  udf::EndBatch end;
  int sent = 0;
  if (parse(end, body)) require(!responses.end(end), "no end without a begin");
  if (parse(begin, body)) responses.begin(begin), ++sent;
  if (parse(point, body)) sent += responses.point(point) ? 1 : 0;
  sent += responses.point(body, point) ? 1 : 0;
  if (parse(end, body)) sent += responses.end(end) ? 1 : 0;
  responses.error(wire::as_text(body)), ++sent;

  Bytes rest = wire::as_bytes(responses.frames());
  Bytes frame;
  for (; wire::take_frame(rest, frame) == wire::FrameOutcome::complete; --sent) {
    udf::Response response;
    require(parse(response, frame) && response.message_case() != udf::Response::MESSAGE_NOT_SET,
            "a sent frame is a response with a member");
    if (response.has_point()) require_clean(response.point());
    if (response.has_begin())
      require(response.begin().size() >= 0 && response.begin().size() <= 10'000,
              "a begin's size can be reserved");
    if (response.has_error()) require(is_utf8(response.error().error()), "an error is UTF-8");
  }
  require(rest.empty() && sent == 0, "as many frames as were sent");
}

}  // namespace
}  // namespace oddity::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace oddity::fuzz;
  const oddity::wire::Bytes bytes = std::as_bytes(std::span(data, size));
  check_frames(bytes);
  check_plain_points(bytes, {"hotend"});
  check_plain_points(bytes, {"x", "a name of more than sixteen bytes"});
  check_request(bytes);
  check_begin(bytes);
  check_point(bytes);
  check_point_head(bytes);
  check_end(bytes);
  check_responses(bytes);
  return 0;
}
