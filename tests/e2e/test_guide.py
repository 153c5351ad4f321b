"""The guide's route on the real daemon: live, and by record and replay, name the same windows."""
import os
import re
import unittest

from fixture import AIR, BED, EXAMPLES, HOTEND, OnDaemon, alerts, example, replayed, times
from kapacitord import wait_until

FIELDS = ("hotend", "bed", "air")
PLANTED = {"hotend": HOTEND, "bed": BED, "air": AIR}


class Guide(OnDaemon):
    def found(self):
        return {field: [time for _, time in alerts(self.log_file(f"{field}_failure.log"))] for field in FIELDS}

    def expected(self, *options):
        """Critical is logged at every anomalous window, since each point is an alert of its own."""
        return {field: times(replayed(self.lines, "--field", field, *options)) for field in FIELDS}

    def check(self, found):
        self.assertEqual(found, self.expected())
        for field in FIELDS:
            self.assertLessEqual(set(PLANTED[field]), set(found[field]), field)
        self.assertLessEqual(sum(len(windows) for windows in found.values()), 10 + 6, "few other windows")

    def test_the_guides_script(self):
        self.run_live("print_temps", example("print_temps.tick", self.logs), self.lines)
        self.check(self.found())

    def test_the_guides_script_with_the_algorithm_named(self):
        script = example("print_temps.tick", self.logs, [(".alpha(0.001)", ".alpha(0.001)\n        .algorithm('ttest')")])
        self.run_live("print_temps", script, self.lines)
        self.check(self.found())

    def test_three_fields_in_one_process(self):
        self.run_live("three_in_one", example("three_in_one.tick", self.logs), self.lines)
        self.check(self.found())

    def test_the_script_of_the_readme(self):
        with open(os.path.join(EXAMPLES, "..", "..", "README.md"), encoding="utf-8") as file:
            (script,) = re.findall(r"^    stream\n(?:    .*\n)+", file.read(), re.MULTILINE)
        self.run_live("readme", f'dbrp "printer"."autogen"\n{script.rstrip()}.log(\'{self.log_file("readme.log")}\')\n', self.lines)
        self.assertEqual([time for _, time in alerts(self.log_file("readme.log"))], HOTEND, "one alarm, and no other")

    def test_record_and_replay(self):
        for name, more in (("plain", ""), ("named", "\n        .algorithm('ttest')")):
            with self.subTest(name):
                task = f"print_temps_{name}"
                script = example("print_temps.tick", self.logs, [(".alpha(0.001)", ".alpha(0.001)" + more)])
                self.daemon.define(task, script)
                # Kapacitor measures the stop by the points' times: the recording ends with the first point after it.
                self.daemon.record_stream(f"day_{name}", task, "2016-01-02T00:00:00Z")
                self.daemon.write(self.lines)
                wait_until(lambda: self.daemon.recording_done(f"day_{name}"), 60, "the recording ends")
                self.daemon.replay(f"day_{name}", task)
                self.check(self.found())
                for field in FIELDS:
                    open(self.log_file(f"{field}_failure.log"), "w", encoding="utf-8").close()

    def test_other_detectors(self):
        # The script asks for pvalue, and what is learned follows from the calibrated one: so it does in replay.
        for algorithm in ("zscore", "ks"):
            with self.subTest(algorithm):
                script = example("three_in_one.tick", self.logs, [("'ttest'", f"'{algorithm}'")])
                self.run_live(f"by_{algorithm}", script, self.lines)
                found = self.found()
                for field in FIELDS:
                    judged = replayed(self.lines, "--field", field, "--algorithm", algorithm, rule=())
                    self.assertEqual(found[field], times(one for one in judged if one["fields"].get("pvalue", 1) < 0.001), field)
                for field in FIELDS:
                    open(self.log_file(f"{field}_failure.log"), "w", encoding="utf-8").close()


if __name__ == "__main__":
    unittest.main()
