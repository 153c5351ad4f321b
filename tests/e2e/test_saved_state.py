"""State at a stop, on the real daemon: Kapacitor takes no snapshot then, the agent saves its own."""
import os
import subprocess
import tempfile
import time
import unittest

from fixture import OnDaemon, alerts, example
from kapacitord import wait_until

RESTORED = "state restored as it was at the last stop: 1 groups, 1 detectors"
WHEN_STOPPED = "state restored as it was when kapacitord stopped: 1 groups, 1 detectors"
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


class BeforeTheFirstSnapshot(OnDaemon):
    """Kapacitor takes its first snapshot a minute or two after a task's start; until then nothing that it has names the run."""
    snapshots = "1m"

    def learn_an_hour(self):
        self.daemon.define("hotend", example("by_printer.tick", self.logs))
        self.daemon.enable("hotend")
        self.daemon.write(self.lines[:3600])
        self.settle("hotend")

    def restart(self):
        self.assertTrue(self.daemon.stop())
        self.assertIn("state saved for the restart of kapacitord", self.daemon.log())
        self.daemon.start()

    def write_the_fault(self):
        self.daemon.write(self.lines[3600:4000])
        self.settle("hotend")
        return alerts(self.log_file("by_printer.log"))[:1]

    def taken(self):
        return self.daemon.log().count(WHEN_STOPPED)

    def test_nothing_is_lost_through_a_restart_of_the_daemon(self):
        self.learn_an_hour()
        self.restart()
        self.assertEqual(self.write_the_fault(), [FAULT])
        self.assertEqual(self.taken(), 1)

    def test_nor_through_two(self):
        self.learn_an_hour()
        self.restart()
        self.daemon.stop()
        self.daemon.start()
        self.assertEqual(self.write_the_fault(), [FAULT])

    def test_a_disabled_task_starts_afresh_and_the_log_says_so(self):
        self.learn_an_hour()
        self.daemon.disable("hotend")
        self.assertIn("state not kept: stopped before Kapacitor's first snapshot of this run", self.daemon.log())
        self.daemon.enable("hotend")
        self.assertEqual(self.write_the_fault(), [])

    def test_a_task_defined_anew_after_the_restart_finds_nothing(self):
        self.learn_an_hour()
        self.restart()
        self.daemon.delete("hotend")
        self.daemon.define("hotend", example("by_printer.tick", self.logs))
        self.daemon.enable("hotend")
        self.assertEqual(self.write_the_fault(), [])
        self.assertLessEqual(self.taken(), 1, "the task's own run took it")

    def test_nor_does_one_that_was_disabled_before_the_restart(self):
        self.learn_an_hour()
        self.daemon.disable("hotend")
        self.assertTrue(self.daemon.stop())
        self.daemon.start()
        self.daemon.delete("hotend")
        self.daemon.define("hotend", example("by_printer.tick", self.logs))
        self.daemon.enable("hotend")
        self.assertEqual(self.write_the_fault(), [])
        self.assertEqual(self.taken(), 0)

    def test_a_replay_takes_nothing_and_leaves_nothing(self):
        self.learn_an_hour()
        self.daemon.record_stream("more", "hotend", "2016-01-01T01:06:00Z")
        self.daemon.write(self.lines[3600:4000])
        wait_until(lambda: self.daemon.recording_done("more"), 60, "the recording ends")
        self.settle("hotend")
        self.restart()
        self.daemon.replay("more", "hotend")
        self.assertTrue(self.daemon.stop())
        replayed = [line for line in self.daemon.log().splitlines() if "state restored" in line and "task_master=main task_master=" in line]
        self.assertEqual(replayed, [])
        self.daemon.start()
        self.daemon.write(self.lines[4000:4700])
        self.settle("hotend")
        self.assertEqual(self.taken(), 2, "twice the live task's, once at each restart")


class Files(OnDaemon):
    snapshots = "1s"

    def test_stops_leave_the_files_of_two_runs_at_most(self):
        self.daemon.define("hotend", example("by_printer.tick", self.logs))
        states = os.path.join(self.daemon.home, "oddity")
        for stop in range(5):
            self.daemon.enable("hotend")
            self.daemon.write(self.lines[stop * 600:(stop + 1) * 600])
            self.settle("hotend")
            time.sleep(2.5)  # the first snapshot comes within twice the interval
            if stop == 3:
                self.assertTrue(self.daemon.stop())
                self.daemon.start()
                restored = stop + 1  # by the daemon, which may be asked to disable before it has come to it
                wait_until(lambda: self.daemon.log().count("state restored as it was at the last stop") == restored, 20, "it is restored")
            self.daemon.disable("hotend")
            self.assertLessEqual(len([name for name in os.listdir(states) if name.endswith(".state")]), 2, os.listdir(states))
        self.assertEqual(self.daemon.log().count("state restored as it was at the last stop"), 5, "each but the first")


class Many(OnDaemon):
    """However many tasks there are, a restart costs none its state: the last of them is started when the API opens already."""
    snapshots = "1m"
    tasks = 40

    def test_each_finds_its_own(self):
        script = """dbrp "printer"."autogen"
            stream
                |from().measurement('m').where(lambda: "task" == '{task}')
                |window().period(10s).every(10s)
                @tTest().field('x').size(100).alpha(0.001)"""
        for task in range(self.tasks):
            self.daemon.define(f"t{task}", script.format(task=task))
            self.daemon.call("PATCH", f"/kapacitor/v1/tasks/t{task}", {"status": "enabled"})
        wait_until(lambda: self.daemon.log().count("started with") == self.tasks, 60, "all are started")
        self.daemon.write([f"m,task={task} x={i * 7 % 11}.0 {i}" for i in range(51) for task in range(self.tasks)])
        wait_until(lambda: self.daemon.log().count("state fresh") == self.tasks, 60, "all have had a window")
        self.assertTrue(self.daemon.stop())
        self.assertEqual(self.daemon.log().count("state saved for the restart of kapacitord"), self.tasks)
        self.daemon.start()
        wait_until(lambda: self.daemon.log().count("started with") == 2 * self.tasks, 60, "all are started again")
        self.daemon.write([f"m,task={task} x={i * 7 % 11}.0 {i}" for i in range(51, 81) for task in range(self.tasks)])
        wait_until(lambda: self.daemon.log().count(WHEN_STOPPED) == self.tasks, 60, "all have found their state")


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
