"""A real InfluxDB sends its points by subscription and takes the results; nothing acknowledged is lost over any kill."""
import random
import signal
import threading
import time

import parts
from fixture import Live, WithFolder, alarms, demo_lines, kill, piped, results
from parts import Influxd, wait_until

NEEDS = [parts.influxd]

RESULT = "oddity_temperatures"
WARM_UP = 150  # points of a series before it is judged
FIELDS = 3


def found_in(influxdb, database="oddity"):
    """{(series, time): fields}, as `results` gives it of lines."""
    found = {}
    for row in influxdb.rows(f'SELECT * FROM "{RESULT}"', database):
        place = (f"{RESULT},field={row.pop('field')}", row.pop("time"))
        assert place not in found, place
        found[place] = {name: value for name, value in row.items() if value is not None}
    return found


def in_seconds(found):
    return {(series, when // 10**9): fields for (series, when), fields in found.items()}


class OnInfluxdb(WithFolder):
    @classmethod
    def setUpClass(cls):
        cls.lines = demo_lines()

    def setUp(self):
        super().setUp()
        self.influxdb = Influxd()
        self.addCleanup(self.influxdb.__exit__)
        self.influxdb.start()

    def live(self, *options):
        return Live("--to", self.influxdb.url, "--state", self.path("state"), *options)

    def subscribe(self, live, database):
        self.influxdb.execute(f'CREATE SUBSCRIPTION "live" ON "{database}"."autogen" DESTINATIONS ANY \'{live.url}\'')

    def same(self, expected):
        """InfluxDB holds exactly those results."""
        found = in_seconds(found_in(self.influxdb))
        self.assertEqual(len(found), len(expected))
        differing = [place for place, fields in expected.items() if found.get(place) != fields]
        self.assertEqual(differing[:3], [])


class Subscription(OnInfluxdb):
    def test_a_day_by_subscription_is_judged_once_as_on_stdin_and_its_faults_are_found(self):
        self.influxdb.execute('CREATE DATABASE "plant"')
        self.influxdb.execute('CREATE DATABASE "oddity"')
        expected = results(piped(self.lines, "--precision", "s"))
        # What InfluxDB cannot hand on at once it drops, so there is room for all of it.
        with self.live("--max-waiting", "512M") as live:
            self.subscribe(live, "plant")
            self.subscribe(live, "oddity")  # so that the results come back
            began = time.monotonic()
            self.influxdb.write("plant", self.lines)
            wrote = time.monotonic() - began
            wait_until(lambda: live.metrics()["oddity_points_total"] == FIELDS * len(self.lines), 120, "all points are judged")
            live.delivered()
            judged = time.monotonic() - began
            wait_until(lambda: live.metrics()['oddity_dropped_total{reason="own_result"}'] == len(expected), 120,
                       "all results have come back and were passed over")
            time.sleep(1)
            metrics = live.metrics()
            self.same(expected)
        self.assertEqual(len(expected), FIELDS * (len(self.lines) - WARM_UP))
        self.assertEqual(metrics["oddity_windows_total"], len(expected))
        self.assertEqual(metrics["oddity_alarms_total"], len(alarms(expected)))
        self.assertEqual(metrics["oddity_late_total"] + metrics["oddity_repeated_total"], 0)
        self.assertEqual(metrics["oddity_series"], FIELDS)
        self.assertEqual(self.alarmed(), {place[0].split("=")[1] for place in alarms(expected)})
        self.figures(points=FIELDS * len(self.lines), results=len(expected), alarms=len(alarms(expected)), own_results_passed_over=len(expected),
                     seconds_to_write=wrote, seconds_until_the_results_were_there=judged)

    def alarmed(self):
        return {row["field"] for row in self.influxdb.rows(f'SELECT * FROM "{RESULT}" WHERE alarm = true', "oddity")}

    def test_results_by_another_name_do_not_come_back_either(self):
        self.influxdb.execute('CREATE DATABASE "plant"')
        self.influxdb.execute('CREATE DATABASE "oddity"')
        with self.live("--name", "judged") as live:
            self.subscribe(live, "plant")
            self.subscribe(live, "oddity")
            self.influxdb.write("plant", self.lines[:1000])
            wait_until(lambda: live.metrics()["oddity_points_total"] >= FIELDS * 1000, 60, "all points are judged")
            expected = FIELDS * (1000 - WARM_UP)
            wait_until(lambda: live.metrics()['oddity_dropped_total{reason="own_result"}'] >= expected, 60, "results have come back")
            time.sleep(1)
            metrics = live.metrics()
        self.assertEqual(metrics["oddity_points_total"], FIELDS * 1000)
        self.assertEqual(metrics['oddity_dropped_total{reason="own_result"}'], expected)


class Killed(OnInfluxdb):
    number = 8000

    def setUp(self):
        super().setUp()
        self.some = self.lines[:self.number]
        self.expected = results(piped(self.some, "--precision", "s"))

    def chunks(self, size=100):
        return [self.some[i:i + size] for i in range(0, len(self.some), size)]

    def test_the_keeper_between_posts_while_answers_are_under_way(self):
        with self.live("--save-every", "1s") as live:
            for number, chunk in enumerate(self.chunks()):
                live.post(chunk)
                if number % 10 == 9:
                    live.kill()
                    live.start()
            live.delivered()
            self.assertEqual(live.posts_again, 0)
            self.same(self.expected)
            self.figures(keepers_killed=len(self.chunks()) // 10, results=len(self.expected))

    def test_the_worker_between_posts_while_answers_are_under_way(self):
        """Each worker has answered something: five in a row that did not would be held to be harmed by what they learn again."""
        seen = 0
        with self.live("--save-every", "1s") as live:
            for number, chunk in enumerate(self.chunks()):
                live.post(chunk)
                if number % 10 == 9:
                    before = seen
                    seen = wait_until(lambda at=before: (now := live.metrics()["oddity_windows_total"]) > at and now, 60, "answers come")
                    live.kill_worker()
            live.delivered()
            metrics = live.metrics()
            self.same(self.expected)
        self.assertEqual(metrics["oddity_worker_restarts_total"], len(self.chunks()) // 10)
        self.assertEqual(metrics["oddity_windows_total"], len(self.expected))
        self.figures(workers_killed=metrics["oddity_worker_restarts_total"], results=len(self.expected))

    def test_either_at_random_moments_while_posts_that_failed_are_sent_again(self):
        """A POST whose answer the kill took may be taken twice; what is known of each point's time stays one result."""
        draw = random.Random(7)
        kills = {"keeper": 0, "worker": 0}
        with self.live("--save-every", "1s") as live:
            done = threading.Event()
            def post_all():
                for chunk in self.chunks(50):
                    live.post(chunk)
                    time.sleep(0.03)
                done.set()
            posting = threading.Thread(target=post_all)
            posting.start()
            while not done.is_set() and sum(kills.values()) < 40:
                time.sleep(draw.uniform(0.02, 0.3))
                if draw.random() < 0.5:
                    live.kill()
                    live.start()
                    kills["keeper"] += 1
                elif (pid := live.worker()) != 0:
                    kill(pid)
                    kills["worker"] += 1
            posting.join(150)
            self.assertTrue(done.is_set(), "all lines are taken")
            live.delivered()
            again = live.posts_again
            found = in_seconds(found_in(self.influxdb))
        self.assertEqual(sorted(found), sorted(self.expected), "each acknowledged point has a result")
        other = sum(1 for place, fields in self.expected.items() if found[place] != fields)
        if again == 0:
            self.assertEqual(other, 0)
        self.figures(**kills, posts_sent_again=again, results=len(found), of_them_other_than_undisturbed=other)


class Away(OnInfluxdb):
    def test_results_wait_in_the_queue_while_influxdb_is_down_and_arrive_when_it_is_back(self):
        some = self.lines[:5000]
        expected = results(piped(some, "--precision", "s"))
        with self.live() as live:
            live.post(some[:1000])
            live.delivered()
            self.influxdb.stop(signal.SIGKILL)
            live.post(some[1000:3000])
            live.settle()
            waiting = live.metrics()["oddity_results_waiting_bytes"]
            self.assertGreater(waiting, 0)
            live.kill()  # the queue is on the disk
            live.start()
            live.post(some[3000:])
            live.settle()
            self.assertGreater(live.metrics()["oddity_results_waiting_bytes"], waiting)
            self.influxdb.start()
            live.delivered()
            self.same(expected)
            self.assertEqual(live.metrics()['oddity_dropped_total{reason="result_not_delivered"}'], 0)
            self.assertIn("they wait, and are sent again", live.log())
        self.figures(results=len(expected), bytes_that_waited=waiting)

    def test_a_queue_that_is_full_drops_the_oldest_results_and_counts_them(self):
        self.influxdb.stop()
        some = self.lines[:8000]
        with self.live("--queue", "2M") as live:
            for i in range(0, len(some), 500):
                live.post(some[i:i + 500])
            live.settle()
            dropped = live.metrics()['oddity_dropped_total{reason="result_not_delivered"}']
            self.assertGreater(dropped, 0)
            self.influxdb.start()
            live.delivered()
            found = found_in(self.influxdb)
        self.assertEqual(len(found) + dropped, FIELDS * (len(some) - WARM_UP))
        self.figures(dropped=dropped, delivered=len(found))
