"""Many series, and data that behaves badly: bounds hold, and everything is counted."""
from fixture import Live, WithFolder, children, demo_lines, memory_of, piped
from parts import ask

START = 1451606400


class Crowds(WithFolder):
    def memory(self, live):
        return {"keeper_MiB": memory_of(live.process.pid), "worker_MiB": sum(memory_of(pid) for pid in children(live.process.pid))}

    def post_rounds(self, live, series, rounds, at_once=5000, first=0):
        for number in range(rounds):
            for i in range(0, series, at_once):
                live.post([f"crowd,host=h{k} value={k % 7 + number % 5} {START + first + number}" for k in range(i, min(i + at_once, series))])
        live.settle()

    def test_what_a_series_of_the_usual_detector_takes(self):
        with Live("--state", self.path("state")) as live:
            before = self.memory(live)["worker_MiB"]
            self.post_rounds(live, 5000, 1)
            once = self.memory(live)["worker_MiB"]
            self.post_rounds(live, 5000, 20, first=1)
            later = self.memory(live)["worker_MiB"]
            self.figures(KiB_of_a_series_after_one_point=(once - before) * 1024 / 5000, after_21_points=(later - before) * 1024 / 5000)

    def test_a_hundred_thousand_series_with_room_for_all(self):
        """Of a light detector: of the usual one they would take gigabytes."""
        with Live("--state", self.path("state"), "--algorithm", "jump", "--maxGroups", "200000", "--save-every", "1h") as live:
            self.post_rounds(live, 100_000, 1)
            once = self.memory(live)
            self.post_rounds(live, 100_000, 2, first=1)
            metrics, text = live.metrics(), ask(live.url + "/metrics")[1]
            self.assertEqual(metrics["oddity_series"], 100_000)
            self.assertEqual(metrics["oddity_points_total"], 300_000)
            self.assertEqual(metrics["oddity_groups_forgotten_total"], 0)
            self.assertLess(len(text), 10_000)
            status, page = ask(live.url + "/api/series")
            self.assertEqual(status, 200)
            self.figures(series=100_000, **{f"{name}_after_one_point": value for name, value in once.items()}, **self.memory(live),
                         bytes_of_metrics=len(text), bytes_of_api_series=len(page))
            self.assertEqual(live.stop(), 0)
            live.start()
            self.assertEqual(live.stop(), 0)

    def test_more_series_than_groups_are_forgotten_and_counted(self):
        with Live("--state", self.path("state"), "--maxGroups", "1000") as live:
            self.post_rounds(live, 20_000, 3)
            metrics = live.metrics()
            self.assertEqual(metrics["oddity_points_total"], 60_000)
            self.assertLessEqual(metrics["oddity_series"], 1000)
            self.assertEqual(metrics["oddity_groups_forgotten_total"], 60_000 - metrics["oddity_series"])
            self.figures(forgotten=metrics["oddity_groups_forgotten_total"], **self.memory(live))

    def test_series_that_are_silent_are_forgotten_after_their_ttl(self):
        with Live("--state", self.path("state"), "--ttl", "1m") as live:
            self.post_rounds(live, 5000, 1)
            self.assertEqual(live.metrics()["oddity_series"], 5000)
            for number in range(40):
                live.post([f"lonely value=1 {START + 10 * number}"])
            live.settle()
            metrics = live.metrics()
            self.assertEqual(metrics["oddity_series"], 1)
            self.assertEqual(metrics["oddity_groups_forgotten_total"], 5000)

    def test_a_million_values_of_a_tag(self):
        with Live("--state", self.path("state"), "--maxGroups", "1000", "--save-every", "1h") as live:
            sizes = []
            for tenth in range(10):
                for i in range(0, 100_000, 10_000):
                    first = tenth * 100_000 + i
                    live.post([f"flood,request=r{k} value=1 {START + k // 1000}" for k in range(first, first + 10_000)])
                live.settle()
                sizes.append(sum(self.memory(live).values()))
            metrics, text = live.metrics(), ask(live.url + "/metrics")[1]
            self.assertEqual(metrics["oddity_points_total"], 1_000_000)
            self.assertLessEqual(metrics["oddity_series"], 1000)
            self.assertLess(len(text), 10_000)
            self.assertLess(len(ask(live.url + "/api/series")[1]), 10 << 20)
            self.figures(values=1_000_000, **self.memory(live), MiB_after_a_tenth=sizes[0], MiB_at_the_end=sizes[-1])
            self.assertLess(sizes[-1], sizes[4] + 64, "memory does not grow with the number of values that have gone")

    def test_windows_of_a_crowd_are_bounded_too(self):
        with Live("--state", self.path("state"), "--maxGroups", "1000", "--period", "1m") as live:
            self.post_rounds(live, 20_000, 2)
            metrics = live.metrics()
            self.assertLessEqual(metrics["oddity_series"], 1000)
            self.assertLessEqual(metrics["oddity_held_points"], 2000)
            self.figures(held=metrics["oddity_held_points"], **self.memory(live))


class Data(WithFolder):
    def feed(self, lines):
        with Live("--state", self.path("state")) as live:
            status, _ = live.write(("\n".join(lines) + "\n").encode())
            live.settle()
            metrics = live.metrics()
        self.assertEqual(metrics["oddity_worker_restarts_total"], 0)
        return status, metrics

    def test_a_field_that_changes_its_type(self):
        kinds = ["1", "2i", "3u", "true", '"text"']
        lines = [f"changing value={kinds[n % len(kinds)]} {START + n}" for n in range(1000)]
        status, metrics = self.feed(lines)
        self.assertEqual(status, 204)
        self.assertEqual(metrics["oddity_lines_total"], 1000)
        self.assertEqual(metrics["oddity_points_total"] + metrics['oddity_dropped_total{reason="no_chosen_number"}'], 1000)
        self.figures(points=metrics["oddity_points_total"], without_a_number=metrics['oddity_dropped_total{reason="no_chosen_number"}'])

    def test_times_that_jump(self):
        lines = []
        for n in range(1000):
            when = START + n
            if n % 100 == 50:
                when -= 86400
            if n % 100 == 75:
                when += 10 * 365 * 86400
            lines.append(f"jumping value={n % 5} {when}")
        status, metrics = self.feed(lines)
        self.assertEqual(status, 204)
        self.assertEqual(metrics["oddity_points_total"], 1000)
        self.assertGreaterEqual(metrics["oddity_late_total"], 10)
        self.figures(late=metrics["oddity_late_total"], windows=metrics["oddity_windows_total"], forgotten=metrics["oddity_groups_forgotten_total"])

    def test_the_same_lines_twice_are_told_apart_from_new_ones(self):
        lines = demo_lines(500)
        status, metrics = self.feed(lines + lines)
        self.assertEqual(status, 204)
        self.assertEqual(metrics["oddity_points_total"], 3000)
        self.assertGreater(metrics["oddity_late_total"] + metrics["oddity_repeated_total"], 0)
        self.figures(late=metrics["oddity_late_total"], repeated=metrics["oddity_repeated_total"], windows=metrics["oddity_windows_total"])

    def test_numbers_at_the_ends_of_what_there_is(self):
        numbers = ["1e308", "-1e308", "1.7976931348623157e308", "5e-324", "9223372036854775807i", "-9223372036854775808i",
                   "18446744073709551615u", "0", "-0"]
        status, metrics = self.feed([f"extreme value={numbers[n % len(numbers)]} {START + n}" for n in range(900)])
        self.assertEqual(metrics["oddity_points_total"], 900)
        self.figures(status=status, failures=metrics["oddity_detector_failures_total"])

    def test_names_in_which_everything_is_escaped(self):
        line = "a\\ b\\,c,t\\ \\,\\=g=v\\ \\,\\= f\\ \\,\\=d=%d %d"
        lines = [line % (n % 7, START + n) for n in range(400)]
        out = piped(lines, "--precision", "s")
        self.assertEqual(len(out), 250)
        self.assertTrue(out[0].startswith("oddity_a\\ b\\,c,"), out[0])
        with Live("--state", self.path("state")) as live:
            live.post(lines)
            live.settle()
            self.assertEqual(live.write(("\n".join(out) + "\n").encode())[0], 204, "its results can be read again")
