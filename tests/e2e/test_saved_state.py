"""State at a stop, on the real daemon: Kapacitor takes no snapshot then, the agent saves its own."""
import os
import subprocess
import tempfile
import time
import unittest

from fixture import OnDaemon, alerts, example
from kapacitord import wait_until

RESTORED = "state restored as it was at the last stop: 1 groups, 1 detectors"
FAULT = ("printer=", "2016-01-01T01:05:00Z")


class SavedState(OnDaemon):
    snapshots = "2s"

    def learn_an_hour(self, script):
        """One window before Kapacitor's first snapshot, eleven after it."""
        self.daemon.define("hotend", script)
        self.daemon.enable("hotend")
        self.daemon.write(self.lines[:301])
        self.settle("hotend")
        time.sleep(4.5)  # the first snapshot comes within twice the interval
        self.daemon.write(self.lines[301:3600])
        self.settle("hotend")

    def find_the_fault(self):
        self.daemon.write(self.lines[3600:4000])
        self.settle("hotend")
        self.assertEqual(alerts(self.log_file("by_printer.log"))[:1], [FAULT])

    def test_what_came_after_the_last_snapshot_survives_a_disable(self):
        self.learn_an_hour(example("by_printer.tick", self.logs))
        self.daemon.disable("hotend")
        self.daemon.enable("hotend")
        self.find_the_fault()
        self.assertIn(RESTORED, self.daemon.log())

    def test_it_survives_a_restart_of_the_daemon_and_other_thresholds(self):
        self.learn_an_hour(example("by_printer.tick", self.logs))
        self.assertTrue(self.daemon.stop())
        self.daemon.start()
        self.daemon.disable("hotend")
        script = example("by_printer.tick", self.logs, [(".alpha(0.001)", ".alpha(0.0001)")])
        self.daemon.call("PATCH", "/kapacitor/v1/tasks/hotend", {"script": script})
        self.daemon.enable("hotend")
        self.find_the_fault()
        self.assertIn(RESTORED, self.daemon.log())

    def test_deleting_the_task_is_a_reset(self):
        self.learn_an_hour(example("by_printer.tick", self.logs))
        self.daemon.delete("hotend")
        self.daemon.define("hotend", example("by_printer.tick", self.logs))
        self.daemon.enable("hotend")
        self.daemon.write(self.lines[3600:4000])
        self.settle("hotend")
        self.assertEqual(alerts(self.log_file("by_printer.log")), [], "there is no history to be odd against")
        self.assertNotIn(RESTORED, self.daemon.log())


class OnASocket(OnDaemon):
    """One server for the guide's three detectors, and a task that stops when it is told to."""

    def functions(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = os.path.join(folder.name, "oddity.sock")
        server = subprocess.Popen([os.environ["ODDITY_BIN"], "agent", "--socket", path], stdin=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL)
        self.addCleanup(server.wait, 20)
        self.addCleanup(server.terminate)
        wait_until(lambda: os.path.exists(path), 20, "the socket is served")
        return {"tTest": (path, self.timeout)}

    def test_the_guides_script(self):
        self.daemon.define("print_temps", example("print_temps.tick", self.logs))
        self.daemon.enable("print_temps")
        self.daemon.write(self.lines)
        self.settle("print_temps")
        found = [when for _, when in alerts(self.log_file("hotend_failure.log"))]
        self.assertEqual(found, [FAULT[1]])
        self.daemon.disable("print_temps")
        self.assertTrue(self.daemon.alive())


if __name__ == "__main__":
    unittest.main()
