#include "wire/request.hpp"

#include "udf.pb.h"

namespace oddity::wire {
namespace {

// request.hpp says the numbers without the messages; here they are held to be those of udf.proto.
constexpr bool is(RequestKind kind, int number) noexcept { return static_cast<int>(kind) == number; }
static_assert(is(RequestKind::info, udf::Request::kInfoFieldNumber));
static_assert(is(RequestKind::init, udf::Request::kInitFieldNumber));
static_assert(is(RequestKind::keepalive, udf::Request::kKeepaliveFieldNumber));
static_assert(is(RequestKind::snapshot, udf::Request::kSnapshotFieldNumber));
static_assert(is(RequestKind::restore, udf::Request::kRestoreFieldNumber));
static_assert(is(RequestKind::begin, udf::Request::kBeginFieldNumber));
static_assert(is(RequestKind::point, udf::Request::kPointFieldNumber));
static_assert(is(RequestKind::end, udf::Request::kEndFieldNumber));

/// Twice a range, and not a list: it is asked for each point.
bool known(std::uint32_t number) noexcept {
  const auto between = [number](RequestKind first, RequestKind last) {
    return number >= static_cast<std::uint32_t>(first) && number <= static_cast<std::uint32_t>(last);
  };
  return between(RequestKind::info, RequestKind::restore) || between(RequestKind::begin, RequestKind::end);
}

const google::protobuf::MessageLite* member(const udf::Request& request) {
  switch (request.message_case()) {
    case udf::Request::kInfo:
      return &request.info();
    case udf::Request::kInit:
      return &request.init();
    case udf::Request::kKeepalive:
      return &request.keepalive();
    case udf::Request::kSnapshot:
      return &request.snapshot();
    case udf::Request::kRestore:
      return &request.restore();
    case udf::Request::kBegin:
      return &request.begin();
    case udf::Request::kPoint:
      return &request.point();
    case udf::Request::kEnd:
      return &request.end();
    case udf::Request::MESSAGE_NOT_SET:
      break;
  }
  return nullptr;
}

Request through_libprotobuf(Bytes frame, std::string& storage) {
  udf::Request request;
  if (!request.ParseFromArray(frame.data(), static_cast<int>(frame.size())))
    return {RequestKind::malformed, {}};
  const google::protobuf::MessageLite* message = member(request);
  if (message == nullptr) return {RequestKind::none, {}};
  message->SerializeToString(&storage);
  return {static_cast<RequestKind>(request.message_case()), as_bytes(storage)};
}

}  // namespace

Request read_request(Bytes frame, std::string& storage) {
  FieldReader fields(frame);
  if (fields.next() && fields.type() == WireType::length && known(fields.number()) &&
      fields.bytes().data() + fields.bytes().size() == frame.data() + frame.size()) {
    return {static_cast<RequestKind>(fields.number()), fields.bytes()};
  }
  return through_libprotobuf(frame, storage);
}

}  // namespace oddity::wire
