#include "wire/request.hpp"

#include "udf.pb.h"

namespace oddity::wire {
namespace {

bool known(std::uint32_t number) noexcept {
  return (number >= 1 && number <= 5) || (number >= 16 && number <= 18);
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
