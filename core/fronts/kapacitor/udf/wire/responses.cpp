#include "wire/responses.hpp"

#include <algorithm>
#include <cmath>

#include "base/utf8.hpp"
#include "wire/harmless.hpp"
#include "wire/message.hpp"
#include "wire/varint.hpp"

namespace oddity::wire {
namespace {

void clean(std::string& text) {
  if (!is_utf8(text)) text = to_utf8(text);
}

template <class Entries>
void clean_keys(Entries& entries) {
  for (auto& entry : entries) clean(*entry.mutable_key());
}

template <class Entries>
void clean_texts(Entries& entries) {
  clean_keys(entries);
  for (auto& entry : entries) clean(*entry.mutable_value());
}

void drop_what_is_not_finite(udf::Point& point) {
  auto& fields = *point.mutable_fieldsdouble();
  fields.erase(
      std::remove_if(fields.begin(), fields.end(), [](const auto& f) { return !std::isfinite(f.value()); }),
      fields.end());
}

void clean(udf::Point& point) {
  clean(*point.mutable_name());
  clean(*point.mutable_database());
  clean(*point.mutable_retentionpolicy());
  clean(*point.mutable_group());
  for (auto& dimension : *point.mutable_dimensions()) clean(dimension);
  clean_texts(*point.mutable_tags());
  clean_keys(*point.mutable_fieldsdouble());
  clean_keys(*point.mutable_fieldsint());
  clean_keys(*point.mutable_fieldsbool());
  clean_texts(*point.mutable_fieldsstring());
}

}  // namespace

void Responses::append(const udf::Response& response) {
  append_varint(frames_, response.ByteSizeLong());
  response.AppendToString(&frames_);
}

void Responses::info(const udf::InfoResponse& info) {
  udf::Response response;
  // The member is set even when it is empty (stream to stream without options).
  *response.mutable_info() = info;
  append(response);
}

void Responses::init(std::string_view error) {
  udf::Response response;
  response.mutable_init()->set_success(error.empty());
  response.mutable_init()->set_error(to_utf8(error));
  append(response);
}

void Responses::keepalive(std::int64_t time) {
  udf::Response response;
  response.mutable_keepalive()->set_time(time);
  append(response);
}

void Responses::snapshot(std::string state) {
  udf::Response response;
  response.mutable_snapshot()->set_snapshot(std::move(state));
  append(response);
}

void Responses::restore(std::string_view error) {
  udf::Response response;
  response.mutable_restore()->set_success(error.empty());
  response.mutable_restore()->set_error(to_utf8(error));
  append(response);
}

void Responses::error(std::string_view text) {
  udf::Response response;
  response.mutable_error()->set_error(to_utf8(text));
  append(response);
}

bool Responses::point(const udf::Point& point) {
  udf::Point& sent = *data_.mutable_point();
  sent.CopyFrom(point);
  drop_what_is_not_finite(sent);
  clean(sent);
  if (sent.fieldsdouble().empty() && sent.fieldsint().empty() && sent.fieldsstring().empty() &&
      sent.fieldsbool().empty()) {
    return false;
  }
  append(data_);
  return true;
}

void Responses::begin(const udf::BeginBatch& begin) {
  udf::Response response;
  udf::BeginBatch& sent = *response.mutable_begin();
  sent = begin;
  if (sent.size() < 0 || sent.size() > max_announced) sent.set_size(0);
  clean(*sent.mutable_name());
  clean(*sent.mutable_group());
  clean_texts(*sent.mutable_tags());
  append(response);
  open_ = true;
}

bool Responses::end(const udf::EndBatch& end) {
  if (!open_) return false;
  udf::Response response;
  udf::EndBatch& sent = *response.mutable_end();
  sent = end;
  clean(*sent.mutable_name());
  clean(*sent.mutable_group());
  clean_texts(*sent.mutable_tags());
  append(response);
  open_ = false;
  return true;
}

/// The data members have the same numbers in requests and responses. `more`: further parts of the same
/// message, which one behind the other are one.
void Responses::append_as_it_is(RequestKind member, Bytes body, std::string_view more) {
  const std::uint64_t tag =
      static_cast<std::uint64_t>(member) << 3 | static_cast<std::uint64_t>(WireType::length);
  const std::size_t bytes = body.size() + more.size();
  append_varint(frames_, varint_bytes(tag) + varint_bytes(bytes) + bytes);
  append_varint(frames_, tag);
  append_varint(frames_, bytes);
  frames_ += as_text(body);
  frames_ += more;
}

bool Responses::point(Bytes body) {
  if (!is_harmless_point(body)) {
    udf::Point read;
    return parse(body, read) && point(read);
  }
  append_as_it_is(RequestKind::point, body);
  return true;
}

bool Responses::point(Bytes body, const udf::Point& more) {
  if (!is_harmless_point(body)) {
    udf::Point read;
    if (!parse(body, read)) return false;
    read.MergeFrom(more);
    return point(read);
  }
  udf::Point& added = *data_.mutable_point();
  added.CopyFrom(more);
  drop_what_is_not_finite(added);
  clean(added);
  append_as_it_is(RequestKind::point, body, added.SerializeAsString());
  return true;
}

bool Responses::point(const PointWriter& point) {
  if (!point.has_field()) return false;
  append_as_it_is(RequestKind::point, as_bytes(point.body()));
  return true;
}

bool Responses::point(Bytes body, const PointWriter& more) {
  if (!is_harmless_point(body)) {
    udf::Point read;
    return parse(body, read) && (!more.has_field() || read.MergeFromString(std::string(more.body()))) &&
           point(read);
  }
  append_as_it_is(RequestKind::point, body, more.body());
  return true;
}

bool Responses::begin(Bytes body) {
  if (!is_harmless_begin(body)) {
    udf::BeginBatch read;
    if (!parse(body, read)) return false;
    begin(read);
    return true;
  }
  append_as_it_is(RequestKind::begin, body);
  open_ = true;
  return true;
}

bool Responses::end(Bytes body) {
  if (!is_harmless_end(body)) {
    udf::EndBatch read;
    return parse(body, read) && end(read);
  }
  if (!open_) return false;
  append_as_it_is(RequestKind::end, body);
  open_ = false;
  return true;
}

}  // namespace oddity::wire
