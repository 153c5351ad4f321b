"""A real Prometheus scrapes /metrics, and its own checker finds nothing to say against them."""
import subprocess
import unittest

import parts
from fixture import Live, WithFolder, demo_lines
from parts import Prometheus, ask, path_of, wait_until

NEEDS = [parts.prometheus]


class Scraped(WithFolder):
    def test_a_counter_is_what_it_is_here(self):
        lines = demo_lines(3000)
        with Live("--state", self.path("state")) as live, Prometheus(f"127.0.0.1:{live.port}") as prometheus:
            live.post(lines)
            live.settle()
            points = live.metrics()["oddity_points_total"]
            self.assertEqual(points, 3 * len(lines))
            wait_until(lambda: prometheus.value("oddity_points_total") == points, 60, "the counter has been scraped")
            live.kill_worker()
            live.post([f"{line[:-10]}{int(line[-10:]) + 3000}" for line in lines])
            live.settle()
            wait_until(lambda: prometheus.value("oddity_points_total") == 2 * points, 60, "it goes on over another worker")
            self.assertEqual(prometheus.value("resets(oddity_points_total[5m])"), 0)
            self.assertEqual(prometheus.value("oddity_worker_restarts_total"), 1)
            self.assertEqual(prometheus.value('up{job="oddity"}'), 1)
            self.assertIsNotNone(prometheus.value("histogram_quantile(0.99, oddity_answer_seconds_bucket)"))
            self.figures(points=2 * points)

    @unittest.skipUnless(path_of("promtool"), "promtool is not there")
    def test_promtool_has_nothing_to_say(self):
        with Live("--state", self.path("state")) as live:
            live.post(demo_lines(500))
            live.settle()
            status, text = ask(live.url + "/metrics")
        self.assertEqual(status, 200)
        done = subprocess.run([path_of("promtool"), "check", "metrics"], input=text, capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ""))
