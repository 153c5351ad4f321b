"""The page as `oddity live` serves it: what is written to it is drawn, and what comes later appears."""
import math
import os
import re
import subprocess
import tempfile
import time
import urllib.request

import fixture


class Front(fixture.PageTest):
    def front(self):
        """A live front; its address."""
        folder = self.enterContext(tempfile.TemporaryDirectory())
        log = os.path.join(folder, "log")
        with open(log, "w", encoding="utf-8") as errors:
            process = subprocess.Popen([os.environ["ODDITY_BIN"], "live", "--listen", "127.0.0.1:0"],
                                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors)
        self.addCleanup(process.wait)
        self.addCleanup(process.terminate)
        for _ in range(200):
            with open(log, encoding="utf-8") as text:
                if found := re.search(r"listening on (\S+)", text.read()):
                    return found[1] + "/"
            time.sleep(0.05)
        self.fail("it does not listen")

    def write(self, address, lines):
        urllib.request.urlopen(address + "write?precision=s", "\n".join(lines).encode(), timeout=10).close()

    def until_judged(self, address, lines):
        for _ in range(200):
            with urllib.request.urlopen(address + "metrics", timeout=10) as text:
                if f"\noddity_lines_total {lines}\n".encode() in text.read():
                    return
            time.sleep(0.05)
        self.fail("what was written is not judged")

    @staticmethod
    def rows(begin, end, hosts, odd=()):
        for i in range(begin, end):
            for host in range(hosts):
                value = 50 + 5 * math.sin(i / 3 + host) + (200 if (i, host) in odd else 0)
                yield f"cpu,host=web{host} usage={value:.3f} {1_700_000_000 + 10 * i}"

    def test_what_was_written_is_drawn_and_what_comes_appears(self):
        address = self.front()
        self.write(address, self.rows(0, 300, 5, odd={(290, 3)}))
        self.until_judged(address, 1500)
        self.show(address)
        self.browser.until("return document.querySelector('#connection').dataset.state === 'live'")
        self.assertIn("host=web3", self.names()[0], "the series that alarmed is on top")
        first = self.ids()[0]
        self.until_row(first, "row.canvas.dataset.points === '60'")
        self.browser.click(f'.row[data-id="{first}"]')
        self.until_open()
        self.assertEqual(self.browser.run("return Number(document.querySelector('#plot').dataset.points)"), 300)
        self.write(address, self.rows(300, 301, 5, odd={(300, 3)}))
        self.browser.until("return Number(document.querySelector('#plot').dataset.points) === 301")
        self.browser.until("return document.querySelector('#totals').innerText.includes('1,505')")
        self.browser.until("return /^(Alarm|Anomalous): .*\\(.+\\)$/.test(document.querySelector('#said-words').innerText)")

    def test_a_page_that_was_open_before_anything_came_shows_it(self):
        address = self.front()
        self.show(address)
        self.browser.until("return document.querySelector('#connection').dataset.state === 'live'")
        self.write(address, self.rows(0, 3, 2))
        self.browser.until("return document.querySelector('#count').innerText === '2 series'")
