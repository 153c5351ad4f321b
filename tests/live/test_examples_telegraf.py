"""The snippet for Telegraf as it is shipped, but for its paths, in a real Telegraf."""
import os
import time

import parts
from fixture import ODDITY, WithFolder
from parts import Telegraf, wait_until

NEEDS = [parts.telegraf]

EXAMPLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "examples", "live", "telegraf.conf")

AROUND = """
[agent]
  interval = "1s"
  flush_interval = "1s"
  omit_hostname = true
[[inputs.tail]]
  files = ["{home}/lines.lp"]
  from_beginning = true
  data_format = "influx"
[[outputs.file]]
  files = ["{home}/passed.lp"]
  data_format = "influx"
"""


class Snippet(WithFolder):
    def test_lines_are_handed_on_with_what_the_page_says(self):
        with open(EXAMPLE, encoding="utf-8") as file:
            snippet = file.read()
        for old, new in (("/usr/bin/oddity", ODDITY), ("/var/lib/telegraf/oddity", self.path("state"))):
            self.assertIn(f'"{old}"', snippet)
            snippet = snippet.replace(f'"{old}"', f'"{new}"')
        now = time.time_ns()
        with open(self.path("lines.lp"), "w", encoding="utf-8") as file:
            for n in range(400):
                file.write(f"cpu usage_idle={90 + n % 7} {now + n * 10**9}\n")
        with Telegraf(AROUND.format(home=self.home) + snippet, self.home) as telegraf:
            wait_until(lambda: os.path.exists(self.path("passed.lp")) and len(self.passed()) == 400, 60, "all lines are handed on")
            self.assertEqual(telegraf.stop(), 0, telegraf.log()[-2000:])
            self.assertNotIn("E! ", telegraf.log())
            self.assertIn("oddity: stopped after 400 lines", telegraf.log())
        judged = [line for line in self.passed() if "usage_idle.score=" in line and "usage_idle.anomalous=" in line and "usage_idle.alarm=" in line]
        self.assertEqual(len(judged), 250)
        self.assertTrue(os.path.exists(self.path(os.path.join("state", "state"))))

    def passed(self):
        with open(self.path("passed.lp"), encoding="utf-8") as file:
            return file.read().splitlines()
