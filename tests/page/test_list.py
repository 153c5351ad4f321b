"""The list of series: what is drawn of it, its order, the search, and thousands of series."""
import time

import fixture

LINE, ODD = [0x25, 0x63, 0xa8], [0xc4, 0x32, 0x1c]


class List(fixture.PageTest):
    def test_those_that_alarmed_last_come_first_then_the_others_by_score_and_name(self):
        self.serve(20)
        self.assertEqual(self.ids()[:4], [17, 10, 3, 0])
        self.assertEqual(self.names()[0], "net  bytes_recv host=web-0017 zone=b")

    def test_a_row_has_its_value_its_score_and_its_last_alarm(self):
        self.serve(20)
        text = self.browser.text('.row[data-id="17"]')
        for part in ("net bytes_recv", "host=web-0017", "0.30", "▲ 10 min ago"):
            self.assertIn(part, text)
        self.browser.type("#search", "web-0005")
        self.assertIn("young", self.browser.text('.row[data-id="5"]'))

    def test_sparklines_have_the_line_and_its_alarm(self):
        self.serve(20)
        self.until_row(17, "row.canvas.dataset.points === '60'")
        canvas = '.row[data-id="17"] canvas'
        self.assertGreater(self.pixels(canvas, LINE), 30)
        self.assertGreater(self.pixels(canvas, ODD), 10)
        self.until_row(0, "row.canvas.dataset.points === '60'")
        self.assertEqual(self.pixels('.row[data-id="0"] canvas', ODD), 0)

    def test_search_narrows_to_series_with_all_of_its_words(self):
        self.serve(40)
        self.browser.type("#search", "CPU zone=b")
        self.assertTrue(all("cpu" in name and "zone=b" in name for name in self.names()))
        self.assertEqual(self.browser.text("#count"), "7 of 40")
        self.browser.type("#search", " nowhere")
        self.assertEqual(self.names(), [])
        self.assertEqual(self.browser.text("#empty"), "No series matches")
        self.browser.press("Escape")
        self.assertEqual(self.browser.text("#count"), "40 series")

    def test_only_those_with_alarms(self):
        self.serve(40)
        self.browser.click("#alarmed")
        self.assertEqual(self.ids(), [38, 31, 24, 17, 10, 3])

    def test_of_five_thousand_series_only_the_rows_in_view_are_drawn_and_asked_for(self):
        server = self.serve(5000)
        drawn = self.browser.run("return Number(document.documentElement.dataset.drawn)")
        print(f"\n5000 series are drawn {drawn} ms after the page was asked for", flush=True)
        self.assertEqual(self.browser.text("#count"), "5,000 series")
        self.assertLess(self.browser.run("return document.querySelectorAll('.row').length"), 30)
        self.browser.until("return [...document.querySelectorAll('.row')].every((row) => row.canvas.dataset.points === '60')")
        asked = {id for path in server.requests if "/api/sparks" in path for id in path.split("=")[1].split(",")}
        self.assertLess(len(asked), 30)
        self.browser.run("document.querySelector('#list').scrollTop = 1e9")
        self.browser.until("return [...document.querySelectorAll('.row')].some((row) => row.ariaPosInSet === '5000')")
        self.browser.until("return [...document.querySelectorAll('.row')].every((row) => row.canvas.dataset.points === '60')")
        self.assertLess(self.browser.run("return document.querySelectorAll('.row').length"), 30)

    def test_without_series_it_says_so(self):
        self.serve(0)
        self.assertIn("No series yet", self.browser.text("#empty"))

    def test_the_first_series_of_all_appears_by_itself(self):
        server = self.serve(0)
        server.appear(0, {"host": "first"})
        self.until_row(0, "row.innerText.includes('host=first')")
        self.assertEqual(self.browser.text("#empty"), "")

    def test_times_are_in_utc_or_local(self):
        self.serve(20)
        self.browser.click('.row[data-id="17"]')
        self.until_open()
        self.assertEqual(self.browser.text("#said-time"), "2026-01-01 00:49:50 UTC")
        self.browser.click("#clock")
        self.assertNotIn("UTC", self.browser.text("#said-time"))
        self.browser.click("#clock")


class Strangers(fixture.PageTest):
    """Names come from whoever sends points."""

    evil = "<img src=x onerror=\"document.title='taken'\">"

    def test_a_name_that_is_html_is_shown_as_the_text_that_it_is(self):
        server = self.serve(3)
        server.appear(3, {"host": self.evil, self.evil: "</script><script>document.title='taken'</script>"})
        self.until_row(3, f"row.innerText.includes({self.evil!r})")
        server.point(3, 99, anomalous=True, alarm=True)
        self.until_row(3, "row.ariaPosInSet === '1'")
        self.browser.click('.row[data-id="3"]')
        self.until_open()
        self.assertIn(self.evil, self.browser.text("#tags"))
        self.assertEqual(self.browser.run("return document.querySelectorAll('img').length"), 0)
        self.assertNotIn("taken", self.browser.run("return document.title"))

    def test_html_that_came_in_all_the_same_could_run_nothing(self):
        self.serve(3)
        self.browser.run("document.querySelector('#subtitle').innerHTML = arguments[0]", self.evil)
        end = time.monotonic() + 15
        while not any("inline event handler" in message for message in self.browser.log()):
            self.assertLess(time.monotonic(), end, "the browser refuses it, and says so")
        self.assertNotIn("taken", self.browser.run("return document.title"))

    def test_numbers_of_every_size_and_none_have_a_text(self):
        server = self.serve(3)
        for number, text in ((None, "–"), (0, "0"), (-1.5e300, "-1.50e300"), (1e-12, "1.00e-12"), (123456789.25, "123,456,789")):
            server.point(0, number)
            self.until_row(0, f"row.value.innerText === {text!r}")
