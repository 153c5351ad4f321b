#include "http/server.hpp"

#include <httplib.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <thread>

#include "base/error.hpp"
#include "exchange/clock.hpp"
#include "http/access.hpp"
#include "http/body.hpp"
#include "http/metrics.hpp"
#include "http/write_request.hpp"
#include "oddity/version.h"
#include "watch/watch_json.hpp"

namespace oddity::live {
namespace {

using httplib::Request;
using httplib::Response;

constexpr const char* json_type = "application/json";
constexpr int most_followers = 16;
constexpr int threads = most_followers + 16;
constexpr std::chrono::milliseconds news_pause{250};

/// "3,7,9"; what is no number ends it.
std::vector<std::uint64_t> ids_of(const Request& request) {
  constexpr std::size_t most = 500;
  std::vector<std::uint64_t> ids;
  const std::string text = request.get_param_value("ids");
  const char* at = text.data();
  const char* const last = at + text.size();
  while (at < last && ids.size() < most) {
    std::uint64_t id = 0;
    const auto [end, error] = std::from_chars(at, last, id);
    if (error != std::errc()) break;
    ids.push_back(id);
    at = end + 1;
  }
  return ids;
}

/// The library's own options let two programs share a port, which would each get a part of the lines.
void take_port_alone(socket_t socket) {
  const int yes = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
}

/// Whether the body is packed. The library would unpack it, too, but takes one that breaks off for a whole one; without the
/// header it leaves that to us.
bool take_packing(const Request& request) {
  const std::string packing = request.get_header_value("Content-Encoding");
  if (packing != "gzip" && packing != "deflate") return false;
  const_cast<Request&>(request).headers.erase("Content-Encoding");
  return true;
}

void answer_error(Response& response, int status, const std::string& text) {
  response.status = status;
  response.set_content(error_json(text), json_type);
}

}  // namespace

struct Server::Running {
  Running(ServerSettings given, ServerParts with) : settings(std::move(given)), parts(with) {}

  void route();
  void write(const Request& request, Response& response, const httplib::ContentReader& read);
  void take(const WriteRequest& write, const BatchHead& head, Response& response);
  void refused(std::string_view what);
  void query(const Request& request, Response& response) const;
  void follow(const Request& request, Response& response);
  httplib::Server::HandlerResponse allow(const Request& request, Response& response) const;

  const ServerSettings settings;
  ServerParts parts;
  httplib::Server server;
  std::thread thread;
  std::atomic<bool> stopping{false};
  std::atomic<bool> unreadable_told{false};
  std::atomic<bool> refused_told{false};
  std::atomic<bool> own_result_told{false};
  std::atomic<int> followers{0};
};

httplib::Server::HandlerResponse Server::Running::allow(const Request& request, Response& response) const {
  using Handled = httplib::Server::HandlerResponse;
  const Access access{settings.token, settings.address.is_loopback()};
  if (request.path == "/ping") return Handled::Unhandled;  // InfluxDB's asks for no token either
  const std::string refusal =
      access.refusal({request.method, request.get_header_value("Host"), request.get_header_value("Origin"),
                      request.get_header_value("Authorization"), request.get_param_value("p")});
  if (refusal.empty()) return Handled::Unhandled;
  const bool unknown = refusal == Access::no_token;
  if (unknown) response.set_header("WWW-Authenticate", "Basic realm=\"oddity\"");
  answer_error(response, unknown ? 401 : 403, refusal);
  return Handled::Handled;
}

void Server::Running::route() {
  server.set_socket_options(take_port_alone);
  server.new_task_queue = [] { return new httplib::ThreadPool(threads); };
  server.set_pre_routing_handler(
      [this](const Request& request, Response& response) { return allow(request, response); });
  const auto writes = [this](const Request& request, Response& response, const httplib::ContentReader& read) {
    write(request, response, read);
  };
  server.Post("/write", writes);
  server.Post("/api/v2/write", writes);
  server.Get("/ping", [](const Request&, Response& response) {
    response.set_header("X-Influxdb-Version", "1.8-oddity-" ODDITY_VERSION);
    response.status = 204;
  });
  server.Get("/health", [](const Request&, Response& response) {
    response.set_content(
        R"({"name":"oddity","message":"ready for writes","status":"pass","version":")" ODDITY_VERSION "\"}\n",
        json_type);
  });
  server.Get("/query", [this](const Request& request, Response& response) { query(request, response); });
  server.Post("/query", [this](const Request& request, Response& response) { query(request, response); });
  server.Get("/metrics", [this](const Request&, Response& response) {
    const StatusNumbers numbers = parts.status.numbers();
    const std::uint64_t left_out = parts.watch.left_out(all_workers(numbers).groups);
    response.set_content(metrics_text(numbers, parts.watch.worst_score(), left_out),
                         "text/plain; version=0.0.4; charset=utf-8");
  });
  server.Get("/", [this](const Request&, Response& response) {
    response.set_header(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'; "
        "img-src data:; base-uri 'none'; form-action 'none'");
    response.set_header("Cache-Control", "no-cache");
    response.set_header("X-Frame-Options", "DENY");
    response.set_content(settings.page.data(), settings.page.size(), "text/html; charset=utf-8");
  });
  server.Get("/api/series", [this](const Request&, Response& response) {
    response.set_content(series_json(parts.watch, parts.status.numbers()), json_type);
  });
  server.Get("/api/sparks", [this](const Request& request, Response& response) {
    response.set_content(sparks_json(parts.watch, ids_of(request)), json_type);
  });
  server.Get(R"(/api/series/(\d{1,18}))", [this](const Request& request, Response& response) {
    const auto found = one_series_json(parts.watch, std::stoull(request.matches[1]));
    if (!found) return answer_error(response, 404, "expected the id of a series that is there, got another");
    response.set_content(*found, json_type);
  });
  server.Get("/api/events",
             [this](const Request& request, Response& response) { follow(request, response); });
}

void Server::Running::refused(std::string_view what) {
  parts.status.change([](StatusNumbers& numbers) { ++numbers.refused; });
  if (!refused_told.exchange(true))
    parts.warnings.line("refused over HTTP: {} (the first one; others are counted)", what);
}

void Server::Running::write(const Request& request, Response& response, const httplib::ContentReader& read) {
  const std::string precision_text = request.get_param_value("precision");
  const auto precision = precision_of(precision_text);
  if (!precision) {
    refused("a precision that is none");
    return answer_error(response, 400,
                        "expected a precision of ns, us, ms, s, m or h, got '" + precision_text + "'");
  }
  Body body(take_packing(request), settings.largest_body);
  const bool all_came = read([&](const char* data, std::size_t size) { return body.take({data, size}); });
  if (body.is_too_large()) {
    refused("a body that is too large");
    return answer_error(response, 413,
                        "expected a body of at most " + std::to_string(settings.largest_body) +
                            " bytes (unpacked), got more");
  }
  if (!all_came || !body.is_whole()) {
    refused("a body that is not whole");
    return answer_error(response, 400,
                        "expected a whole body, plain or gzip, got another; nothing was taken");
  }
  const BatchHead head{now(), static_cast<std::int64_t>(*precision), Source::http, false};
  take(WriteRequest(body.text(), *precision, head.arrival, settings.names), head, response);
}

void Server::Running::take(const WriteRequest& write, const BatchHead& head, Response& response) {
  if (write.bad_lines != 0 && !unreadable_told.exchange(true))
    parts.warnings.line(
        "a line over HTTP cannot be read: {} (the first one; others are counted, and named to their senders)",
        write.problem);
  if (write.own_results != 0 && !own_result_told.exchange(true))
    parts.warnings.write(settings.names.passed_over(write.own_name));
  parts.status.change([&](StatusNumbers& numbers) {
    numbers.unreadable += write.bad_lines;
    numbers.own_results += write.own_results;
  });
  response.status = 204;
  if (write.good_lines != 0) {
    const Taking taking = parts.intake.take(head, write.good);
    if (taking != Taking::taken) {
      refused("lines for which there was no room");
      response.set_header("Retry-After", "1");
      return answer_error(response, 503,
                          taking == Taking::full       ? "too many lines wait to be judged; nothing was taken"
                          : taking == Taking::stopping ? "stopping; nothing was taken"
                                                       : "the disk takes no lines (" +
                                                             parts.intake.problem() + "); nothing was taken");
    }
  }
  if (write.bad_lines == 0) return;
  response.status = 400;
  response.set_content(write.error_json(), json_type);
}

/// Telegraf asks for its database to be made before it writes.
void Server::Running::query(const Request& request, Response& response) const {
  const std::string asked = request.get_param_value("q");
  constexpr std::string_view create = "CREATE DATABASE";
  const bool creates = asked.size() >= create.size() &&
                       std::equal(create.begin(), create.end(), asked.begin(), [](char a, char b) {
                         return a == std::toupper(static_cast<unsigned char>(b));
                       });
  if (!creates)
    return answer_error(response, 400, "queries are not answered here; ask where the results are written");
  response.set_content("{\"results\":[{\"statement_id\":0}]}\n", json_type);
}

/// A follower holds a thread; whoever does not read is dropped by the server's time limit for writes.
void Server::Running::follow(const Request& request, Response& response) {
  if (followers.fetch_add(1) >= most_followers) {
    --followers;
    return answer_error(response, 503, "as many pages as can follow are open");
  }
  response.set_header("Cache-Control", "no-cache");
  const auto ids = std::make_shared<const std::vector<std::uint64_t>>(ids_of(request));
  const auto from = std::make_shared<std::uint64_t>(parts.watch.next_news());
  const auto quiet = std::make_shared<int>(0);
  response.set_chunked_content_provider(
      "text/event-stream",
      [this, ids, from, quiet](std::size_t, httplib::DataSink& sink) {
        std::this_thread::sleep_for(news_pause);
        if (stopping) return false;
        std::string text = events(parts.watch, parts.watch.news(*from), *ids, parts.status.numbers());
        constexpr int pauses_to_a_sign_of_life = 40;
        if (text.empty() && ++*quiet >= pauses_to_a_sign_of_life) text = ": still here\n\n";
        if (text.empty()) return true;
        *quiet = 0;
        return sink.write(text.data(), text.size());
      },
      [this](bool) { --followers; });
}

Server::Server(ServerSettings settings, ServerParts parts)
    : running_(std::make_unique<Running>(std::move(settings), parts)) {
  const ListenAddress& address = running_->settings.address;
  if (!address.is_loopback() && running_->settings.token.empty())
    throw Error({"option '--listen'", "an address of this machine alone, or --token-file with it",
                 "'" + address.host + "'", "127.0.0.1 is heard by this machine only"});
  running_->route();
  int port = address.port;
  if (port == 0) {
    port = running_->server.bind_to_any_port(address.host);
  } else if (!running_->server.bind_to_port(address.host, port)) {
    port = -1;
  }
  if (port < 0)
    throw Error({"option '--listen'", "an address that is free", address.url(address.port),
                 "another program may have it"});
  url_ = address.url(port);
  running_->thread = std::thread([this] { running_->server.listen_after_bind(); });
  running_->parts.log.line("listening on {}", url_);
}

void Server::stop() {
  if (running_->stopping.exchange(true)) return;
  running_->server.stop();
  if (running_->thread.joinable()) running_->thread.join();
}

Server::~Server() { stop(); }

}  // namespace oddity::live
