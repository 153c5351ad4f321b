// The only way to stdout: frames of responses that cannot harm Kapacitor.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "udf.pb.h"
#include "wire/field_reader.hpp"
#include "wire/point_writer.hpp"
#include "wire/request.hpp"

namespace oddity::wire {

/// Collects whole frames. What would crash kapacitord or fail the task cannot be expressed or is refused:
/// a frame without a member, an End without a Begin, a Begin with a size that cannot be reserved, NaN or
/// infinity, a point without fields, text that is no UTF-8.
///
/// 1. Call the members in the order the answers are to have.
/// 2. Take frames() and clear(); a batch may be open across clear().
class Responses {
 public:
  void info(const udf::InfoResponse& info);
  void init(std::string_view error);  ///< empty: success
  void keepalive(std::int64_t time);  ///< ns, as it came
  void snapshot(std::string state);
  void restore(std::string_view error);  ///< empty: success
  void error(std::string_view text);     ///< ends the task; the text becomes its error

  /// Fields that are not finite are left out; a point that is left without any field is not sent. Returns
  /// whether it was.
  bool point(const udf::Point& point);
  bool point(const PointWriter& point);
  /// Opens a batch; an open one is discarded by Kapacitor. Its size is a hint by which Kapacitor reserves
  /// memory: 0 to max_announced is sent as it is, anything else as 0, which means unknown.
  void begin(const udf::BeginBatch& begin);
  /// Closes the open batch; without one nothing is sent, and false returned.
  bool end(const udf::EndBatch& end);

  /// The same for messages as they came, which are sent byte for byte where they are harmless and cleaned
  /// where they are not. False: malformed, or refused as above.
  bool point(Bytes body);
  bool begin(Bytes body);
  bool end(Bytes body);

  /// A point as it came, byte for byte where it is harmless, with the fields of `more` behind its own. The
  /// caller sees to it that no name is there twice.
  bool point(Bytes body, const udf::Point& more);
  bool point(Bytes body, const PointWriter& more);

  const std::string& frames() const noexcept { return frames_; }
  void clear() noexcept { frames_.clear(); }

 private:
  void append(const udf::Response& response);
  void append_as_it_is(RequestKind member, Bytes body, std::string_view more = {});
  std::string frames_;
  udf::Response data_;  ///< reused for points
  bool open_ = false;
};

}  // namespace oddity::wire
