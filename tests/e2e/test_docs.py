"""docs/kapacitor.md, typed word for word on a machine where Kapacitor came from a package: see newcomer.py."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

from fixture import AIR, BED, DAEMON, HOTEND, ODDITY

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
CLIENT = os.path.join(os.path.dirname(DAEMON), "kapacitor")
NAMESPACES = ["unshare", "--mount", "--net"]


def possible():
    tools = all(shutil.which(tool) for tool in ("curl", "unshare", "setpriv", "dpkg", "cpack"))
    return tools and os.path.exists(CLIENT) and subprocess.run([*NAMESPACES, "true"], check=False, capture_output=True).returncode == 0


@unittest.skipUnless(possible(), "installs something: needs root, who may unshare, and curl, cpack and the kapacitor command line beside kapacitord")
class Docs(unittest.TestCase):
    def type_the_page(self, layout, *first):
        """What was said, and the text of each alert log."""
        page = os.path.join(ROOT, "docs", "kapacitor.md")
        # The folder that layers are mounted on is this test's, since nobody inside can remove it.
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        done = subprocess.run([*NAMESPACES, sys.executable, os.path.join(HERE, "newcomer.py"), DAEMON, os.path.dirname(os.path.dirname(ODDITY)),
                               layout, page, *first], capture_output=True, text=True, timeout=280, check=False, env=dict(os.environ, TMPDIR=folder.name))
        self.assertEqual(done.returncode, 0, done.stdout[-8000:] + done.stderr[-2000:])
        said, *files = done.stdout.split("\n=== ")
        return said, dict(file.split("\n", 1) for file in files)

    def found(self, text, name=""):
        alerts = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
        return [alert["time"] for alert in alerts if alert["level"] == "CRITICAL" and name in alert["id"]]

    def check(self, layout, times, *first):
        said, files = self.type_the_page(layout, *first)
        for name, planted in (("hotend", HOTEND), ("bed", BED), ("air", AIR)):
            found = self.found(files[f"{name}_failure.log"])
            for time in planted:
                self.assertEqual(found.count(time), times, f"{name} at {time}: {found}")
        self.assertIn(HOTEND[0], said, "the page shows it")
        log = files["kapacitord says"]
        self.assertIn("saved at a stop in '/var/lib/kapacitor/.local/state/oddity'", log)
        self.assertNotIn("NOT SAVED", log)
        self.assertNotIn("without a verb", log)
        return files

    def test_typed_behind_the_configuration_of_the_package(self):
        files = self.check("package", 3)  # live, from the replay, and of three fields in one process
        self.assertIn("[udf]\n[udf.functions]\n", files["configuration"])
        for printer in ("p1", "p2"):
            found = self.found(files["by_printer.log"], f"printer={printer}")
            self.assertEqual(found[:1], HOTEND, f"{printer}: {found}")
        self.assertNotIn("2016", self.found(files["each_point.log"], "printer=p1")[-1], "the single point of the page's last lines")

    def test_typed_behind_what_kapacitord_config_prints(self):
        files = self.check("config", 1, "5")  # up to the first alerts: the rest is no matter of the configuration
        self.assertNotIn("[udf.functions]\n", files["configuration"])


if __name__ == "__main__":
    unittest.main()
