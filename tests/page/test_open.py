"""One series large: its chart, zoom, what the detector said, keyboard and links."""
import fixture

RANGE = "return document.querySelector('#plot').dataset.range.split(' ').map(Number)"


class Open(fixture.PageTest):
    def range(self):
        low, high = self.browser.run(RANGE)
        return high - low

    def open_one(self, series=17):
        server = self.serve(20)
        self.browser.click(f'.row[data-id="{series}"]')
        self.until_open()
        return server

    def test_a_click_opens_the_series_large(self):
        self.open_one()
        self.assertEqual(self.browser.text("#name"), "net bytes_recv")
        self.assertEqual(self.browser.text("#tags").split(), ["host=web-0017", "zone=b"])
        _, _, width, height = self.browser.box("#plot")
        self.assertGreater(width, 600)
        self.assertGreater(height, 200)
        self.assertGreater(self.pixels("#plot canvas:nth-of-type(2), #plot canvas", [0x25, 0x63, 0xa8]), 500, "the line")
        self.assertGreater(self.pixels("#plot canvas:nth-of-type(2), #plot canvas", [0xc4, 0x32, 0x1c]), 20, "its alarm")
        self.assertTrue(self.browser.run("return location.hash") == "#series=17")

    def test_says_what_the_detector_said_at_the_point_under_the_cursor(self):
        self.open_one()
        self.assertIn("Normal: ", self.browser.text("#said-words"))
        left, top, width, height = self.browser.box("#plot")
        self.browser.pointer(("move", left + 200, top + height / 2))
        self.browser.until("return document.querySelector('#said-time').innerText < '2026-01-01 00:20'")
        first = self.browser.text("#said-time")
        self.browser.pointer(("move", left + width - 100, top + height / 2))
        self.browser.until("return document.querySelector('#said-time').innerText > arguments[0]", first)
        for name in ("score", "expected", "lower", "upper", "pvalue", "rare", "effect"):
            self.assertIn(name, self.browser.text("#said"))

    def test_an_alarm_of_the_list_is_shown_with_its_reason(self):
        self.open_one()
        self.assertEqual(self.browser.text("#alarms"), "2026-01-01 00:40:00 UTC2.40".replace("UTC2", "UTC\n2"))
        self.browser.click("#alarms button")
        self.assertEqual(self.browser.text("#said-time"), "2026-01-01 00:40:00 UTC")
        self.assertRegex(self.browser.text("#said-words"), r"^Alarm: [\d.]+, above the expected [\d.]+ to [\d.]+$")

    def test_drag_zooms_and_double_click_shows_all_again(self):
        self.open_one()
        whole = self.range()
        left, top, width, height = self.browser.box("#plot")
        self.browser.pointer(("move", left + width * .4, top + height / 2), ("down",), ("move", left + width * .5, top + height / 2),
                             ("move", left + width * .6, top + height / 2), ("up",))
        self.browser.until(f"const [low, high] = (() => {{ {RANGE} }})(); return high - low < arguments[0] * 0.4", whole)
        self.browser.pointer(("down",), ("up",), ("down",), ("up",))
        self.browser.until(f"const [low, high] = (() => {{ {RANGE} }})(); return high - low > arguments[0] * 0.99", whole)

    def test_marks_stay_with_their_points_in_a_part(self):
        self.open_one()
        self.browser.click("#alarms button")
        self.browser.run("document.querySelector('#plot').focus()")
        self.browser.press("+", "+", "+")
        self.browser.press("ArrowRight")
        self.assertGreater(self.pixels("#plot canvas:nth-of-type(2), #plot canvas", [0xc4, 0x32, 0x1c]), 50, "an alarm and the two anomalous points behind it")
        self.browser.press("PageUp", "+", "+")
        self.assertEqual(self.pixels("#plot canvas:nth-of-type(2), #plot canvas", [0xc4, 0x32, 0x1c]), 0, "beside them there is none")

    def test_the_wheel_scrolls_and_zooms_with_the_control_key(self):
        self.open_one()
        whole, (left, top, width, height) = self.range(), self.browser.box("#plot")
        wheel = {"type": "mouseWheel", "x": left + width / 2, "y": top + height / 2, "deltaX": 0, "deltaY": -100}
        self.browser.cdp("Input.dispatchMouseEvent", **wheel)
        self.assertEqual(self.range(), whole)
        self.browser.cdp("Input.dispatchMouseEvent", modifiers=2, **wheel)
        self.browser.until(f"const [low, high] = (() => {{ {RANGE} }})(); return high - low < arguments[0] * 0.9", whole)

    def test_buttons_zoom_in_and_out_and_to_all(self):
        self.open_one()
        whole = self.range()
        self.browser.click("#zoom-in")
        self.browser.click("#zoom-in")
        self.assertAlmostEqual(self.range() / whole, .25, 2)
        self.browser.click("#zoom-out")
        self.assertAlmostEqual(self.range() / whole, .5, 2)
        self.browser.click("#zoom-all")
        self.assertAlmostEqual(self.range() / whole, 1, 2)

    def test_the_keyboard_alone_goes_through_the_list_and_along_the_chart(self):
        self.serve(20)
        self.browser.press("/")
        self.assertEqual(self.browser.run("return document.activeElement.id"), "search")
        self.browser.press("ArrowDown")
        self.assertEqual(self.browser.run("return document.activeElement.id"), "list")
        self.browser.press("ArrowDown", "ArrowDown", "ArrowUp")
        self.assertEqual(self.browser.run("return document.querySelector('#list').getAttribute('aria-activedescendant')"), "row-10")
        self.browser.press("Enter")
        self.until_open()
        self.assertEqual(self.browser.text("#tags").split()[0], "host=web-0010")
        self.assertEqual(self.browser.run("return document.activeElement.id"), "plot")
        self.browser.press("ArrowLeft", "ArrowLeft")
        self.assertEqual(self.browser.text("#said-time"), "2026-01-01 00:49:30 UTC")
        whole = self.range()
        self.browser.press("+")
        self.assertLess(self.range(), whole * .6)
        self.browser.press("Escape")
        self.assertTrue(self.browser.run("return document.querySelector('#details').hidden"))
        self.assertEqual(self.browser.run("return document.activeElement.id"), "list")

    def test_while_a_series_is_open_arrows_open_the_next(self):
        self.open_one()
        self.browser.run("document.querySelector('#list').focus()")
        self.browser.press("ArrowDown")
        self.browser.until("return document.querySelector('#tags').innerText.includes('web-0010')")
        self.browser.press("End")
        self.browser.until("return document.querySelector('#tags').innerText.includes('web-0014')")

    def test_a_link_names_the_series_that_is_open_and_back_closes_it(self):
        server = self.serve(20)
        self.browser.open(server.address + "#series=4")
        self.browser.run("location.reload()")
        self.until_open()
        self.assertIn("web-0004", self.browser.text("#tags"))
        self.browser.run("document.querySelector('#list').focus()")
        self.browser.press("ArrowDown")
        self.browser.until("return location.hash !== '#series=4'")
        self.browser.call("POST", "/back")
        self.browser.until("return document.querySelector('#tags').innerText.includes('web-0004')")

    def test_roles_and_names_are_there_for_readers_of_the_screen(self):
        self.open_one()
        nameless = self.browser.run("""return [...document.querySelectorAll('button, input, [role=listbox], [role=option], [role=application], section')]
            .filter((one) => one.checkVisibility() && !(one.innerText || one.ariaLabel || one.getAttribute('aria-labelledby') || one.labels?.length)).map((one) => one.outerHTML)""")
        self.assertEqual(nameless, [])
        self.assertIn("alarm 10 min ago", self.browser.run("return document.querySelector('.row[data-id=\"17\"]').ariaLabel"))
        self.browser.press("Tab")
        self.assertNotEqual(self.browser.run("return getComputedStyle(document.activeElement).outlineStyle"), "none")
