// A stand-in for Kapacitor: plays its side of the protocol to a real agent process, byte for byte as asked.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "udf.pb.h"

namespace oddity::test {

/// One agent process with pipes on its descriptors 0 to 2. Its output is read all the time by a thread,
/// unless told not to, as kapacitord does. Every wait is bounded; the process is ended by its own id at the
/// latest by the destructor.
///
/// 1. StandIn kapacitor(program, {"agent"});
/// 2. send requests;
/// 3. next() response by response;
/// 4. close_input(); exit_code().
class StandIn {
 public:
  enum class Output { read, unread };  ///< unread: after a disable nobody reads an agent's stdout
  StandIn(const std::string& program, const std::vector<std::string>& arguments,
          Output output = Output::read);
  StandIn(const StandIn&) = delete;
  StandIn& operator=(const StandIn&) = delete;
  ~StandIn();

  /// As kapacitord writes it: a length and then a message, each a write of its own.
  void send(const udf::Request& request);
  /// Bytes as they are. False: the agent does not take them any more.
  bool send_bytes(std::string_view bytes);
  /// The same `piece` bytes at a time, each after the agent has read the last: so that its reads end there.
  bool send_in_pieces(std::string_view bytes, std::size_t piece);
  void close_input();
  void close_output();  ///< the reader goes away: the agent sees EPIPE
  void read_output();   ///< from here on, after Output::unread: a reader that was slow

  /// The next response; std::nullopt: the output ended, or nothing came in time. Keepalives are skipped
  /// unless asked for.
  std::optional<udf::Response> next(std::chrono::milliseconds patience = std::chrono::seconds(20),
                                    bool keepalives = false);
  /// Everything until the output's end, keepalives left out.
  std::vector<udf::Response> rest();
  /// Waits for the process; -1: killed by a signal or by us after `patience`.
  int exit_code(std::chrono::milliseconds patience = std::chrono::seconds(20));
  bool running();
  pid_t id() const noexcept { return process_; }
  /// What the process has written to stderr so far; after its end all of it, or a failure where somebody else
  /// holds stderr open: kapacitord would wait for that one.
  std::string log();
  /// All bytes of the output so far.
  std::string output();

 private:
  void read_all(int descriptor, std::string& into);

  pid_t process_ = -1;
  int input_ = -1, output_ = -1, errors_ = -1;
  std::optional<int> status_;
  std::mutex mutex_;
  std::condition_variable came_;
  std::string output_bytes_, log_bytes_;
  std::size_t at_ = 0;  ///< of the output, up to which next() has come
  bool output_ended_ = false, log_ended_ = false;
  std::thread output_reader_, log_reader_;
};

// Requests as Kapacitor makes them
// -----------------------------------------------------------------------------------------

/// A request as it stands in the stream: its length and its bytes. Add them up to a script and send that at
/// once, or cut where no frame ends.
std::string frame(const udf::Request& request);

udf::Request info_request();
udf::Request keepalive_request(std::int64_t time);
udf::Request snapshot_request();
udf::Request restore_request(std::string state);

/// Builds an InitRequest option by option.
class Init {
 public:
  Init();
  Init& ids(std::string_view task, std::string_view node);
  Init& text(std::string_view name, std::string_view value);
  Init& field(std::string_view name);
  Init& size(std::int64_t size);
  Init& alpha(double alpha);
  Init& algorithm(std::string_view name);
  Init& param(std::string_view name, std::string_view value);
  udf::OptionValue& option(std::string_view name);  ///< an option with one value, to be filled
  operator udf::Request() const { return request_; }

 private:
  udf::Request request_;
};

struct Batch {
  std::string name = "temperatures";
  std::string group;
  std::vector<std::pair<std::string, std::string>> tags;
  bool by_name = false;
  std::int64_t tmax = 0;
};
udf::Request begin_request(const Batch& batch, std::int64_t size);
udf::Request end_request(const Batch& batch);
/// A batch point has only time, group, tags and fields.
udf::Request point_request(const Batch& batch, std::int64_t time,
                           const std::vector<std::pair<std::string, double>>& fields);

/// The value of a double field of a response's point; NaN when it is not there.
double field_of(const udf::Point& point, std::string_view name);

}  // namespace oddity::test
