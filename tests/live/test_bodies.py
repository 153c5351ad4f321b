"""Bodies and requests that should not be, over HTTP: each is refused with its reason, and the next good one is taken."""
import base64
import gzip
import socket
import time

from fixture import Live, WithFolder, memory_of, raw
from parts import ask, wait_until

MEBIBYTE = 1 << 20


class Bodies(WithFolder):
    def setUp(self):
        super().setUp()
        self.live = Live("--state", self.path("state"))
        self.addCleanup(self.live.__exit__)
        self.live.start()

    def tearDown(self):
        """Whatever was sent before."""
        before = self.live.metrics()["oddity_lines_total"]
        self.live.post(["good value=1 1451606400"])
        self.live.settle()
        self.assertEqual(self.live.metrics()["oddity_lines_total"], before + 1)
        self.assertEqual(self.live.metrics()["oddity_worker_restarts_total"], 0)

    def memory(self):
        return memory_of(self.live.process.pid)

    def test_a_hundred_megabytes(self):
        before = self.memory()
        status, answer = self.live.write(b"big value=1 1451606400\n" * (100 * MEBIBYTE // 23))
        self.assertEqual(status, 413)
        self.assertIn("expected a body of at most", answer)
        self.assertEqual(self.live.metrics()['oddity_dropped_total{reason="refused"}'], 1)
        self.figures(keeper_MiB_before=before, after=self.memory())

    def test_a_gzip_that_unpacks_to_a_gigabyte(self):
        bomb = gzip.compress(b"\n" * (1024 * MEBIBYTE), 9)
        before = self.memory()
        status, answer = self.live.write(bomb, headers={"Content-Encoding": "gzip"})
        self.assertEqual(status, 413, answer)
        self.figures(bytes_sent=len(bomb), keeper_MiB_before=before, after=self.memory())
        self.assertLess(self.memory(), 400)

    def test_gzip(self):
        body = gzip.compress(b"packed value=1 1451606400\npacked value=2 1451606401\n")
        self.assertEqual(self.live.write(body, headers={"Content-Encoding": "gzip"})[0], 204)
        self.live.settle()
        self.assertEqual(self.live.metrics()["oddity_lines_total"], 2)

    def test_a_gzip_that_is_broken(self):
        body = gzip.compress(b"packed value=1 1451606400\n" * 1000)
        for broken in (body[:-20], b"no gzip at all", body[:30] + b"\0\0\0\0" + body[34:]):
            status, answer = self.live.write(broken, headers={"Content-Encoding": "gzip"})
            self.assertEqual(status, 400, answer)
        self.assertEqual(self.live.metrics()["oddity_lines_total"], 0)

    def test_bad_lines_among_good_ones_are_a_partial_write(self):
        status, answer = self.live.write(b"good value=1 1451606400\nthis is no line\ngood value=2 1451606401\n=\n")
        self.assertEqual(status, 400)
        self.assertIn("partial write: unable to parse 'this is no line'", answer)
        self.assertIn("and 1 more lines", answer)
        self.live.settle()
        metrics = self.live.metrics()
        self.assertEqual(metrics["oddity_lines_total"], 2)
        self.assertEqual(metrics['oddity_dropped_total{reason="unreadable"}'], 2)

    def test_a_precision_that_is_none(self):
        status, answer = self.live.write(b"good value=1 1451606400\n", precision="fortnight")
        self.assertEqual(status, 400)
        self.assertIn("expected a precision of ns, us, ms, s, m or h, got 'fortnight'", answer)

    def test_a_wrong_precision_is_taken_as_it_was_said(self):
        """Nobody can know; lag_seconds shows it."""
        self.assertEqual(self.live.write(f"good value=1 {int(time.time())}\n".encode(), precision="ns")[0], 204)
        self.live.settle()
        self.assertGreater(self.live.metrics()["oddity_lag_seconds"], 1e9)

    def test_a_body_that_breaks_off_is_not_taken(self):
        with socket.create_connection(("127.0.0.1", self.live.port)) as client:
            client.sendall(b"POST /write HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\nhalf value=1 1451606400\nhalf va")
        time.sleep(0.5)
        self.assertEqual(self.live.metrics()["oddity_lines_total"], 0)

    def test_a_client_that_never_reads_events(self):
        """Sixteen may follow; one that does not read holds up nobody."""
        idle = []
        for _ in range(3):
            client = socket.create_connection(("127.0.0.1", self.live.port))
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.sendall(b"GET /api/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            idle.append(client)
        before = self.memory()
        for number in range(300):
            self.live.post([f"s{k} value={k + number % 3} {1451606400 + number}" for k in range(100)])
        self.live.settle()
        self.assertEqual(self.live.metrics()["oddity_points_total"], 30000)
        self.figures(clients_that_do_not_read=len(idle), points=30000, keeper_MiB_before=before, after=self.memory())
        for client in idle:
            client.close()

    def test_more_followers_than_there_is_room_for_are_told_so(self):
        clients = []
        for _ in range(16):
            client = socket.create_connection(("127.0.0.1", self.live.port))
            client.sendall(b"GET /api/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            client.recv(100)
            clients.append(client)
        status, answer = ask(self.live.url + "/api/events")
        self.assertEqual((status, "as many pages as can follow" in answer), (503, True))
        self.assertEqual(ask(self.live.url + "/ping")[0], 204)
        for client in clients:
            client.close()
        wait_until(self.follows, 60, "a page can follow when others have gone")

    def follows(self):
        with socket.create_connection(("127.0.0.1", self.live.port)) as client:
            client.sendall(b"GET /api/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            return b" 200 " in client.recv(100)

    def test_connections_that_say_nothing(self):
        silent = [socket.create_connection(("127.0.0.1", self.live.port)) for _ in range(100)]
        time.sleep(0.2)
        wait_until(lambda: ask(self.live.url + "/ping", timeout=30)[0] == 204, 60, "others are answered")
        for client in silent:
            client.close()


class Refused(WithFolder):
    def request(self, live, method="POST", host="127.0.0.1", headers="", path="/write?db=a", body=b"a b=1 1\n"):
        text = f"{method} {path} HTTP/1.1\r\nHost: {host}\r\n{headers}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        return raw(live.port, text.encode() + body)

    def test_hosts_and_origins_of_others(self):
        with Live() as live:
            own = f"127.0.0.1:{live.port}"
            self.assertEqual(self.request(live, host=own)[0], 204)
            status, answer = self.request(live, host="evil.example")
            self.assertEqual(status, 403)
            self.assertIn("expected a name of this machine", answer)
            self.assertEqual(self.request(live, method="GET", path="/api/series", host="evil.example", body=b"")[0], 403)
            self.assertEqual(self.request(live, host=own, headers="Origin: http://evil.example\r\n")[0], 403)
            self.assertEqual(self.request(live, host=own, headers=f"Origin: http://{own}\r\n")[0], 204)
            live.settle()
            self.assertEqual(live.metrics()["oddity_lines_total"], 2)

    def test_a_token_is_asked_for_in_all_the_ways_in_which_clients_give_one(self):
        with open(self.path("token"), "w", encoding="utf-8") as file:
            file.write("sesame\n")
        basic = base64.b64encode(b"anybody:sesame").decode()
        given = ["Authorization: Token sesame\r\n", "Authorization: Bearer sesame\r\n", f"Authorization: Basic {basic}\r\n"]
        not_given = ["", "Authorization: Token sesam\r\n", "Authorization: Token sesamee\r\n", "Authorization: Token \r\n"]
        with Live("--token-file", self.path("token")) as live:
            for headers in given:
                self.assertEqual(self.request(live, headers=headers)[0], 204, headers)
            self.assertEqual(self.request(live, path="/write?db=a&u=anybody&p=sesame")[0], 204)
            for headers in not_given:
                for method, path in (("POST", "/write?db=a"), ("GET", "/metrics"), ("GET", "/api/series"), ("GET", "/")):
                    self.assertEqual(self.request(live, method, path=path, headers=headers)[0], 401, (path, headers))

    def test_an_address_that_others_reach_needs_a_token(self):
        live = Live()
        live.command[live.command.index("--listen") + 1] = f"0.0.0.0:{live.port}"
        with self.assertRaises(AssertionError) as refused:
            live.start()
        self.assertIn("an address of this machine alone, or --token-file with it", str(refused.exception))
