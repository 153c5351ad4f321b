"""Dark and light, a phone, and readers who want little motion."""
import fixture

GROUND = "return getComputedStyle(document.body).backgroundColor"

# Contrast of text on the first ground behind it, by WCAG 2's formula, of all elements with a text of their own.
FAINT = """
const light = (colour) => { const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map((c) => c / 255).map((c) => (c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4));
  return .2126 * r + .7152 * g + .0722 * b; };
const ground = (one) => { for (; one; one = one.parentElement) { const colour = getComputedStyle(one).backgroundColor; const alpha = colour.match(/[\\d.]+/g)[3];
  if (alpha === undefined || Number(alpha) === 1) return colour; } return 'rgb(255, 255, 255)'; };
return [...document.querySelectorAll('body *')].filter((one) => one.checkVisibility() && !one.classList.contains('skip') && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .map((one) => { const [a, b] = [light(getComputedStyle(one).color), light(ground(one))].sort((x, y) => y - x); return [(a + .05) / (b + .05), one.className, one.innerText]; })
  .filter(([contrast]) => contrast < 4.5);
"""


class Look(fixture.PageTest):
    def test_is_dark_where_the_system_is_and_its_button_goes_before(self):
        self.serve(20)
        light = self.browser.run(GROUND)
        self.browser.system(scheme="dark")
        self.browser.until("return document.documentElement.dataset.theme === 'dark'")
        dark = self.browser.run(GROUND)
        self.assertNotEqual(dark, light)
        self.until_row(17, "row.canvas.dataset.points === '60'")
        self.assertGreater(self.pixels('.row[data-id="17"] canvas', [0x6c, 0xb0, 0xf5]), 30, "the canvas, too")
        self.browser.click("#theme")
        self.assertEqual((self.browser.text("#theme"), self.browser.run(GROUND)), ("Light", light))
        self.browser.click("#theme")
        self.assertEqual((self.browser.text("#theme"), self.browser.run(GROUND)), ("Dark", dark))
        self.browser.click("#theme")
        self.assertEqual(self.browser.text("#theme"), "Auto")

    def test_all_text_has_a_contrast_of_four_and_a_half(self):
        self.serve(20)
        self.browser.click('.row[data-id="17"]')
        self.until_open()
        for scheme in ("light", "dark"):
            self.browser.system(scheme=scheme)
            self.browser.until("return document.documentElement.dataset.theme === arguments[0]", scheme)
            self.browser.until("return document.getAnimations().length === 0")
            self.assertEqual(self.browser.run(FAINT), [], scheme)

    def test_on_a_phone_there_is_one_column_and_nothing_is_wider(self):
        self.browser.viewport(390, 800, phone=True)
        self.serve(20)
        self.assertEqual(self.browser.run("return document.documentElement.scrollWidth"), 390)
        self.assertGreaterEqual(self.browser.box(".row")[3], 44, "a finger hits it")
        left, top, width, height = self.browser.box('.row[data-id="17"]')
        self.touch(left + width / 2, top + height / 2)
        self.until_open()
        self.assertFalse(self.browser.run("return document.querySelector('#list').checkVisibility()"))
        self.assertEqual(self.browser.run("return document.documentElement.scrollWidth"), 390)
        self.assertGreater(self.browser.box("#plot")[2], 340)
        left, top, width, height = self.browser.box("#plot")
        self.touch(left + width / 2, top + height / 2)
        self.browser.until("return document.querySelector('#said-time').innerText < '2026-01-01 00:40'")
        self.browser.click("#close")
        self.assertTrue(self.browser.run("return document.querySelector('#list').checkVisibility()"))

    def touch(self, x, y):
        for kind, points in (("touchStart", [{"x": x, "y": y}]), ("touchEnd", [])):
            self.browser.cdp("Input.dispatchTouchEvent", type=kind, touchPoints=points)

    def test_little_motion_is_none(self):
        self.browser.system(motion="reduce")
        self.serve(20)
        self.assertEqual(self.browser.run("return getComputedStyle(document.querySelector('.row')).transitionDuration"), "0s")
