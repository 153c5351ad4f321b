"""Behind the UDF, alerts stay apart by group."""
import unittest

from fixture import HOTEND, OnDaemon, alerts, example


def of_printers(lines, faulty):
    """The day's first two hours for three printers; only `faulty` has the day's fault, the others the hour after it."""
    hour = 3600
    out = []
    for second, line in enumerate(lines[:2 * hour]):
        for printer in ("p1", "p2", "p3"):
            # 01:00 to 01:05 is the fault: a printer without it has the values of an hour later there.
            values = line if printer == faulty or not hour <= second < hour + 300 else lines[second + hour]
            fields = values.split(" ")[1]
            out.append(f"temperatures,printer={printer},room=r1 {fields} {line.split(' ')[2]}")
    return out


class Groups(OnDaemon):
    def test_only_the_faulty_printer_alerts(self):
        self.run_live("by_printer", example("by_printer.tick", self.logs), of_printers(self.lines, "p2"))
        self.assertEqual(alerts(self.log_file("by_printer.log")), [("printer=p2", HOTEND[0])])

    def test_each_printer_comes_back_to_normal_by_itself(self):
        self.run_live("by_printer", example("by_printer.tick", self.logs), of_printers(self.lines, "p2"))
        recovered = alerts(self.log_file("by_printer.log"), "OK")
        self.assertEqual([name for name, _ in recovered], ["printer=p2"])

    def test_grouped_by_measurement_too(self):
        script = example("by_printer.tick", self.logs, [(".groupBy('printer')", ".groupBy('printer')\n        .groupByMeasurement()")])
        self.run_live("by_name", script, of_printers(self.lines, "p3"))
        self.assertEqual(alerts(self.log_file("by_printer.log")), [("temperatures\nprinter=p3", HOTEND[0])])


if __name__ == "__main__":
    unittest.main()
