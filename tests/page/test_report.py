"""A report of `oddity replay`: one file, opened without a server and without a network."""
import os
import pathlib
import subprocess
import tempfile

import fixture


class Report(fixture.PageTest):
    def setUp(self):
        super().setUp()
        self.folder = self.enterContext(tempfile.TemporaryDirectory())
        self.browser.offline()
        self.addCleanup(self.browser.offline, False)

    def report(self, rows, *arguments):
        """Replays the rows, and opens the report."""
        path = pathlib.Path(self.folder)
        (path / "rows.lp").write_text(rows, encoding="utf-8")
        done = subprocess.run([os.environ["ODDITY_BIN"], "replay", "rows.lp", "--precision", "s", "--field", "x", "--size", "50", "--alpha", "0.001", "--output", "/dev/null",
                               "--report", "out.html", *arguments], cwd=path, capture_output=True, text=True, timeout=120, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.show((path / "out.html").as_uri())

    @staticmethod
    def rows(hosts, count, step=1):
        return "".join(f"m,host={host} x={(i * 7919 % 101) / 100 + (9 if i // 10 == 30 and host == hosts[0] else 0)} {i * step}\n" for i in range(count) for host in hosts)

    def test_opens_from_a_file_with_the_network_off_and_asks_for_nothing(self):
        self.report(self.rows("ab", 400), "--period", "10s", "--group-by", "host")
        self.assertEqual(self.browser.text("#title"), "What Oddity found")
        self.assertIn("windows of 10s", self.browser.text("#subtitle"))
        self.assertEqual(self.names(), ["m  x host=a", "m  x host=b"])
        self.browser.click(".row")
        self.until_open()
        self.browser.click("#alarms button")
        self.assertEqual(self.browser.text("#said-time"), "1970-01-01 00:05:10 UTC")
        self.assertRegex(self.browser.text("#said-words"), r"^Alarm: [\d.]+, above the expected [-\d.]+ to [\d.]+$")
        for name in ("score", "pvalue", "calibrated", "effect", "least", "greatest", "t"):
            self.assertIn(name, self.browser.text("#said").split("\n"))
        self.assertEqual(self.browser.run("return performance.getEntriesByType('resource').filter((one) => !one.name.startsWith('data:')).length"), 0)
        self.assertEqual(self.browser.log(), [])

    def test_a_long_series_is_thinned_and_says_so(self):
        self.report(self.rows("a", 30000), "--each")
        self.assertIn("1 of 1 series are thinned", self.browser.text("#notices"))
        self.browser.click(".row")
        self.until_open()
        self.assertRegex(self.browser.text("#thinned"), r"^Thinned: [\d,]+ of 30,000 windows are drawn")
        self.assertLess(self.browser.run("return Number(document.querySelector('#plot').dataset.points)"), 8000)
        self.assertGreater(self.browser.run("return document.querySelectorAll('#alarms button').length"), 0)

    def test_says_what_spoke_for_an_alarm(self):
        self.report(self.rows("a", 2000), "--each", "--algorithm", "novelty")
        self.browser.click(".row")
        self.until_open()
        self.browser.click("#alarms button")
        self.assertRegex(self.browser.text("#said-words"), r"^Alarm: .* \(jump\)$")

    def test_names_of_strangers_stay_text(self):
        evil = "</script><img\\ src\\=x\\ onerror\\=alert(1)>"
        self.report(self.rows([evil], 400), "--period", "10s", "--group-by", "host")
        self.assertEqual(self.names(), ["m  x host=</script><img src=x onerror=alert(1)>"])
        self.assertEqual(self.browser.run("return document.querySelectorAll('img').length"), 0)

    def test_the_demos_report_has_its_three_faults(self):
        path = pathlib.Path(self.folder)
        subprocess.run([os.environ["ODDITY_BIN"], "demo", "--report", "demo.html"], cwd=path, capture_output=True, timeout=120, check=True)
        self.show((path / "demo.html").as_uri())
        self.assertEqual(sorted(self.names()), ["temperatures  air", "temperatures  bed", "temperatures  hotend"])
        self.assertIn("3 alarms", self.browser.text("#totals").replace("\n", " "))
