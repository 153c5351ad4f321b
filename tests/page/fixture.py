"""What every test of the page has: one browser for all of them, and the page as the program holds it."""
import functools
import os
import subprocess
import unittest

from browser import Browser
from stand_in import StandIn

ROW = "document.querySelector('.row[data-id=\"' + arguments[0] + '\"]')"


@functools.cache
def page():
    return subprocess.run([os.environ["ODDITY_PAGE_PRINT"]], capture_output=True, check=True, timeout=60).stdout


class PageTest(unittest.TestCase):
    browser = None

    @classmethod
    def setUpClass(cls):
        cls.browser = cls.enterClassContext(Browser())

    def setUp(self):
        self.browser.viewport(1280, 800)
        self.browser.system(scheme="light")
        self.browser.log()
        self.addCleanup(self.browser.open, "about:blank")

    def serve(self, series=40, **more):
        """A stand-in, and the page of it in the browser, drawn."""
        server = self.enterContext(StandIn(page(), series, **more))
        self.show(server.address)
        self.browser.until("return document.querySelector('#connection').dataset.state === 'live'")
        return server

    def show(self, address):
        self.browser.open(address)
        self.browser.until("return document.documentElement.dataset.drawn")

    def names(self):
        """Of the rows in view, from above: their texts."""
        return self.browser.run("""return [...document.querySelectorAll('.row')].sort((a, b) => a.ariaPosInSet - b.ariaPosInSet)
                                   .map((row) => row.title)""")

    def ids(self):
        return self.browser.run("""return [...document.querySelectorAll('.row')].sort((a, b) => a.ariaPosInSet - b.ariaPosInSet)
                                   .map((row) => Number(row.dataset.id))""")

    def until_row(self, series, script):
        """`script` sees the series' row as `row`."""
        return self.browser.until(f"const row = {ROW}; return row && ({script})", series)

    def until_open(self, words=": "):
        """The open series has its chart and the words of its point."""
        self.browser.until("return document.querySelector('#said-words').innerText.includes(arguments[0]) && document.querySelector('#plot canvas') !== null", words)

    def pixels(self, selector, colour):
        """How many of a canvas's pixels have about this colour, a list of red, green and blue."""
        return self.browser.run("""
            const canvas = document.querySelector(arguments[0]);
            const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
            let count = 0;
            for (let i = 0; i < data.length; i += 4)
              if (data[i + 3] > 200 && [0, 1, 2].every((k) => Math.abs(data[i + k] - arguments[1][k]) < 24)) ++count;
            return count""", selector, colour)
