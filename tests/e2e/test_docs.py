"""The commands of docs/kapacitor.md, run on the real daemon with the kapacitor command line."""
import os
import shutil
import sys
import unittest

from fixture import BED, DAEMON, EXAMPLES, HOTEND, ODDITY, OnDaemon, alerts

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "docs"))
from run_commands import ROOT, blocks, run  # noqa: E402

BESIDE = os.path.join(os.path.dirname(DAEMON), "kapacitor")
CLIENT = BESIDE if os.path.exists(BESIDE) else shutil.which("kapacitor")


@unittest.skipUnless(CLIENT and shutil.which("curl"), "needs the kapacitor command line beside kapacitord, and curl")
class Docs(OnDaemon):
    def test_the_pages_route_leads_to_alerts(self):
        folder = os.path.join(self.daemon.home, "route")
        shutil.copytree(EXAMPLES, folder)
        path = os.pathsep.join([os.path.dirname(ODDITY), os.path.dirname(os.path.abspath(CLIENT)), os.environ["PATH"]])
        environment = dict(os.environ, PATH=path, KAPACITOR_URL=f"http://127.0.0.1:{self.daemon.port}")
        logs = "/tmp/kapacitor_udf"
        for name in ("hotend", "bed", "air"):
            if os.path.exists(f"{logs}/{name}_failure.log"):
                os.remove(f"{logs}/{name}_failure.log")
        for block in blocks(os.path.join(ROOT, "docs", "kapacitor.md"), "sh-with-kapacitor"):
            code, text = run(block, folder, environment)
            self.assertEqual(code, 0, block + text)
        hotend = [time for _, time in alerts(f"{logs}/hotend_failure.log")]
        bed = [time for _, time in alerts(f"{logs}/bed_failure.log")]
        self.assertEqual(hotend.count(HOTEND[0]), 2, "live, and from the replay")
        for time in BED:
            self.assertEqual(bed.count(time), 2)


if __name__ == "__main__":
    unittest.main()
