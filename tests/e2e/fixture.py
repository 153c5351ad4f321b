"""What the tests on the real daemon share: the program, the demo's data, the scripts of examples/, alert logs."""
import json
import os
import re
import subprocess
import tempfile
import time
import unittest

from kapacitord import Kapacitord, wait_until

ODDITY = os.environ["ODDITY_BIN"]
DAEMON = os.environ["ODDITY_KAPACITORD"]
EXAMPLES = os.path.join(os.path.dirname(__file__), "..", "..", "examples", "kapacitor")

# The windows that the demo's day has planted, by their ends.
HOTEND = ["2016-01-01T01:05:00Z"]
BED = ["2016-01-01T08:05:00Z", "2016-01-01T08:10:00Z", "2016-01-01T08:15:00Z"]
AIR = [f"2016-01-01T12:{minute:02}:00Z" for minute in range(5, 35, 5)]


def demo_lines():
    """The demo's day as line protocol, times in seconds."""
    with tempfile.NamedTemporaryFile(suffix=".lp") as file:
        subprocess.run([ODDITY, "demo", "--write", file.name, "--precision", "s"], check=True, stdout=subprocess.DEVNULL)
        with open(file.name, encoding="utf-8") as lines:
            return lines.read().splitlines()


GUIDES_RULE = ("--calibrate", "none", "--only-anomalies")


def replayed(lines, *options, rule=GUIDES_RULE):
    """What `oddity replay` says of the same lines; by the guide's rule of windows whose pvalue is below alpha."""
    with tempfile.NamedTemporaryFile("w", suffix=".lp") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        done = subprocess.run([ODDITY, "replay", file.name, "--precision", "s", "--size", "3600", "--alpha", "0.001",
                               *rule, *options], check=True, capture_output=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def times(records):
    return [record["time"] for record in records]


def example(name, logs, replacements=()):
    """A script of examples/, its alert logs in the folder `logs`."""
    with open(os.path.join(EXAMPLES, name), encoding="utf-8") as file:
        script = file.read()
    script = script.replace("/tmp/kapacitor_udf", logs)
    for old, new in replacements:
        assert old in script, old
        script = script.replace(old, new)
    return script


def alerts(path, level="CRITICAL"):
    """The alerts of a log, as [(id, time of the window)]."""
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as file:
        all_alerts = [json.loads(line) for line in file]
    return [(alert["id"], re.sub(r"\.0+Z$", "Z", alert["time"])) for alert in all_alerts if alert["level"] == level]


def agents_of(daemon):
    """Process ids of the daemon's agents."""
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", encoding="utf-8") as file:
                    parent = int(file.read().rsplit(")", 1)[1].split()[1])
            except (OSError, IndexError):
                continue
            if parent == daemon.process.pid:
                found.append(int(name))
    return found


class OnDaemon(unittest.TestCase):
    """Each test has a daemon of its own, with Oddity as tTest."""
    timeout = "10s"
    snapshots = "1s"

    @classmethod
    def setUpClass(cls):
        cls.lines = demo_lines()

    def setUp(self):
        self.daemon = Kapacitord(DAEMON, self.functions(), self.snapshots)
        self.addCleanup(self.daemon.__exit__)
        self.daemon.start()
        self.logs = os.path.join(self.daemon.home, "alerts")
        os.mkdir(self.logs)

    def functions(self):
        return {"tTest": (ODDITY, ["agent"], self.timeout)}

    def log_file(self, name):
        return os.path.join(self.logs, name)

    def settle(self, task):
        """Waits until what was written has gone through the task: its counters stand still."""
        def counters():
            return json.dumps(self.daemon.task(task)["stats"]["node-stats"], sort_keys=True)
        before = counters()
        def still():
            nonlocal before
            time.sleep(0.4)
            now = counters()
            same = now == before
            before = now
            return same
        wait_until(still, 120, f"task {task} has worked off its points")

    def run_live(self, task, script, lines):
        self.daemon.define(task, script)
        self.daemon.enable(task)
        self.assertEqual(self.daemon.task(task)["error"], "")
        self.daemon.write(lines)
        self.settle(task)
        self.daemon.disable(task)
        self.assertEqual(self.daemon.task(task)["error"], "")
