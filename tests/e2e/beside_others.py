"""A daemon with tasks of other people beside ours: a native one, and one with a function that is not ours. What comes out of them is read
before and after each fault.
"""
import os
import unittest

from fixture import DAEMON, ODDITY, agents_of
from kapacitord import Kapacitord, wait_until

BUILD = os.path.dirname(os.path.dirname(ODDITY))
MISBEHAVING = os.path.join(BUILD, "tests", "misbehaving")
MIRROR = os.path.join(BUILD, "examples", "udf", "mirror")

BESIDE = """
dbrp "printer"."autogen"
stream
    |from().measurement('beside')
    {function}
    |httpOut('latest')
"""


def watching(algorithm, options="", window="|window().periodCount(2).everyCount(1)", after="|httpOut('out')", name="tTest"):
    return f"""
        dbrp "printer"."autogen"
        stream
            |from().measurement('ours')
            {window}
            @{name}().field('x').size(1000).alpha(0.001).algorithm('{algorithm}'){options}
            {after}"""


def misbehaving(fault, wait="1s", **more):
    return watching("misbehaves", f".param('fault', '{fault}').param('wait', '{wait}')", **more)


def points(count, first=0, value=lambda i: i % 7):
    return [f"ours x={float(value(i))} {first + i}" for i in range(count)]


class BesideOthers(unittest.TestCase):
    """A daemon with the two tasks of other people, and helpers for ours."""
    timeout = "10s"
    configuration = ""

    def setUp(self):
        arguments = ["agent", "--plugins", MISBEHAVING]
        self.daemon = Kapacitord(DAEMON, {"mirror": (MIRROR, [], "10s")})
        self.addCleanup(self.daemon.__exit__)
        if self.configuration:
            path = os.path.join(self.daemon.home, "oddity.yaml")
            with open(path, "w", encoding="utf-8") as file:
                file.write(self.configuration)
            arguments += ["--config", path]
        self.daemon.functions["tTest"] = (ODDITY, arguments, self.timeout)
        self.daemon.start()
        self.written = 0
        for task, function in (("native", ""), ("mirrored", "@mirror()")):
            self.daemon.define(task, BESIDE.format(function=function))
            self.daemon.enable(task)
        self.others = set(agents_of(self.daemon))
        self.others_work()

    def others_work(self):
        """A new point goes through both tasks of other people."""
        self.assertTrue(self.daemon.alive(), self.daemon.log())
        self.written += 1
        self.daemon.write([f"beside value={self.written} {self.written}"])
        for task in ("native", "mirrored"):
            expected = f'["1970-01-01T00:00:{self.written:02}Z",{self.written}]'
            wait_until(lambda: expected in self.daemon.text("GET", f"/kapacitor/v1/tasks/{task}/latest"), 20,
                       f"{task} passes on point {self.written}")
            self.assertEqual(self.daemon.task(task)["error"], "")

    def enable(self, script):
        self.daemon.define("ours", script)
        self.daemon.enable("ours")
        self.assertEqual(self.daemon.task("ours")["error"], "")

    def ours(self):
        """The process id of our task's agent."""
        return wait_until(lambda: set(agents_of(self.daemon)) - self.others, 10, "our agent runs").pop()

    def error(self, seconds=30):
        return wait_until(lambda: self.daemon.task("ours")["error"], seconds, "the task has an error; the log:\n" + self.daemon.log()[-3000:])

    def output(self):
        return self.daemon.text("GET", "/kapacitor/v1/tasks/ours/out")

    def ours_is_gone(self):
        wait_until(lambda: set(agents_of(self.daemon)) <= self.others, 15, "our agent has left")

    def passes_a_point(self, at):
        """Our task judges a window that ends at `at` seconds."""
        self.daemon.write(points(3, at - 2))
        wait_until(lambda: f"{at % 60:02}Z" in self.output(), 20, f"a result at {at}: {self.output()}")
