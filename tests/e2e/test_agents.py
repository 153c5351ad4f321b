"""The scenarios by which Kapacitor tests agents, with its data, its results to the byte and its limits of time: three functions of
examples/udf, one as a process on a stream, one over a socket, one on batches of a query."""
import os
import random
import re
import subprocess
import time
import unittest
from datetime import datetime, timedelta

from fixture import DAEMON, ODDITY
from influxdb import Influxdb
from kapacitord import Kapacitord, Refused, wait_until

EXAMPLES = os.path.join(os.path.dirname(os.path.dirname(ODDITY)), "examples", "udf")
TASK = "testUDFTask"
DBRP = [("mydb", "myrp")]


def program(name):
    return os.path.join(EXAMPLES, name)


class Agents(unittest.TestCase):
    def start(self, functions, influxdb=""):
        daemon = Kapacitord(DAEMON, functions, influxdb=influxdb)
        self.addCleanup(daemon.__exit__)
        daemon.start()
        return daemon

    def expect(self, daemon, endpoint, expected, tries=100, pause=0.005):
        """The endpoint says exactly that within so many tries."""
        got = None
        for _ in range(tries):
            try:
                got = daemon.text("GET", f"/kapacitor/v1/tasks/{TASK}/{endpoint}")
            except Refused as not_yet:  # a task that was enabled may take a moment to be there
                got = str(not_yet)
            if got == expected:
                return
            time.sleep(pause)
        self.assertEqual(got, expected)

    def enable(self, daemon, script, kind="stream"):
        daemon.define(TASK, script, kind, DBRP)
        daemon.call("PATCH", f"/kapacitor/v1/tasks/{TASK}", {"status": "enabled"})

    def run_stream(self, daemon, script, endpoint, lines, expected):
        self.enable(daemon, script)
        self.expect(daemon, endpoint, '{"series":null}')
        daemon.write(lines, db="mydb", rp="myrp")
        self.expect(daemon, endpoint, expected)
        self.assertEqual(daemon.task(TASK)["error"], "")

    def test_moving_avg_as_a_process_on_a_stream(self):
        daemon = self.start({"movingAvg": (program("moving_avg"), [], "1m")})
        script = """
            stream
                |from()
                    .measurement('test')
                    .groupBy('group')
                @movingAvg()
                    .field('value')
                    .size(10)
                    .as('mean')
                |window()
                    .period(11s)
                    .every(11s)
                |last('mean').as('mean')
                |httpOut('moving_avg')"""
        a, b = [1] * 10 + [0, 0], [2] * 10 + [1, 0]
        lines = [f"test,group={group} value={values[t]} {t:010}" for t in range(12) for group, values in (("a", a), ("b", b))]
        self.run_stream(daemon, script, "moving_avg", lines,
                        '{"series":[{"name":"test","tags":{"group":"a"},"columns":["time","mean"],'
                        '"values":[["1970-01-01T00:00:11Z",0.9]]},'
                        '{"name":"test","tags":{"group":"b"},"columns":["time","mean"],"values":[["1970-01-01T00:00:11Z",1.9]]}]}')

    def mirror(self, daemon):
        script = """
            stream
                |from()
                    .measurement('test')
                    .groupBy('group')
                @mirror()
                |window()
                    .period(10s)
                    .every(10s)
                |count('value')
                |httpOut('count')"""
        lines = [f"test,group=a value={1 if t < 10 else 0} {t:010}" for t in range(12)]
        self.run_stream(daemon, script, "count", lines,
                        '{"series":[{"name":"test","tags":{"group":"a"},"columns":["time","count"],'
                        '"values":[["1970-01-01T00:00:10Z",10]]}]}')

    def test_mirror_over_a_socket(self):
        path = os.path.join("/tmp", f"oddity-mirror-{os.getpid()}.sock")
        agent = subprocess.Popen([program("mirror"), "--socket", path])
        self.addCleanup(agent.wait, 20)
        self.addCleanup(agent.terminate)
        wait_until(lambda: os.path.exists(path), 20, "the agent listens")
        self.mirror(self.start({"mirror": (path, "1m")}))

    def test_mirror_as_a_process(self):
        self.mirror(self.start({"mirror": (program("mirror"), [], "1m")}))

    def test_outliers_on_batches_of_a_query(self):
        stops = []

        def answer(query):
            """Twenty values each to the first two queries, a millisecond apart up to the query's stop; then nothing."""
            bounds = re.findall(r"'([0-9T:.Z-]+)'", query)
            if "FROM mydb.myrp.cpu" not in query or len(stops) == 2:
                return []
            stops.append(bounds[-1])
            values = [5, 6, 7, 13, 33, 35, 36, 45, 46, 47, 48, 50, 51, 52, 53, 54, 80, 85, 90, 100]
            random.Random(len(stops)).shuffle(values)
            times = [earlier(bounds[-1], 20 - i) for i in range(20)]
            return [{"name": "cpu", "tags": {"count": str(len(stops) % 2)}, "columns": ["time", "value"],
                     "values": [list(row) for row in zip(times, values)]}]

        with Influxdb(answer) as influxdb:
            daemon = self.start({"outliers": (program("outliers"), [], "1m")}, influxdb.url)
            self.enable(daemon, """
                batch
                    |query(' SELECT value from mydb.myrp.cpu ')
                        .period(5ms)
                        .every(5ms)
                        .groupBy('count')
                    @outliers()
                        .field('value')
                        .scale(1.5)
                    |count('value')
                    |httpOut('count')""", "batch")
            wait_until(lambda: len(stops) == 2, 5, "two queries")
            one = '{{"name":"cpu","tags":{{"count":"{}"}},"columns":["time","count"],"values":[["{}",5]]}}'
            self.expect(daemon, "count", '{"series":[' + one.format(1, stops[0]) + "," + one.format(0, stops[1]) + "]}", 100, 0.05)
            daemon.disable(TASK)
            self.assertEqual(daemon.task(TASK)["error"], "")


def earlier(stop, milliseconds):
    """RFC 3339 with nanoseconds, so many milliseconds before `stop`."""
    whole, _, fraction = stop.rstrip("Z").partition(".")
    nanoseconds = int(fraction.ljust(9, "0")) - milliseconds * 1_000_000
    seconds, nanoseconds = divmod(nanoseconds, 1_000_000_000)
    return (datetime.fromisoformat(whole) + timedelta(seconds=seconds)).isoformat() + f".{nanoseconds:09}Z"


if __name__ == "__main__":
    unittest.main()
