#include "detection/answers.hpp"

#include <algorithm>

#include "detect/results.hpp"

namespace oddity::kapacitor {

/// Parts in the order of their numbers, so that the bytes are libprotobuf's.
void Answers::write_point(const window::GroupWindow& window, std::string_view database,
                          std::string_view retention_policy) {
  answer_.clear();
  answer_.time(window.end);
  answer_.name(window.name);
  answer_.database(database);
  answer_.retention_policy(retention_policy);
  answer_.group(window.group);
  for (const auto& [key, value] : window.tags) answer_.dimension(key);
  for (const auto& [key, value] : window.tags) answer_.tag(key, value);
  for (const ResultField& field : fields_) {
    if (const double* number = std::get_if<double>(&field.value)) answer_.number(field.name, *number);
  }
  for (const ResultField& field : fields_) {
    if (const auto* text = std::get_if<std::string_view>(&field.value)) answer_.text(field.name, *text);
  }
  answer_.by_name(window.by_name);
  for (const ResultField& field : fields_) {
    if (const bool* truth = std::get_if<bool>(&field.value)) answer_.boolean(field.name, *truth);
  }
}

void Answers::of_window(const window::GroupWindow& window, const detect::Verdict& verdict,
                        wire::Responses& out) {
  detect::name_fields(verdict, fields_);
  if (fields_.empty()) return;
  write_point(window, {}, {});
  out.point(answer_);
}

void Answers::of_point(const window::GroupWindow& window, const wire::PointHead& head,
                       const detect::Verdict& verdict, wire::Responses& out) {
  detect::name_fields(verdict, fields_);
  if (fields_.empty()) return;
  write_point(window, head.database, head.retention_policy);
  out.point(answer_);
}

bool Answers::hand_on(wire::Bytes body, const wire::PointHead& head, const detect::Verdict& verdict,
                      wire::Responses& out) {
  detect::name_fields(verdict, fields_);
  if (fields_.empty()) return out.point(body);
  answer_.clear();
  for (const ResultField& field : fields_) add(free_name(field.name, head), field.value);
  return out.point(body, answer_);
}

void Answers::add(std::string_view name, const std::variant<double, bool, std::string_view>& value) {
  if (const double* number = std::get_if<double>(&value)) {
    answer_.number(name, *number);
  } else if (const auto* text = std::get_if<std::string_view>(&value)) {
    answer_.text(name, *text);
  } else {
    answer_.boolean(name, std::get<bool>(value));
  }
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
