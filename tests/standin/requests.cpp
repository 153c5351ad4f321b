#include <limits>

#include "standin/standin.hpp"
#include "wire/varint.hpp"

namespace oddity::test {
namespace {

template <class Message>
void add_tags(Message& message, const Batch& batch) {
  for (const auto& [key, value] : batch.tags) {
    udf::Tag& tag = *message.add_tags();
    tag.set_key(key);
    tag.set_value(value);
  }
}

}  // namespace

std::string frame(const udf::Request& request) {
  std::string bytes;
  wire::append_varint(bytes, request.ByteSizeLong());
  request.AppendToString(&bytes);
  return bytes;
}

udf::Request info_request() {
  udf::Request request;
  request.mutable_info();
  return request;
}

udf::Request keepalive_request(std::int64_t time) {
  udf::Request request;
  request.mutable_keepalive()->set_time(time);
  return request;
}

udf::Request snapshot_request() {
  udf::Request request;
  request.mutable_snapshot();
  return request;
}

udf::Request restore_request(std::string state) {
  udf::Request request;
  request.mutable_restore()->set_snapshot(std::move(state));
  return request;
}

Init::Init() {
  request_.mutable_init()->set_taskid("task");
  request_.mutable_init()->set_nodeid("tTest3");
}

udf::OptionValue& Init::option(std::string_view name) {
  udf::Option& option = *request_.mutable_init()->add_options();
  option.set_name(std::string(name));
  return *option.add_values();
}

Init& Init::ids(std::string_view task, std::string_view node) {
  request_.mutable_init()->set_taskid(std::string(task));
  request_.mutable_init()->set_nodeid(std::string(node));
  return *this;
}

Init& Init::text(std::string_view name, std::string_view value) {
  udf::OptionValue& given = option(name);
  given.set_type(udf::STRING);
  given.set_stringvalue(std::string(value));
  return *this;
}

Init& Init::field(std::string_view name) { return text("field", name); }

Init& Init::size(std::int64_t size) {
  udf::OptionValue& value = option("size");
  value.set_type(udf::INT);
  value.set_intvalue(size);
  return *this;
}

Init& Init::alpha(double alpha) {
  udf::OptionValue& value = option("alpha");
  value.set_type(udf::DOUBLE);
  value.set_doublevalue(alpha);
  return *this;
}

Init& Init::algorithm(std::string_view name) { return text("algorithm", name); }

Init& Init::param(std::string_view name, std::string_view value) {
  udf::Option& option = *request_.mutable_init()->add_options();
  option.set_name("param");
  for (const std::string_view text : {name, value}) {
    udf::OptionValue& part = *option.add_values();
    part.set_type(udf::STRING);
    part.set_stringvalue(std::string(text));
  }
  return *this;
}

udf::Request begin_request(const Batch& batch, std::int64_t size) {
  udf::Request request;
  udf::BeginBatch& begin = *request.mutable_begin();
  begin.set_name(batch.name);
  begin.set_group(batch.group);
  begin.set_byname(batch.by_name);
  begin.set_size(size);
  add_tags(begin, batch);
  return request;
}

udf::Request end_request(const Batch& batch) {
  udf::Request request;
  udf::EndBatch& end = *request.mutable_end();
  end.set_name(batch.name);
  end.set_group(batch.group);
  end.set_tmax(batch.tmax);
  add_tags(end, batch);
  return request;  // byName is never set here
}

udf::Request point_request(const Batch& batch, std::int64_t time,
                           const std::vector<std::pair<std::string, double>>& fields) {
  udf::Request request;
  udf::Point& point = *request.mutable_point();
  point.set_time(time);
  point.set_group(batch.group);
  add_tags(point, batch);
  for (const auto& [name, value] : fields) {
    auto& field = *point.add_fieldsdouble();
    field.set_key(name);
    field.set_value(value);
  }
  return request;
}

double field_of(const udf::Point& point, std::string_view name) {
  for (const auto& field : point.fieldsdouble()) {
    if (field.key() == name) return field.value();
  }
  return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace oddity::test
