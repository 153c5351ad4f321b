// `oddity live` over HTTP: what it takes and refuses, what it shows, and where results go.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <mutex>
#include <nlohmann/json.hpp>

#include "live_client.hpp"

namespace oddity::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST_F(LiveHttp, WritesAreJudgedAndTheResultsAreWrittenInNanoseconds) {
  begin();
  EXPECT_EQ(post("/write?db=telegraf&precision=s", series(0, 100, 90)), 204);
  std::string out = live->lines(98);
  EXPECT_THAT(out, HasSubstr("alarm=true"));
  EXPECT_THAT(out, HasSubstr(" 99000000000\n"));
  EXPECT_EQ(post("/api/v2/write?org=o&bucket=b&precision=ms", "m,host=a x=50 200000\n"), 204);
  EXPECT_THAT(live->line(), HasSubstr(" 200000000000\n"));
}

TEST_F(LiveHttp, AFileOnStandardInputIsReadToo) {
  const Finished done = run(
      "live --listen 127.0.0.1:0 --precision s <'" + write("day.lp", series(0, 100)) + "'", "timeout 60 ");
  EXPECT_EQ(done.exit_code, 0);
  EXPECT_THAT(done.errors, HasSubstr("I! oddity: stopped after 100 lines"));
}

TEST_F(LiveHttp, GzipIsUnpacked) {
  begin();
  client->set_compress(true);
  EXPECT_EQ(post("/write?precision=s", series(0, 100)), 204);
  EXPECT_TRUE(counts("lines_total 100"));
}

TEST_F(LiveHttp, OfABodyThatIsPartlyBadTheGoodIsTaken) {
  begin();
  const auto answer = client->Post("/write?precision=s", "m x=1 1\nm x 2\nm x=3 3\n", "text/plain");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 400);
  EXPECT_THAT(json::parse(answer->body).at("error").get<std::string>(),
              StartsWith("partial write: unable to parse 'm x 2'"));
  EXPECT_TRUE(counts("lines_total 2"));
  EXPECT_TRUE(counts("dropped_total{reason=\"unreadable\"} 1"));
}

TEST_F(LiveHttp, WhatIsNotTakenIsCountedAndItsFirstCaseLogged) {
  begin();
  post("/write?precision=s", "m x 2\n");
  post("/write?precision=s", "m y 2\n");
  EXPECT_TRUE(live->says("W! oddity: a line over HTTP cannot be read: unable to parse 'm x 2'"));
  EXPECT_EQ(post("/write", "no gzip", {{"Content-Encoding", "gzip"}}), 400);
  EXPECT_TRUE(live->says("W! oddity: refused over HTTP: a body that is not whole"));
  EXPECT_TRUE(counts("dropped_total{reason=\"refused\"} 1"));
  EXPECT_TRUE(counts("dropped_total{reason=\"unreadable\"} 2"));
}

TEST_F(LiveHttp, ResultsThatComeBackAreCountedAndTheFirstIsNamed) {
  begin();
  EXPECT_EQ(post("/write?precision=s", "oddity_m x=1 1\noddity_m x=1 2\n"), 204);
  EXPECT_TRUE(live->says("W! oddity: a line is named 'oddity_m', as results of ours are"));
  EXPECT_TRUE(counts("dropped_total{reason=\"own_result\"} 2"));
  live->stop();
  EXPECT_EQ(live->wait_reading(), 1);
  EXPECT_THAT(live->log(), HasSubstr("2 lines were passed over"));
}

TEST_F(LiveHttp, ATimeOfNextCenturyDoesNotHideThatNothingNewComes) {
  begin();
  EXPECT_EQ(post("/write?precision=s", "m x=1 1451606400\nm x=1 4102444800\n"), 204);
  EXPECT_TRUE(counts("ahead_total 1"));
  EXPECT_THAT(get("/metrics"), Not(HasSubstr("oddity_lag_seconds -")));
  EXPECT_TRUE(live->says("days ahead of this machine's clock"));
}

TEST_F(LiveHttp, AFolderThatIsRemovedTakesNoMoreLines) {
  begin({"--state", path("state")});
  ASSERT_EQ(post("/write?precision=s", "m x=1 1\n"), 204);
  std::filesystem::remove_all(path("state"));
  EXPECT_EQ(post("/write?precision=s", "m x=1 2\n"), 503);
  live->stop();
  EXPECT_EQ(live->wait_reading(), 0);
  EXPECT_THAT(live->log(), HasSubstr("what was learned since the state before is not saved"));
}

TEST_F(LiveHttp, WhatCannotBeIsRefusedWithAWord) {
  begin();
  EXPECT_EQ(post("/write?precision=d", "m x=1 1\n"), 400);
  EXPECT_EQ(post("/nowhere", "m x=1 1\n"), 404);
  EXPECT_EQ(post("/write", "m x=1 1\n", {{"Origin", "http://evil.example"}}), 403);
  EXPECT_EQ(post("/write", "m x=1 1\n", {{"Host", "evil.example"}}), 403);
  EXPECT_EQ(post("/write", std::string(33 << 20, 'x')), 413);
  EXPECT_TRUE(counts("dropped_total{reason=\"refused\"} 2"));
}

TEST_F(LiveHttp, WhoAsksForADatabaseIsToldThatItIsThere) {
  begin();
  EXPECT_EQ(client->Post("/query", httplib::Params{{"q", "CREATE DATABASE \"telegraf\""}})->status, 200);
  EXPECT_EQ(client->Post("/query", httplib::Params{{"q", "SELECT 1"}})->status, 400);
  EXPECT_EQ(client->Get("/ping")->status, 204);
  EXPECT_EQ(json::parse(get("/health")).at("status"), "pass");
}

TEST_F(LiveHttp, TokenFileIsAskedForOfEverybody) {
  begin({"--token-file", write("token", "secret\n")});
  EXPECT_EQ(post("/write", "m x=1 1\n"), 401);
  EXPECT_EQ(client->Get("/metrics")->status, 401);
  EXPECT_EQ(post("/write", "m x=1 1\n", {{"Authorization", "Token secret"}}), 204);
  EXPECT_EQ(client->Get("/ping")->status, 204) << "that it is there is no secret";
}

TEST_F(LiveHttp, ListenIsWhereItListensAndATakenAddressIsSaid) {
  begin();
  EXPECT_THAT(live->url(), StartsWith("http://127.0.0.1:"));
  const Finished second = run("live --listen " + live->url().substr(7) + " </dev/null");
  EXPECT_EQ(second.exit_code, 2);
  EXPECT_THAT(second.errors, HasSubstr("another program may have it"));
}

TEST_F(LiveHttp, ThePageAndWhatItAsksForAreThere) {
  begin();
  ASSERT_EQ(post("/write?precision=s", series(0, 100, 90)), 204);
  ASSERT_TRUE(counts("lines_total 100"));
  EXPECT_THAT(get("/"), HasSubstr("<html"));
  const json series = json::parse(get("/api/series")).at("series").at(0);
  EXPECT_EQ(series.at("measurement"), "m");
  EXPECT_EQ(series.at("last_alarm"), 90'000);
  const std::string id = std::to_string(series.at("id").get<int>());
  EXPECT_EQ(json::parse(get("/api/series/" + id)).at("points").size(), 100u);
  EXPECT_EQ(json::parse(get("/api/sparks?ids=" + id)).at("sparks").at(id).size(), 60u);
  EXPECT_EQ(client->Get("/api/series/99")->status, 404);
  EXPECT_EQ(client->Get("/api/series/999999999999999999999999")->status, 404);
}

TEST_F(LiveHttp, FollowersHearOfNewPoints) {
  begin();
  ASSERT_EQ(post("/write?precision=s", series(0, 60)), 204);
  ASSERT_TRUE(counts("lines_total 60"));
  std::string heard;
  std::thread writer([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    httplib::Client(live->url()).Post("/write?precision=s", series(60, 61, 60), "text/plain");
  });
  client->set_read_timeout(10);
  client->Get("/api/events?ids=1", [&](const char* data, std::size_t size) {
    heard.append(data, size);
    return heard.find("event: update") == std::string::npos ||
           heard.find("\n\n", heard.find("event: update")) == std::string::npos;
  });
  writer.join();
  EXPECT_THAT(heard, HasSubstr("event: alarm\n"));
  EXPECT_THAT(heard, HasSubstr("\"t\":60000"));
}

TEST_F(LiveHttp, MaxWaitingRefusesWhatThereIsNoRoomFor) {
  begin({"--algorithm", "misbehaves", "--plugins", ODDITY_MISBEHAVING, "--param", "fault=sleeps", "--param",
         "wait=2s", "--max-waiting", "1K"});
  ASSERT_EQ(post("/write?precision=s", "m x=2000 1\n"), 204);
  const std::string much(2'000, ' ');
  EXPECT_EQ(post("/write?precision=s", "m x=1" + much + "2\n"), 503);
  EXPECT_TRUE(counts("dropped_total{reason=\"refused\"} 1"));
}

TEST_F(LiveHttp, WhatWasAcknowledgedIsJudgedThoughEverythingIsKilled) {
  const std::vector<std::string> state{"--state", path("state"), "--save-every", "40ms"};
  std::string out;
  int acknowledged = 0;
  for (int life = 0; life < 5; ++life) {
    begin(state);
    for (int i = 0; i < 10; ++i) {
      ASSERT_EQ(post("/write?precision=s", series(acknowledged, acknowledged + 10)), 204);
      acknowledged += 10;
    }
    // What was answered but not read is lost with the pipe: so let the answers of this life come.
    const std::string last = " " + std::to_string(acknowledged - 1) + "000000000\n";
    while (out.find(last) == std::string::npos) {
      const std::string line = live->line();
      ASSERT_NE(line, "");
      out += line;
    }
    // Who is killed between an answer and its mark answers once more.
    ASSERT_TRUE(
        LiveProcess::soon([&] { return answered() == static_cast<std::uint64_t>(acknowledged) / 10; }));
    live->kill();
  }
  std::string alone;
  begin();
  ASSERT_EQ(post("/write?precision=s", series(0, acknowledged)), 204);
  alone = live->lines(static_cast<std::size_t>(acknowledged) - 2);
  EXPECT_EQ(out, alone);
}

/// Stands in for InfluxDB, and keeps what it is sent.
class Database {
 public:
  Database() {
    server.Post("/write", [this](const httplib::Request& request, httplib::Response& response) {
      const std::lock_guard lock(mutex);
      token = request.get_header_value("Authorization");
      databases.push_back(request.get_param_value("db"));
      response.status = status;
      if (status == 204) text += request.body;
    });
    server.Post("/query", [this](const httplib::Request& request, httplib::Response&) {
      const std::lock_guard lock(mutex);
      asked = request.get_param_value("q");
      status = 204;
    });
    port = server.bind_to_any_port("127.0.0.1");
    thread = std::thread([this] { server.listen_after_bind(); });
  }
  ~Database() {
    server.stop();
    thread.join();
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port); }
  bool has(const std::string& part) {
    return LiveProcess::soon([&] {
      const std::lock_guard lock(mutex);
      return text.find(part) != std::string::npos;
    });
  }
  void answer(int with) {
    const std::lock_guard lock(mutex);
    status = with;
  }
  httplib::Server server;
  std::thread thread;
  std::mutex mutex;
  int port = 0;
  int status = 204;
  std::string text, token, asked;
  std::vector<std::string> databases;
};

TEST_F(LiveHttp, ToSendsResultsToADatabase) {
  Database database;
  begin(
      {"--to", database.url(), "--to-database", "odd", "--to-token-file", write("token", "their secret\n")});
  ASSERT_EQ(post("/write?precision=s", series(0, 100, 90)), 204);
  EXPECT_TRUE(database.has(" 99000000000\n"));
  EXPECT_THAT(database.text, HasSubstr("oddity_m,field=x,host=a z="));
  EXPECT_EQ(database.databases.at(0), "odd");
  EXPECT_EQ(database.token, "Token their secret");
  live->stop();
  EXPECT_EQ(live->wait_reading(), 0);
  EXPECT_EQ(live->rest(), "") << "nothing is on stdout";
}

TEST_F(LiveHttp, ADatabaseThatIsNotThereIsMade) {
  Database database;
  database.answer(404);
  begin({"--to", database.url()});
  ASSERT_EQ(post("/write?precision=s", series(0, 100)), 204);
  EXPECT_TRUE(database.has(" 99000000000\n"));
  EXPECT_EQ(database.asked, "CREATE DATABASE \"oddity\"");
}

TEST_F(LiveHttp, ResultsWaitForADatabaseThatIsAway) {
  Database database;
  database.answer(503);
  begin({"--to", database.url(), "--state", path("state")});
  ASSERT_EQ(post("/write?precision=s", series(0, 100)), 204);
  EXPECT_TRUE(live->says("does not take results: status 503"));
  live->kill();
  database.answer(204);
  begin({"--to", database.url(), "--state", path("state")});
  EXPECT_TRUE(database.has(" 99000000000\n")) << "they outlived the process";
}

TEST_F(LiveHttp, ResultsThatAreLostAreNoSuccess) {
  Database database;
  database.answer(503);
  begin({"--to", database.url()});
  ASSERT_EQ(post("/write?precision=s", series(0, 100)), 204);
  EXPECT_TRUE(live->says("does not take results"));
  live->stop();
  EXPECT_EQ(live->wait_reading(), 1);
  EXPECT_THAT(live->log(), HasSubstr("they are lost, as there is no --state to keep them"));
}

TEST_F(LiveHttp, WhatADatabaseRefusesIsDroppedAndCounted) {
  Database database;
  database.answer(400);
  begin({"--to", database.url()});
  ASSERT_EQ(post("/write?precision=s", series(0, 100)), 204);
  EXPECT_TRUE(live->says("refuses results: status 400"));
  EXPECT_TRUE(counts("dropped_total{reason=\"result_not_delivered\"} 98"));
  live->stop();
  EXPECT_EQ(live->wait_reading(), 1);
  EXPECT_THAT(live->log(), HasSubstr("98 lines of results are lost"));
}

TEST_F(LiveHttp, QueueBoundsWhatWaits) {
  Database database;
  database.answer(503);
  begin({"--to", database.url(), "--queue", "4K"});
  for (int i = 0; i < 10; ++i) ASSERT_EQ(post("/write?precision=s", series(i * 20, i * 20 + 20)), 204);
  EXPECT_TRUE(counts("lines_total 200"));
  EXPECT_THAT(get("/metrics"), Not(HasSubstr("reason=\"result_not_delivered\"} 0\n")));
  EXPECT_TRUE(live->says("lines of results are dropped until now: more wait than --queue allows"));
}

TEST_F(LiveHttp, ResultsThatHadNoRoomAreCountedAtTheEndAndAreNoSuccess) {
  Database database;
  database.answer(503);
  begin({"--to", database.url(), "--queue", "4K", "--state", path("state")});
  ASSERT_EQ(post("/write?precision=s", series(0, 200)), 204);
  ASSERT_TRUE(counts("lines_total 200"));
  const std::string metrics = get("/metrics");
  const std::string name = "\noddity_results_waiting_bytes ";
  EXPECT_LE(std::stoul(metrics.substr(metrics.find(name) + name.size())), 4'096u) << "in one go, too";
  const std::string reason = "reason=\"result_not_delivered\"} ";
  const std::string lost = std::to_string(std::stoul(metrics.substr(metrics.find(reason) + reason.size())));
  live->stop();
  EXPECT_EQ(live->wait_reading(), 1);
  EXPECT_THAT(live->log(), HasSubstr("W! oddity: " + lost + " lines of results are lost"));
}

}  // namespace
}  // namespace oddity::test
