"""Points and alarms that come while the page is open, and a connection that goes and comes back."""
import fixture


class Live(fixture.PageTest):
    def test_a_point_that_comes_is_in_its_row_and_its_sparkline(self):
        server = self.serve(20)
        self.until_row(4, "row.canvas.dataset.points === '60'")
        server.point(4, 77.5)
        self.until_row(4, "row.value.innerText === '77.5'")
        self.browser.until("return document.querySelector('#totals').innerText.includes('6,001')")

    def test_a_point_of_the_open_series_is_in_its_chart(self):
        server = self.serve(20)
        self.browser.click('.row[data-id="4"]')
        self.until_open()
        before = self.browser.run("return Number(document.querySelector('#plot').dataset.points)")
        server.point(4, 77.5)
        self.browser.until("return document.querySelector('#said-words').innerText === 'Normal: 77.5, above the expected 46 to 54'")
        self.assertEqual(self.browser.run("return Number(document.querySelector('#plot').dataset.points)"), before + 1)

    def test_what_the_reader_looks_at_stays_while_points_come(self):
        server = self.serve(20)
        self.browser.click('.row[data-id="4"]')
        self.until_open()
        self.browser.click("#zoom-in")
        before = self.browser.run("return document.querySelector('#plot').dataset.range")
        server.point(4, 77.5)
        self.browser.until("return document.querySelector('#said-words').innerText.includes('77.5')")
        self.assertEqual(self.browser.run("return document.querySelector('#plot').dataset.range"), before)

    def test_a_series_that_alarms_goes_to_the_top(self):
        server = self.serve(20)
        server.point(9, 99, anomalous=True, alarm=True)
        # Seconds, not 0 of them: a busy machine may draw it later.
        self.until_row(9, r"row.ariaPosInSet === '1' && /▲ \d+ s ago/.test(row.innerText) && row.dataset.state === 'anomalous'")

    def test_under_the_eyes_of_who_scrolled_down_nothing_moves_and_a_button_tells(self):
        server = self.serve(200)
        self.browser.run("document.querySelector('#list').scrollTop = 1000")
        self.browser.until("return [...document.querySelectorAll('.row')].some((row) => row.ariaPosInSet === '22')")
        before = self.ids()
        server.point(9, 99, anomalous=True, alarm=True)
        self.browser.until("return document.querySelector('#fresh').innerText === '1 new alarm ↑'")
        self.assertEqual(self.ids(), before)
        self.browser.click("#fresh")
        self.until_row(9, "row.ariaPosInSet === '1'")

    def test_a_series_that_is_new_appears(self):
        server = self.serve(5)
        server.appear(5, {"host": "just-there"})
        self.until_row(5, "row.innerText.includes('host=just-there')")
        self.assertEqual(self.browser.text("#count"), "6 series")

    def test_says_how_many_points_were_dropped(self):
        server = self.serve(5)
        self.assertEqual(self.browser.text("#notices"), "")
        server.drop(1234)
        self.browser.until("return document.querySelector('#notices').innerText.startsWith('1,234 points dropped')")

    def test_says_how_many_series_it_has_no_room_for(self):
        server = self.serve(5)
        server.leave_out(1234)
        self.browser.until("return document.querySelector('#notices').innerText.startsWith('1,234 series without an alarm left out')")

    def test_says_when_the_connection_is_lost_and_catches_up_when_it_is_back(self):
        server = self.serve(20)
        self.browser.click('.row[data-id="4"]')
        self.until_open()
        server.disconnect(refuse=True)
        self.browser.until("return document.querySelector('#connection').innerText === 'Connection lost, trying again'")
        server.point(4, 81.25)
        server.appear(20, {"host": "meanwhile"})
        server.refuse = False
        self.browser.until("return document.querySelector('#connection').innerText === 'Live'", seconds=30)
        self.until_row(20, "true")
        self.browser.until("return document.querySelector('#said-words').innerText.includes('81.25')")
        server.point(4, 82.5)
        self.browser.until("return document.querySelector('#said-words').innerText.includes('82.5')")
