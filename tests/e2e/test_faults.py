"""Faults on the real daemon, with tasks of other people beside ours: kapacitord and they go on each time."""
import concurrent.futures
import os
import signal
import threading
import time
import unittest

from beside_others import BesideOthers, misbehaving, points, watching
from fixture import agents_of
from kapacitord import wait_until
from slow_server import SlowServer


class Faults(BesideOthers):
    # The agent ---------------------------------------------------------------------------------------------------------------
    def test_the_agent_is_killed(self):
        self.enable(watching("ttest"))
        self.passes_a_point(10)
        os.kill(self.ours(), signal.SIGKILL)
        self.others_work()
        self.daemon.write(points(50, 100))
        self.error()
        self.others_work()
        self.daemon.disable("ours")
        self.daemon.enable("ours")
        self.passes_a_point(210)
        self.others_work()

    def test_the_daemon_is_restarted(self):
        self.enable(watching("ttest"))
        self.passes_a_point(10)
        time.sleep(2.5)  # two snapshots
        self.assertTrue(self.daemon.stop(), "it stops when asked")
        self.daemon.start()
        wait_until(lambda: self.daemon.task("ours")["executing"], 20, "our task executes again")
        self.passes_a_point(50)
        self.assertIn("state restored as it was at the last stop: 1 groups, 1 detectors", self.daemon.log())
        self.others_work()

    def test_the_daemon_is_killed_and_started_again(self):
        self.enable(watching("ttest"))
        self.passes_a_point(10)
        agents = agents_of(self.daemon)
        self.daemon.process.kill()
        self.daemon.process.wait()
        wait_until(lambda: not any(os.path.exists(f"/proc/{agent}/exe") for agent in agents), 15, "no agent is left")
        self.daemon.start()
        self.passes_a_point(50)
        self.others_work()

    # Full pipes --------------------------------------------------------------------------------------------------------------
    def stops(self, stop, server, meanwhile=lambda: None):
        """Our agent leaves while nobody reads what it has to say. Then kapacitord's own httpPost works off the thousand points of
        its edge, which no agent can shorten: the receiver hurries."""
        stopping = threading.Thread(target=stop, args=("ours", 60))
        stopping.start()
        meanwhile()
        self.ours_is_gone()
        server.hurry()
        stopping.join(60)
        self.assertFalse(stopping.is_alive(), "the task is stopped")

    def test_disable_under_back_pressure(self):
        with SlowServer(0.2) as server:
            self.enable(watching("ttest", after=f"|httpPost('{server.url}')"))
            self.daemon.write(points(6000))
            wait_until(lambda: server.requests > 3, 20, "the slow receiver receives")
            self.others_work()
            self.stops(self.daemon.disable, server)
            self.others_work()

    def test_delete_with_full_pipes(self):
        with SlowServer(0.2) as server:
            self.enable(watching("ttest", after=f"|httpPost('{server.url}')"))
            agent = self.ours()
            self.daemon.write(points(1500))
            wait_until(lambda: server.requests > 3, 20, "the slow receiver receives")
            os.kill(agent, signal.SIGSTOP)
            # While it stands still, kapacitord fills its stdin and comes to stand inside a write.
            self.daemon.write(points(1500, 10_000))
            time.sleep(1)

            def go_on():
                time.sleep(0.5)
                os.kill(agent, signal.SIGCONT)
            self.stops(self.daemon.delete, server, go_on)
            self.others_work()

    def test_redefine_while_a_batch_is_open(self):
        self.enable(watching("ttest", window="|window().periodCount(5000).everyCount(5000)"))
        agent = self.ours()
        os.kill(agent, signal.SIGSTOP)
        # 5 000 points are five times what a pipe holds: kapacitord stands between a begin and an end.
        self.daemon.write(points(5001))
        time.sleep(1)
        redefining = threading.Thread(target=self.daemon.call, args=("PATCH", "/kapacitor/v1/tasks/ours", {"script": watching("zscore")}, 30))
        redefining.start()
        time.sleep(0.5)
        os.kill(agent, signal.SIGCONT)
        redefining.join(30)
        self.assertFalse(redefining.is_alive(), "the task is redefined")
        self.assertIn("zscore", self.daemon.task("ours")["script"])
        self.daemon.disable("ours")
        self.daemon.enable("ours")
        self.passes_a_point(20_010)
        self.others_work()

    def test_disable_while_a_detector_is_inside_a_call(self):
        self.enable(misbehaving("sleeps", "30s"))
        self.daemon.write(points(10, 0, lambda i: 5000))
        time.sleep(1)
        self.others_work()
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            disabled = pool.submit(self.daemon.disable, "ours", 60)
            try:
                disabled.result(20)
            except concurrent.futures.TimeoutError:
                own_wait = self.daemon.ends_a_use_as_a_replay()
                os.kill(self.ours(), signal.SIGKILL)  # or it judges the nine windows first, for 30 s each
                disabled.result(20)
                self.assertTrue(own_wait, "nothing but kapacitord's own wait excuses ours")
        self.ours_is_gone()
        self.others_work()

    # What a detector does ----------------------------------------------------------------------------------------------------
    def harmless(self, fault):
        """The detector misbehaves at the tenth second; the task goes on."""
        self.enable(misbehaving(fault))
        self.passes_a_point(5)
        self.daemon.write(points(3, 10, lambda i: 5000))
        self.passes_a_point(30)
        self.assertEqual(self.daemon.task("ours")["error"], "")
        self.others_work()
        self.daemon.disable("ours", 20)
        self.ours_is_gone()
        self.others_work()

    def test_it_prints_to_stdout(self):
        self.harmless("prints")
        self.assertIn("a library says hello", self.daemon.log())

    def test_it_prints_when_it_is_made(self):
        self.harmless("prints-when-made")

    def test_it_throws(self):
        self.harmless("throws")
        self.assertIn("cannot judge", self.daemon.log())

    def test_it_throws_what_is_no_exception(self):
        self.harmless("throws-no-exception")

    def test_it_answers_nan_and_infinity(self):
        self.harmless("answers-nan")

    def test_it_prints_a_line_of_100_kib(self):
        self.enable(misbehaving("prints-long"))
        self.passes_a_point(5)
        for second in range(100, 110):  # a megabyte in all, sixteen times what a pipe holds
            self.daemon.write(points(3, second, lambda i: 5000))
        self.passes_a_point(130)
        self.assertEqual(self.daemon.task("ours")["error"], "")
        self.daemon.disable("ours", 20)
        self.assertIn("ended (", self.daemon.log(), "the log is read to its end")
        self.others_work()

    def test_it_leaves_a_child_behind(self):
        self.harmless("leaves-a-child")

    def test_it_aborts(self):
        self.enable(misbehaving("aborts"))
        self.passes_a_point(5)
        self.daemon.write(points(5, 10, lambda i: 5000))
        time.sleep(0.5)
        self.daemon.write(points(50, 20))  # a failure is seen with the next point
        self.error()
        self.others_work()
        self.daemon.disable("ours")
        self.daemon.enable("ours")
        self.passes_a_point(130)
        self.others_work()

    def test_it_aborts_in_its_constructor(self):
        self.daemon.define("ours", misbehaving("aborts-when-made"))
        self.daemon.enable("ours")
        self.error()
        self.ours_is_gone()
        self.others_work()

    def test_it_throws_in_its_constructor(self):
        self.daemon.define("ours", misbehaving("throws-when-made"))
        self.daemon.enable("ours")
        self.assertIn("cannot be made", self.error())
        self.ours_is_gone()
        self.others_work()


class LongCalls(BesideOthers):
    timeout = "2s"
    call = "12s"

    def test_a_detector_that_sleeps_far_beyond_the_timeout_survives(self):
        self.enable(misbehaving("sleeps", self.call))
        self.passes_a_point(5)
        self.daemon.write(points(1, 10, lambda i: 5000))
        self.others_work()
        wait_until(lambda: "00:10Z" in self.output(), 90, "the result of the long call")
        self.assertEqual(self.daemon.task("ours")["error"], "")
        self.others_work()


class NeverReturns(BesideOthers):
    timeout = "2s"
    configuration = "limits:\n  call: 3s\n"

    def test_a_detector_that_never_returns_ends_at_the_limit(self):
        self.enable(misbehaving("never-returns"))
        self.passes_a_point(5)
        self.daemon.write(points(2, 10, lambda i: 5000))
        for i in range(20):  # the failure is seen with the next point
            time.sleep(0.5)
            self.daemon.write(points(1, 100 + i))
        error = self.error()
        self.assertIn("detector 'misbehaves' did not return within 3 s", error)
        self.ours_is_gone()
        self.others_work()


if __name__ == "__main__":
    unittest.main()
