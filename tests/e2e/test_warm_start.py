"""What `oddity replay --save-state` learned, taken up on the real daemon: both name groups alike, however they are grouped."""
import json
import os
import subprocess
import tempfile
import unittest

from fixture import ODDITY, OnDaemon

SCRIPT = """dbrp "printer"."autogen"
stream
    |from().measurement('m'){grouping}
    @warm().field('x').size(100).alpha(0.001).algorithm('zscore')
    |log().prefix('JUDGED')
    |httpOut('last')
"""


def lines_of(seconds):
    return [f"m,rack=r1,host={host} x={20 + (second * 7 % 11) / 10 + (40 if second == 150 else 0)} {second}"
            for second in seconds for host in ("a", "b")]


class WarmStart(OnDaemon):
    def functions(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.state = os.path.join(self.folder.name, "learned.state")
        return {"warm": (ODDITY, ["agent", "--edge", "stream", "--start-from", self.state], self.timeout)}

    def replay(self, seconds, *options):
        """The fields of each row of host a."""
        file = os.path.join(self.folder.name, "rows.lp")
        with open(file, "w", encoding="utf-8") as rows:
            rows.write("\n".join(lines_of(seconds)) + "\n")
        done = subprocess.run([ODDITY, "replay", file, "--precision", "s", "--each", "--field", "x", "--size", "100", "--alpha", "0.001",
                               "--algorithm", "zscore", *options], check=True, capture_output=True, text=True)
        return [row for row in map(json.loads, done.stdout.splitlines()) if row["tags"].get("host", "a") == "a"]

    def judged_live(self, grouping):
        """The last row's fields of each group, after the second half was written; and the log."""
        self.daemon.define("warm", SCRIPT.format(grouping=grouping))
        self.daemon.enable("warm")
        self.daemon.write(lines_of(range(100, 151)))
        self.settle("warm")
        series = self.daemon.call("GET", "/kapacitor/v1/tasks/warm/last")["series"]
        self.assertEqual(self.daemon.task("warm")["error"], "")
        return [dict(zip(one["columns"], one["values"][0])) for one in series]

    def test_a_task_goes_on_where_the_replay_ended(self):
        for grouping, flags, groups in ((".groupBy('host')", ["--group-by", "host"], 2),
                                        (".groupBy('rack', 'host')", ["--group-by", "rack,host"], 2),
                                        (".groupBy(*)", ["--group-by", "*"], 2),
                                        (".groupBy('host').groupByMeasurement()", ["--group-by", "_measurement,host"], 2)):
            with self.subTest(grouping):
                self.replay(range(100), *flags, "--save-state", self.state)
                expected = self.replay(range(151), *flags)[-1]["fields"]
                last = self.judged_live(grouping)
                self.assertEqual(len(last), groups)
                for one in last:
                    self.assertEqual((one["pvalue"], one["calibrated"], one["anomalous"]),
                                     (expected["pvalue"], expected["calibrated"], True))
                self.assertIn(f"state started from '{self.state}', as Kapacitor has no snapshot of this node: 2 groups, 2 detectors",
                              self.daemon.log())
                self.assertNotIn("starts fresh", self.daemon.log())
                self.daemon.delete("warm")

    def test_once_there_is_a_snapshot_the_file_is_not_read(self):
        self.replay(range(100), "--group-by", "host", "--save-state", self.state)
        self.judged_live(".groupBy('host')")
        self.assertTrue(self.daemon.stop())
        os.remove(self.state)
        self.daemon.start()
        self.daemon.write(lines_of(range(151, 160)))
        self.settle("warm")
        self.assertEqual(self.daemon.log().count("state started from"), 1)
        self.assertIn("state restored", self.daemon.log())


if __name__ == "__main__":
    unittest.main()
