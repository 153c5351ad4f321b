#include "detection/answers.hpp"

#include <algorithm>

#include "detect/results.hpp"

namespace oddity::kapacitor {

void Answers::start(const window::GroupWindow& window) {
  answer_.Clear();
  answer_.set_time(window.end);
  answer_.set_name(window.name);
  answer_.set_group(window.group);
  answer_.set_byname(window.by_name);
  for (const auto& [key, value] : window.tags) {
    answer_.add_dimensions(key);
    udf::Tag& tag = *answer_.add_tags();
    tag.set_key(key);
    tag.set_value(value);
  }
  for (const ResultField& field : fields_) add(field.name, field);
}

void Answers::add(std::string_view name, const ResultField& field) {
  if (const double* number = std::get_if<double>(&field.value)) {
    auto& entry = *answer_.add_fieldsdouble();
    entry.mutable_key()->assign(name);
    entry.set_value(*number);
  } else if (const auto* text = std::get_if<std::string_view>(&field.value)) {
    auto& entry = *answer_.add_fieldsstring();
    entry.mutable_key()->assign(name);
    entry.mutable_value()->assign(*text);
  } else {
    auto& entry = *answer_.add_fieldsbool();
    entry.mutable_key()->assign(name);
    entry.set_value(std::get<bool>(field.value));
  }
}

void Answers::of_window(const window::GroupWindow& window, const detect::Verdict& verdict,
                        wire::Responses& out) {
  detect::name_fields(verdict, fields_);
  if (fields_.empty()) return;
  start(window);
  out.point(answer_);
}

void Answers::of_point(const window::GroupWindow& window, const wire::PointHead& head,
                       const detect::Verdict& verdict, wire::Responses& out) {
  detect::name_fields(verdict, fields_);
  if (fields_.empty()) return;
  start(window);
  answer_.mutable_database()->assign(head.database);
  answer_.mutable_retentionpolicy()->assign(head.retention_policy);
  out.point(answer_);
}

bool Answers::hand_on(wire::Bytes body, const wire::PointHead& head, const detect::Verdict& verdict,
                      wire::Responses& out) {
  detect::name_fields(verdict, fields_);
  if (fields_.empty()) return out.point(body);
  answer_.Clear();
  for (const ResultField& field : fields_) add(free_name(field.name, head), field);
  return out.point(body, answer_);
}

/// A name that nothing has, neither of the point's own nor of the other results.
std::string Answers::free_name(std::string_view result, const wire::PointHead& head) {
  std::string name(result);
  const auto taken = [&] {
    if (std::ranges::find(head.fields, name) != head.fields.end()) return true;
    return name.size() != result.size() &&
           std::ranges::find(fields_, name, &ResultField::name) != fields_.end();
  };
  while (taken()) name.insert(0, "oddity.");
  if (name.size() != result.size() && told_.emplace(result).second) {
    log_.line(
        "group '{}': a point has a field '{}' of its own: the result of that name is '{}' there (logged once "
        "for each)",
        head.group, result, name);
  }
  return name;
}

}  // namespace oddity::kapacitor
