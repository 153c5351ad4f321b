#include "agent/agent.hpp"

#include <exception>

#include "base/error.hpp"

namespace oddity::agent {

/// What the handler throws ends the task with its text.
template <class Call>
Next Agent::guarded(wire::Responses& out, Call&& call) noexcept {
  try {
    return call();
  } catch (const std::exception& failure) {
    out.error(failure.what());
  } catch (...) {
    out.error("failed with something that is not a std::exception");
  }
  return Next::leave_failed;
}

Next Agent::answer(wire::Bytes frame, wire::Responses& out) noexcept {
  return guarded(out, [&] { return dispatch(wire::read_request(frame, storage_), out); });
}

Next Agent::take_points(wire::Bytes& frames, wire::Responses& out) noexcept {
  return guarded(out, [&] {
    handler_.points(frames);
    return Next::go_on;
  });
}

Next Agent::dispatch(const wire::Request& request, wire::Responses& out) {
  bool good = true;
  switch (request.kind) {
    case wire::RequestKind::point:
      good = handler_.point(request.body, out);
      break;
    case wire::RequestKind::begin:
      good = handler_.begin(request.body, out);
      break;
    case wire::RequestKind::end:
      good = handler_.end(request.body, out);
      break;
    case wire::RequestKind::keepalive:
      break;
    case wire::RequestKind::info:
      out.info(handler_.info());
      break;
    case wire::RequestKind::init:
      return init(request.body, out);
    case wire::RequestKind::snapshot:
      snapshot(out);
      break;
    case wire::RequestKind::restore:
      return restore(request.body, out);
    case wire::RequestKind::none:
    case wire::RequestKind::malformed:
      good = false;
      break;
  }
  if (!good) ++dropped_;
  return Next::go_on;
}

Next Agent::init(wire::Bytes body, wire::Responses& out) {
  udf::InitRequest request;
  if (!request.ParseFromArray(body.data(), static_cast<int>(body.size()))) {
    out.init("this version cannot read the init request");
    return Next::leave_failed;
  }
  try {
    handler_.init(request);
  } catch (const Error& wrong) {
    out.init(wrong.what());
    return Next::leave_failed;
  }
  out.init({});
  return Next::adopt_limits;
}

void Agent::snapshot(wire::Responses& out) {
  std::string state;
  try {
    state = handler_.snapshot();
  } catch (...) {
    state.clear();
  }
  out.snapshot(std::move(state));
}

Next Agent::restore(wire::Bytes body, wire::Responses& out) {
  udf::RestoreRequest request;
  // A request that cannot be parsed holds no state that could be used: the handler hears of an empty one.
  const bool parsed = request.ParseFromArray(body.data(), static_cast<int>(body.size()));
  try {
    handler_.restore(parsed ? std::string_view(request.snapshot()) : std::string_view());
  } catch (const Error& refused) {
    out.restore(refused.what());
    return Next::leave_failed;
  }
  out.restore({});
  return Next::go_on;
}

}  // namespace oddity::agent
