// A user-defined function as the protocol sees it: seven calls. Knows nothing of detection.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "agent/limits.hpp"
#include "udf.pb.h"
#include "wire/field_reader.hpp"
#include "wire/responses.hpp"

namespace oddity::agent {

/// One use of the function in one task. All calls come from one thread.
///
/// 1. info, alone, in a process that then ends; or
/// 2. init, always first; throws oddity::Error when the options are wrong, and nothing more is called;
/// 3. restore, at most once, when a snapshot of this node exists;
/// 4. begin, point..., end for batches, or points alone for streams; answers go to `out`, in any number;
/// 5. snapshot, between any two of these calls, also inside a batch;
/// 6. finish, when all is over.
///
/// Data arrive as the bytes of their message (wire::decode_*, or the messages of udf.proto), so that a
/// handler reads no more than it needs. False from begin, point or end: the message was malformed and is
/// skipped and counted. An exception ends the task with its text, but for an oddity::Error of init and
/// restore, which is their answer, and for any of snapshot, which is answered by an empty one: Kapacitor
/// waits for that answer without limit.
class Handler {
 public:
  Handler() = default;
  Handler(const Handler&) = delete;
  Handler& operator=(const Handler&) = delete;
  virtual ~Handler() = default;

  /// Must always succeed: kapacitord does not start otherwise.
  virtual udf::InfoResponse info() = 0;
  virtual void init(const udf::InitRequest& request) = 0;
  /// An empty text is legal and means: nothing to keep.
  virtual std::string snapshot() = 0;
  /// Throwing oddity::Error refuses the state, which stops the task until somebody
  /// deletes it: prefer a fresh start.
  virtual void restore(std::string_view state) = 0;
  virtual bool begin(wire::Bytes body, wire::Responses& out) = 0;
  virtual bool point(wire::Bytes body, wire::Responses& out) = 0;
  virtual bool end(wire::Bytes body, wire::Responses& out) = 0;

  /// Offered before each frame: a handler that answers no point of a batch can take many at once, off the front of
  /// `frames` (whole frames, as they came). What it leaves comes by the calls above, one by one.
  virtual void points(wire::Bytes& frames) { static_cast<void>(frames); }

  /// Called once by agent::run when the session has ended and no call runs any more: a last log line, a state
  /// to be kept. `ending`: how it ended, in words; `frames_dropped`: malformed ones.
  virtual void finish(std::string_view ending, std::uint64_t frames_dropped) {
    static_cast<void>(ending);
    static_cast<void>(frames_dropped);
  }

  /// Asked once after a good init: the limits to go on with, which may be settings of the handler's.
  virtual Limits limits(const Limits& usual) const { return usual; }

  /// What is running, and for whom: for the sentence that ends a task when a call does not return. Unlike all
  /// other calls this one comes from another thread, while a call runs.
  struct Activity {
    std::string what = "the agent";  ///< "detector 'ttest'"
    std::string where;               ///< "task 'x', node 'y', group 'z'"
  };
  virtual Activity activity() const { return {}; }
};

}  // namespace oddity::agent
