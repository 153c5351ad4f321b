"""The stream edge on the real daemon: points one by one, the results beside their own fields, windows made inside."""
import json
import time
import unittest

from fixture import ODDITY, OnDaemon, alerts, example
from kapacitord import wait_until

EACH = """dbrp "printer"."autogen"
stream
    |from().measurement('m').groupBy('host')
    @eachPoint().field('x').size(100).alpha(0.001).algorithm('zscore'){more}
    |log().prefix('JUDGED')
    |httpOut('last')
"""


def wave(second):
    """Twenty and a little, never the same."""
    return 20 + (second * 7 % 11) / 10


def lines_of(seconds, odd=(), host="a"):
    return [f"m,host={host},rack=r1 x={60.0 if second in odd else wave(second)},n={second}i,text=\"so\",ok=true,score=5i {second}"
            for second in seconds]


class Stream(OnDaemon):
    snapshots = "1s"

    def functions(self):
        return {"tTest": (ODDITY, ["agent"], self.timeout), "eachPoint": (ODDITY, ["agent", "--edge", "stream"], self.timeout)}

    def start(self, script):
        self.daemon.define("each", script)
        self.daemon.enable("each")
        self.assertEqual(self.daemon.task("each")["error"], "")

    def last(self):
        """What stands behind the function: {group's host: (columns of its last point)}."""
        series = json.loads(self.daemon.text("GET", "/kapacitor/v1/tasks/each/last")).get("series") or []
        return {one["tags"]["host"]: (one["tags"], dict(zip(one["columns"], one["values"][0]))) for one in series}

    def judged(self):
        return self.daemon.log().count("JUDGED")

    def stop(self):
        self.daemon.disable("each")
        self.assertEqual(self.daemon.task("each")["error"], "")
        self.assertTrue(self.daemon.alive())

    def test_each_point_gets_its_answer(self):
        self.start(EACH.format(more=""))
        self.daemon.write(lines_of(range(60)) + lines_of([60], odd=[60]))
        self.settle("each")
        tags, fields = self.last()["a"]
        self.assertEqual(tags, {"host": "a"}, "as behind windows: the group's")
        self.assertEqual(fields["time"], "1970-01-01T00:01:00Z")
        self.assertTrue(fields["anomalous"])
        self.assertEqual(fields["observed"], 60)
        self.assertNotIn("n", fields)
        self.stop()
        self.assertIn("61 windows in 1 groups, 1 anomalies", self.daemon.log())

    def test_novelty_needs_no_option_but_the_field(self):
        log = self.log_file("novelty.log")
        self.start(f"""dbrp "printer"."autogen"
stream
    |from().measurement('temperatures').groupBy('printer')
    @eachPoint().field('hotend').algorithm('novelty')
    |alert().crit(lambda: "alarm" AND "why" != '').log('{log}')
""")
        for begin in range(0, len(self.lines), 5000):
            self.daemon.write(self.lines[begin:begin + 5000])
        self.settle("each")
        found = [time for _, time in alerts(log)]
        self.assertTrue(any("T01:0" in time for time in found), found)
        self.assertLessEqual(len(found), 4, found)
        self.stop()

    def test_points_pass_through_with_all_that_they_had(self):
        self.start(EACH.format(more=".passThrough(TRUE)"))
        self.daemon.write(lines_of([0]))
        self.settle("each")
        tags, fields = self.last()["a"]
        self.assertEqual(fields, {"time": "1970-01-01T00:00:00Z", "x": wave(0), "n": 0, "text": "so", "ok": True, "score": 5})
        self.daemon.write(lines_of(range(1, 60)) + lines_of([60], odd=[60]) + ["m,host=b,rack=r2 text=\"no x here\" 60"])
        self.settle("each")
        tags, fields = self.last()["a"]
        self.assertEqual(tags, {"host": "a", "rack": "r1"})
        self.assertEqual((fields["x"], fields["n"], fields["text"], fields["ok"], fields["score"]), (60, 60, "so", True, 5))
        self.assertTrue(fields["anomalous"])
        self.assertGreater(fields["oddity.score"], 1)
        self.assertEqual(self.last()["b"], ({"host": "b", "rack": "r2"}, {"time": "1970-01-01T00:01:00Z", "text": "no x here"}))
        self.stop()
        self.assertIn("a point has a field 'score' of its own: the result of that name is 'oddity.score' there", self.daemon.log())

    def test_grouped_by_measurement_and_by_a_tag_that_is_missing(self):
        self.start(EACH.format(more=".window('10')").replace(".groupBy('host')", ".groupBy('host', 'dc').groupByMeasurement()"))
        self.daemon.write(lines_of(range(25)))
        self.settle("each")
        tags, fields = self.last()["a"]
        self.assertEqual(fields["time"], "1970-01-01T00:00:19Z")
        self.assertEqual(tags["host"], "a")
        self.stop()
        self.assertIn("5 are in open windows", self.daemon.log())

    def test_windows_made_inside_are_those_of_a_window_node(self):
        lines = [line.replace("temperatures ", "temperatures,printer=p1 ") for line in self.lines[:7200]]
        self.daemon.define("outside", example("by_printer.tick", self.logs))
        inside = example("by_printer.tick", self.logs, [("by_printer.log", "inside.log"), ("@tTest()", "@eachPoint()\n        .window('5m')"),
                                                        ("    |window()\n        .period(5m)\n        .every(5m)\n", "")])
        self.daemon.define("inside", inside)
        for task in ("outside", "inside"):
            self.daemon.enable(task)
            self.assertEqual(self.daemon.task(task)["error"], "")
        self.daemon.write(lines)
        for task in ("outside", "inside"):
            self.settle(task)
        found = alerts(self.log_file("by_printer.log"))
        self.assertIn(("printer=p1", "2016-01-01T01:05:00Z"), found)
        self.assertEqual(alerts(self.log_file("inside.log")), found)

    def test_open_windows_and_history_survive_a_disable(self):
        self.start(EACH.format(more=".window('20s')"))
        self.daemon.write(lines_of(range(110)))
        self.settle("each")
        time.sleep(2.5)  # the first snapshot comes within twice the interval
        self.stop()
        self.daemon.enable("each")
        self.daemon.write(lines_of(range(110, 121)))
        self.settle("each")
        _, fields = self.last()["a"]
        self.assertEqual(fields["time"], "1970-01-01T00:02:00Z")
        self.assertAlmostEqual(fields["observed"], sum(wave(second) for second in range(100, 120)) / 20, 9, "the points of before, too")
        self.assertIn("1 groups, 1 detectors, 10 points in open windows", self.daemon.log())
        self.stop()

    def test_each_points_history_survives_a_restart_of_the_daemon(self):
        self.start(EACH.format(more=""))
        self.daemon.write(lines_of(range(60)))
        self.settle("each")
        self.assertTrue(self.daemon.stop())
        self.daemon.start()
        self.daemon.write(lines_of([60], odd=[60]))
        self.settle("each")
        self.assertTrue(self.last()["a"][1]["anomalous"])

    def test_the_edges_are_told_apart(self):
        self.daemon.define("each", EACH.format(more="").replace("@eachPoint", "|window().period(1m).every(1m)\n    @eachPoint"))
        with self.assertRaisesRegex(Exception, "mismatched edges"):
            self.daemon.enable("each")
        for option, word in (("window('5m')", "window"), ("passThrough(TRUE)", "passThrough")):
            with self.subTest(option):
                task = f"batch_{word}"
                self.daemon.define(task, EACH.format(more="." + option).replace("@eachPoint", "|window().period(1m).every(1m)\n    @tTest"))
                self.daemon.enable(task)
                error = wait_until(lambda: self.daemon.task(task)["error"], 20, "the task fails")
                self.assertIn(f"option '{word}': expected a function on the stream edge", error)
        self.assertTrue(self.daemon.alive())

    def test_the_example(self):
        hotend = [line.replace("temperatures ", "temperatures,printer=p1 ") for line in self.lines[:3600]]
        spike = "temperatures,printer=p1 hotend=300 " + self.lines[3600].split(" ")[2]
        without = "temperatures,printer=p1 bed=70 " + self.lines[3601].split(" ")[2]
        self.run_live("each_point", example("each_point.tick", self.logs), hotend + [spike, without])
        self.assertNotIn("lvl=error", self.daemon.log(), "a point that is not judged does not reach the alert")
        self.assertEqual(alerts(self.log_file("each_point.log"))[-1], ("printer=p1", "2016-01-01T01:00:00Z"))


if __name__ == "__main__":
    unittest.main()
