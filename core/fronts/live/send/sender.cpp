#include "send/sender.hpp"

#include <fmt/format.h>
#include <httplib.h>

#include <algorithm>
#include <utility>

#include "base/error.hpp"

namespace oddity::live {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds first_pause{250};
constexpr milliseconds longest_pause{30'000};
constexpr const char* line_protocol = "text/plain; charset=utf-8";

std::string first_line(const std::string& text) {
  return text.substr(0, std::min<std::size_t>(text.find('\n'), 300));
}

std::string encoded(const std::string& name) {
  std::string out;
  for (const char c : name) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

std::string quoted(const std::string& name) {
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

httplib::Client client_of(const Destination& destination) {
  httplib::Client client(destination.server);
  client.set_connection_timeout(5);
  client.set_read_timeout(30);
  client.set_write_timeout(30);
  if (!destination.token.empty())
    client.set_default_headers({{"Authorization", "Token " + destination.token}});
  return client;
}

}  // namespace

Destination Destination::parse(const std::string& url, const std::string& database, std::string token) {
  const auto refuse = [&] {
    throw Error({"option '--to'", "a URL such as http://127.0.0.1:8086", "'" + url + "'", ""});
  };
  if (!url.starts_with("http://") && !url.starts_with("https://")) refuse();
  const std::size_t host = url.find("//") + 2;
  const std::size_t path = url.find('/', host);
  Destination to;
  to.token = std::move(token);
  to.server = url.substr(0, path);
  if (to.server.size() == host) refuse();
  if (path == std::string::npos || path + 1 == url.size()) {
    to.database = database;
    to.path = "/write?db=" + encoded(database) + "&precision=ns";
  } else {
    to.path = url.substr(path);
    if (to.path.find("precision=") == std::string::npos)
      to.path += (to.path.find('?') == std::string::npos ? "?" : "&") + std::string("precision=ns");
  }
  return to;
}

Sender::Sender(Destination destination, ResultQueue& queue, Log& warnings)
    : destination_(std::move(destination)), queue_(queue), warnings_(warnings), thread_([this] { run(); }) {}

Sender::~Sender() { stop(milliseconds(0)); }

void Sender::stop(milliseconds patience) {
  const auto until = std::chrono::steady_clock::now() + patience;
  finishing_ = true;
  while (!ended_ && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(milliseconds(10));
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

void Sender::run() {
  milliseconds next_pause = first_pause;
  while (!stopping_) {
    const auto parcel = queue_.first(milliseconds(100));
    if (!parcel) {
      if (finishing_) break;
      continue;
    }
    std::string why;
    const Outcome outcome = send(parcel->text, why);
    if (outcome == Outcome::later) {
      if (told_.tell())
        warnings_.line("{} does not take results: {}; they wait, and are sent again", destination_.server,
                       why);
      pause(next_pause);
      next_pause = std::min(2 * next_pause, longest_pause);
      continue;
    }
    next_pause = first_pause;
    if (outcome == Outcome::taken) {
      queue_.done(*parcel);
    } else {
      queue_.drop(*parcel);
      if (refused_told_.tell())
        warnings_.line("{} refuses results: {}; {} bytes of them are dropped, the first is '{}'",
                       destination_.server, why, parcel->text.size(), first_line(parcel->text));
    }
  }
  ended_ = true;
}

/// In steps, so that a stop need not wait for it.
void Sender::pause(milliseconds time) const {
  const auto until = std::chrono::steady_clock::now() + time;
  while (!stopping_ && std::chrono::steady_clock::now() < until)
    std::this_thread::sleep_for(milliseconds(20));
}

Sender::Outcome Sender::send(const std::string& text, std::string& why) {
  httplib::Client client = client_of(destination_);
  const auto answer = client.Post(destination_.path, text, line_protocol);
  if (!answer) {
    why = httplib::to_string(answer.error());
    return Outcome::later;
  }
  const int status = answer->status;
  if (status / 100 == 2) return Outcome::taken;
  why = fmt::format("status {}, {}", status, first_line(answer->body));
  if (status == 404 && !destination_.database.empty() && make_database(why)) return Outcome::later;
  return status == 400 || status == 413 || status == 422 ? Outcome::unusable : Outcome::later;
}

bool Sender::make_database(std::string& why) {
  httplib::Client client = client_of(destination_);
  const httplib::Params asked{{"q", "CREATE DATABASE " + quoted(destination_.database)}};
  const auto answer = client.Post("/query", asked);
  if (!answer || answer->status / 100 != 2) return false;
  why = fmt::format("it had no database '{}', which is now made", destination_.database);
  return true;
}

void QueuedOutput::put(std::uint64_t number, std::string_view text) {
  const std::uint64_t before = queue_.dropped();
  taken_ = queue_.put(text) && taken_;
  dropped_ += queue_.dropped() - before;
  tell_dropped();
  marks_.set_answered(number);
}

/// With ever larger numbers, and now and then.
void QueuedOutput::tell_dropped() {
  if (dropped_ == told_dropped_) return;
  if (dropped_ < 2 * told_dropped_ && !told_.tell()) return;
  told_dropped_ = dropped_;
  warnings_.line("{} lines of results are dropped until now: {}", dropped_,
                 std::exchange(taken_, true) ? "more wait than --queue allows, and the oldest go"
                                             : "the disk takes no more of them");
}

}  // namespace oddity::live
