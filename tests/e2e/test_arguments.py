"""What stands in `args`, or does not: what kapacitord itself shows of it."""
import os
import unittest

from fixture import DAEMON, ODDITY
from kapacitord import Kapacitord, wait_until


class Arguments(unittest.TestCase):
    def daemon(self, arguments):
        daemon = Kapacitord(DAEMON, {"tTest": (ODDITY, arguments, "10s")})
        self.addCleanup(daemon.__exit__)
        return daemon

    def output_of_a_daemon_that_does_not_start(self, arguments):
        daemon = self.daemon(arguments)
        with self.assertRaises(RuntimeError):
            daemon.start()
        self.assertNotEqual(daemon.process.wait(20), 0)
        with open(os.path.join(daemon.home, "output"), encoding="utf-8", errors="replace") as file:
            return file.read() + daemon.log()

    def test_a_wrong_flag_is_what_kapacitord_says(self):
        said = self.output_of_a_daemon_that_does_not_start(["agent", "--confg=/etc/oddity.yaml"])
        self.assertIn('failed to load process info for "tTest": oddity: the arguments in Kapacitor\'s configuration, `args`: ', said.replace('\\"', '"'))
        self.assertIn("did you mean '--config'?", said)

    def test_a_wrong_verb_is_what_kapacitord_says(self):
        self.assertIn("there is no verb 'agnet' (did you mean 'agent'?)", self.output_of_a_daemon_that_does_not_start(["agnet"]))

    def test_without_a_verb_it_works_and_says_so(self):
        daemon = self.daemon([])
        daemon.start()
        self.assertIn("oddity: started without a verb, between pipes: taken for `oddity agent`", daemon.log())
        self.assertTrue(daemon.stop())

    def test_a_task_without_data_has_told_its_start(self):
        daemon = self.daemon(["agent"])
        daemon.start()
        daemon.define("t", """dbrp "printer"."autogen"
            stream|from().measurement('m')|window().period(10s).every(10s)@tTest().field('x').size(100).alpha(0.001)""")
        daemon.enable("t")
        wait_until(lambda: "started with field=x alpha=0.001 algorithm=ttest size=100; saved at a stop in '" in daemon.log(), 20, "the line")
        self.assertNotIn("state fresh", daemon.log())


if __name__ == "__main__":
    unittest.main()
