// @mirror(): sends back what it gets. The smallest user-defined function there is.
#include "agent/run.hpp"

namespace {

using namespace oddity;

class Mirror : public agent::Handler {
 public:
  /// Wants points, gives points, has no options: what an empty answer says.
  udf::InfoResponse info() override { return {}; }
  void init(const udf::InitRequest&) override {}

  bool point(wire::Bytes body, wire::Responses& out) override { return out.point(body); }
  bool begin(wire::Bytes body, wire::Responses& out) override { return out.begin(body); }
  bool end(wire::Bytes body, wire::Responses& out) override { return out.end(body); }

  /// A mirror remembers nothing.
  std::string snapshot() override { return {}; }
  void restore(std::string_view) override {}
};

}  // namespace

int main(int argument_count, char** arguments) {
  return oddity::agent::run(argument_count, arguments,
                            [](oddity::Log&) { return std::make_unique<Mirror>(); });
}
