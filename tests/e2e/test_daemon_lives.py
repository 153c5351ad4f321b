"""Whatever happens to the agent or to its task, kapacitord and the other tasks go on, and state survives."""
import os
import signal
import time
import unittest

from fixture import OnDaemon, agents_of, alerts, example
from kapacitord import wait_until

OTHER = """
dbrp "printer"."autogen"
stream
    |from().measurement('temperatures')
    |stats(1s)
    |httpOut('alive')
"""


class DaemonLives(OnDaemon):
    def define_hotend(self, task="hotend"):
        self.daemon.define(task, example("by_printer.tick", self.logs))
        self.daemon.enable(task)

    def other_task_works(self):
        self.assertTrue(self.daemon.alive())
        self.daemon.call("GET", "/kapacitor/v1/tasks/other/alive")
        self.assertEqual(self.daemon.task("other")["error"], "")

    def setUp(self):
        super().setUp()
        self.daemon.define("other", OTHER)
        self.daemon.enable("other")

    def test_a_wrong_option_becomes_the_tasks_error(self):
        script = example("by_printer.tick", self.logs, [(".alpha(0.001)", ".alpha(3.0)\n        .algorithm('tteest')\n        .param('depth', '3')")])
        self.daemon.define("wrong", script)
        self.daemon.enable("wrong")
        error = wait_until(lambda: self.daemon.task("wrong")["error"], 20, "the task has an error")
        self.assertIn("option 'alpha': expected a number between 0 and 1, got 3", error)
        self.assertIn("did you mean 'ttest'?", error)
        wait_until(lambda: not agents_of(self.daemon), 10, "the agent has left")
        self.other_task_works()

    def test_an_agent_that_is_killed_takes_only_its_task(self):
        self.define_hotend()
        for agent in agents_of(self.daemon):
            os.kill(agent, signal.SIGKILL)
        self.daemon.write(self.lines[:3000])
        wait_until(lambda: self.daemon.task("hotend")["error"], 30, "the task notices")
        self.daemon.disable("hotend")
        self.other_task_works()
        self.daemon.enable("hotend")
        self.assertEqual(self.daemon.task("hotend")["error"], "")

    def test_disable_redefine_and_delete_return_at_once(self):
        self.define_hotend()
        self.daemon.write(self.lines[:20000])
        start = time.monotonic()
        self.daemon.disable("hotend")
        self.daemon.enable("hotend")
        self.daemon.call("PATCH", "/kapacitor/v1/tasks/hotend", {"script": example("by_printer.tick", self.logs, [("3600", "1800")])})
        self.daemon.delete("hotend")
        self.assertLess(time.monotonic() - start, 20)
        wait_until(lambda: not agents_of(self.daemon), 10, "the agents have left")
        self.other_task_works()

    def test_the_daemon_stops_when_asked(self):
        self.define_hotend()
        self.daemon.write(self.lines[:20000])
        self.assertTrue(self.daemon.stop())

    def test_state_outlives_the_daemon(self):
        self.define_hotend()
        self.daemon.write(self.lines[:3500])
        self.settle("hotend")
        time.sleep(2.5)  # two snapshots
        self.assertTrue(self.daemon.stop())
        self.daemon.start()
        # Without the first hour's history the fault in the first window after the start could not be seen.
        self.daemon.write(self.lines[3500:4500])
        self.settle("hotend")
        self.assertIn("state restored as it was at the last stop: 1 groups, 1 detectors", self.daemon.log())
        # The window that was open is lost with the daemon and edges begin anew at its first point, 00:58:20: the fault from
        # 01:00 to 01:05 lies in the windows that end at 01:03:20 and 01:08:20.
        self.assertEqual(alerts(self.log_file("by_printer.log"))[:1], [("printer=", "2016-01-01T01:03:20Z")])


if __name__ == "__main__":
    unittest.main()
