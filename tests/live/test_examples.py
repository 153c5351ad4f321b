"""The examples as they are shipped, but for ports and folders: the subscription in a real InfluxDB, the unit, the container's commands."""
import os
import re
import shutil
import subprocess
import unittest

from fixture import ODDITY, Live, WithFolder, demo_lines
import parts
from parts import Influxd, wait_until

NEEDS = [parts.influxd]

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
SHIPPED = {"http://127.0.0.1:8186", "http://127.0.0.1:8086", "127.0.0.1:8186", "/var/lib/oddity-live", "/usr/bin/oddity"}


def example(name, replacements=None):
    """A file of examples/live with other ports and folders; each of them stands there."""
    with open(os.path.join(ROOT, "examples", "live", name), encoding="utf-8") as file:
        text = file.read()
    for old, new in (replacements or {}).items():
        assert old in SHIPPED and old in text, old
        text = text.replace(old, new)
    return text


class Subscription(WithFolder):
    def test_what_the_file_says_brings_the_points(self):
        with Influxd() as influxdb, Live("--to", influxdb.url, "--state", self.path("state")) as live:
            influxdb.execute('CREATE DATABASE "telegraf"')
            influxdb.execute(example("influxdb.sql", {"http://127.0.0.1:8186": live.url}))
            lines = demo_lines(400)
            influxdb.write("telegraf", lines)
            wait_until(lambda: live.metrics()["oddity_points_total"] == 3 * len(lines), 60, "the points have come")
            live.delivered()
            self.assertEqual(influxdb.count("oddity_temperatures", "oddity", "score"), 3 * (len(lines) - 150))


class Unit(WithFolder):
    def test_its_command_listens_sends_and_stops_as_systemd_asks(self):
        unit = example("oddity-live.service")
        command = re.search(r"^ExecStart=/usr/bin/oddity (live .*)$", unit, re.M)[1].split()
        self.assertIn("KillMode=mixed", unit)
        with Influxd() as influxdb:
            replaced = {"/var/lib/oddity-live": self.path("state"), "http://127.0.0.1:8086": influxdb.url}
            live = Live()
            replaced["127.0.0.1:8186"] = f"127.0.0.1:{live.port}"
            self.assertEqual(set(replaced) - set(command), set())
            live.command = [ODDITY] + [replaced.get(word, word) for word in command]
            with live:
                live.post(demo_lines(300))
                self.assertEqual(live.stop(), 0, live.log())
            self.assertEqual(influxdb.count("oddity_temperatures", "oddity", "score"), 3 * 150)
        self.assertTrue(os.path.exists(self.path(os.path.join("state", "state"))))

    @unittest.skipUnless(shutil.which("systemd-analyze"), "systemd is not there")
    def test_systemd_finds_nothing_wrong_in_it(self):
        copy = self.path("oddity-live.service")
        with open(copy, "w", encoding="utf-8") as file:
            file.write(example("oddity-live.service", {"/usr/bin/oddity": ODDITY}))
        done = subprocess.run(["systemd-analyze", "verify", "--man=no", copy], capture_output=True, text=True, check=False)
        # Without systemd as the first process there is nobody to ask about other units; the file itself is still read.
        self.assertEqual([text for text in done.stderr.splitlines() if "oddity-live.service" in text], [])


class Container(unittest.TestCase):
    """No container is built here; what it says is looked up."""

    def test_its_packages_are_debians_and_its_commands_are_those_of_dev(self):
        text = example("Containerfile")
        with open(os.path.join(ROOT, "dev"), encoding="utf-8") as file:
            dev = file.read()
        commands = re.findall(r"^RUN .*\./dev (\w+)", text, re.M)
        self.assertEqual(commands, ["package"])
        for command in commands:
            self.assertTrue(re.search(rf"^  {command}\) ", dev, re.M), command)
        self.assertEqual(re.findall(r"^FROM docker.io/library/(\S+)", text, re.M), ["debian:12", "debian:12-slim"])
        named = re.search(r"--no-install-recommends ([^&]*)", text)[1].split()
        named = [name for name in named if not name.startswith("/")] + re.search(r'^build_packages="(.*)"', dev, re.M)[1].split()
        self.assertGreater(len(named), 10)
        if not shutil.which("apt-cache"):
            self.skipTest("apt-cache is not there")
        said = subprocess.run(["apt-cache", "policy", *named], capture_output=True, text=True, check=True).stdout
        known = re.findall(r"^(\S+):\n  Installed: .*\n  Candidate: \d", said, re.M)
        self.assertEqual(set(named) - set(known), set())

    def test_its_flags_are_those_of_the_program(self):
        shown = subprocess.run([ODDITY, "live", "--help"], capture_output=True, text=True, check=True).stdout
        flags = re.findall(r"(?<= )--(?:listen|token-file|to|state)\b", example("Containerfile")) + re.findall(r'"(--[a-z-]+)"', example("Containerfile"))
        self.assertGreater(len(flags), 3)
        for flag in flags:
            self.assertIn(flag, shown)
