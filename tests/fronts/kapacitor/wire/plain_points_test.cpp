// Points taken many at once, against the same points taken one by one.
#include "wire/plain_points.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <limits>
#include <set>

#include "udf.pb.h"
#include "wire/frame.hpp"
#include "wire/request.hpp"

namespace oddity::wire {
namespace {

constexpr std::int64_t now = 1'451'606'400'000'000'000;

void append_frame(std::string& stream, const udf::Request& request) {
  append_varint(stream, request.ByteSizeLong());
  request.AppendToString(&stream);
}

udf::Request point_with(std::initializer_list<std::pair<const char*, double>> fields) {
  udf::Request request;
  udf::Point& point = *request.mutable_point();
  point.set_time(now);
  for (const auto& [name, value] : fields) {
    auto& field = *point.add_fieldsdouble();
    field.set_key(name);
    field.set_value(value);
  }
  return request;
}

/// Names that differ in one place only, of every length that is compared in another way.
std::string any_name() {
  std::string name(*rc::gen::element<std::size_t>(0, 1, 7, 8, 9, 15, 16, 17, 40, 120), 'x');
  if (!name.empty() && *rc::gen::arbitrary<bool>())
    name[*rc::gen::inRange<std::size_t>(0, name.size())] = 'y';
  return name;
}

udf::Request any_point(const std::vector<std::string>& names) {
  udf::Request request;
  udf::Point& point = *request.mutable_point();
  point.set_time(*rc::gen::oneOf(rc::gen::just(now), rc::gen::arbitrary<std::int64_t>()));
  if (*rc::gen::arbitrary<bool>()) point.set_group(std::string(*rc::gen::inRange<std::size_t>(0, 300), 'g'));
  if (*rc::gen::arbitrary<bool>()) point.add_tags()->set_key("host");
  for (const std::string& name : names) {
    const int kind = *rc::gen::weightedElement<int>({{12, 0}, {1, 1}, {1, 2}, {1, 3}, {1, 4}});
    if (kind == 0) {
      auto& field = *point.add_fieldsdouble();
      field.set_key(name);
      field.set_value(*rc::gen::weightedElement<double>(
          {{8, 21.5}, {2, -0.0}, {1, std::numeric_limits<double>::infinity()}}));
    } else if (kind == 1) {
      auto& field = *point.add_fieldsint();
      field.set_key(name);
      field.set_value(*rc::gen::arbitrary<std::int64_t>());
    } else if (kind == 2) {
      auto& field = *point.add_fieldsstring();
      field.set_key(name);
      field.set_value(std::string(*rc::gen::inRange<std::size_t>(0, 200), 't'));
    } else if (kind == 3) {
      auto& field = *point.add_fieldsbool();
      field.set_key(name);
      field.set_value(true);
    }
  }
  return request;
}

void take_one(Bytes frame, const FieldSelection& selection, PointColumns& out) {
  std::string storage;
  const Request request = read_request(frame, storage);
  if (request.kind == RequestKind::point) decode_point(request.body, selection, out);
}

/// As the worker takes them: those that are plain at once, the others one by one. How many were plain.
std::size_t take_all(std::string_view stream, const FieldSelection& selection, PointColumns& out,
                     bool plainly) {
  PlainPoints plain(selection);
  Bytes rest = as_bytes(stream), frame;
  std::size_t taken = 0;
  do {
    if (plainly) taken += plain.take(rest, out);
    if (take_frame(rest, frame) != FrameOutcome::complete) break;
    take_one(frame, selection, out);
  } while (true);
  return taken;
}

bool same_bits(const std::vector<double>& one, const std::vector<double>& other) {
  return std::ranges::equal(
      one, other, {}, [](double value) { return std::bit_cast<std::uint64_t>(value); },
      [](double value) { return std::bit_cast<std::uint64_t>(value); });
}

void holds_both_equal(const std::string& stream, const FieldSelection& selection) {
  PointColumns plainly(selection.size()), one_by_one(selection.size());
  take_all(stream, selection, plainly, true);
  take_all(stream, selection, one_by_one, false);
  RC_ASSERT(plainly.times == one_by_one.times);
  for (std::size_t column = 0; column < selection.size(); ++column)
    RC_ASSERT(same_bits(plainly.columns[column], one_by_one.columns[column]));
  RC_ASSERT(plainly.missing == one_by_one.missing);
}

RC_GTEST_PROP(PlainPoints, AppendWhatOneByOneWouldHaveBeenAppended, ()) {
  const auto names = *rc::gen::container<std::vector<std::string>>(3, rc::gen::exec(any_name));
  std::set<std::string> chosen{names[0]};
  if (*rc::gen::arbitrary<bool>()) chosen.insert(names[1]);
  const FieldSelection selection({chosen.begin(), chosen.end()});
  std::string stream;
  for (int i = *rc::gen::inRange(1, 150); i > 0; --i) append_frame(stream, any_point(names));
  holds_both_equal(stream, selection);
}

/// What a byte of a real stream can be changed to is more than any writer of points writes.
RC_GTEST_PROP(PlainPoints, AppendTheSameOfAStreamWithWrongBytes, ()) {
  const std::vector<std::string> names{"hotend", "bed", "a name of more than sixteen bytes"};
  std::string stream;
  for (int i = *rc::gen::inRange(1, 6); i > 0; --i) append_frame(stream, any_point(names));
  for (int i = *rc::gen::inRange(1, 4); i > 0; --i)
    stream[*rc::gen::inRange<std::size_t>(0, stream.size())] = *rc::gen::arbitrary<char>();
  holds_both_equal(stream, FieldSelection({"hotend", names[2]}));
}

TEST(PlainPoints, AreTakenAtOnceWhereverTheFieldStands) {
  std::string stream;
  for (int i = 1; i <= 100; ++i) {
    append_frame(stream, point_with({{"hotend", i}, {"bed", 2}, {"air", 3}}));
    append_frame(stream, point_with({{"bed", 2}, {"air", 3}, {"hotend", i}}));
  }
  const FieldSelection selection({"hotend"});
  PointColumns out(1);
  EXPECT_EQ(take_all(stream, selection, out, true), 200u);
  EXPECT_EQ(out.times, std::vector<std::int64_t>(200, now));
  EXPECT_EQ(out.columns[0][198], 100);
  EXPECT_EQ(out.columns[0][199], 100);
}

TEST(PlainPoints, AreTakenBesideFieldsOfOtherTypes) {
  udf::Request request = point_with({{"hotend", 21}});
  request.mutable_point()->add_fieldsint()->set_key("layer");
  auto& text = *request.mutable_point()->add_fieldsstring();
  text.set_key("state");
  text.set_value("printing");
  request.mutable_point()->add_fieldsbool()->set_key("heating");
  request.mutable_point()->mutable_fieldsbool(0)->set_value(true);
  request.mutable_point()->mutable_fieldsint(0)->set_value(7);
  std::string stream;
  append_frame(stream, request);
  const FieldSelection selection({"hotend"});
  PointColumns out(1);
  EXPECT_EQ(take_all(stream, selection, out, true), 1u);
}

TEST(PlainPoints, EndAtTheFirstFrameThatIsAnother) {
  std::string stream;
  append_frame(stream, point_with({{"x", 1}}));
  udf::Request end;
  end.mutable_end()->set_tmax(now);
  append_frame(stream, end);
  append_frame(stream, point_with({{"x", 2}}));
  const FieldSelection selection({"x"});
  PlainPoints plain(selection);
  PointColumns out(1);
  Bytes rest = as_bytes(stream);
  EXPECT_EQ(plain.take(rest, out), 1u);
  EXPECT_EQ(out.columns[0], std::vector<double>{1});
  EXPECT_EQ(plain.take(rest, out), 0u) << "it is left where it is";
}

TEST(PlainPoints, LeaveAPointWithoutTheField) {
  std::string stream;
  append_frame(stream, point_with({{"y", 1}}));
  append_frame(stream, point_with({{"x", std::numeric_limits<double>::quiet_NaN()}}));
  const FieldSelection selection({"x"});
  PointColumns out(1);
  EXPECT_EQ(take_all(stream, selection, out, true), 0u);
  EXPECT_EQ(out.times.size(), 2u) << "the general way took both";
  EXPECT_EQ(out.missing[0], missing_absent | missing_not_finite);
}

}  // namespace
}  // namespace oddity::wire
