"""A real VictoriaMetrics takes the results, as numbers by field."""
import math

import parts
from fixture import Live, WithFolder, demo_lines, piped, results
from parts import VictoriaMetrics

NEEDS = [parts.victoria_metrics]


class Sent(WithFolder):
    def test_each_result_is_a_metric_by_its_field_and_has_the_value_that_it_has_on_stdout(self):
        lines = demo_lines(5000)
        expected = results(piped(lines, "--precision", "s"))
        with VictoriaMetrics() as victoria, Live("--to", victoria.url, "--state", self.path("state")) as live:
            live.post(lines)
            live.delivered()
            self.assertEqual(live.metrics()['oddity_dropped_total{reason="result_not_delivered"}'], 0)
            scores = victoria.export("oddity_temperatures_score")
            alarms = victoria.export("oddity_temperatures_alarm")
        self.assertEqual(sorted(scores), ["air", "bed", "hotend"])
        self.assertEqual(sum(len(points) for points in scores.values()), len(expected))
        for field, points in scores.items():
            for milliseconds, score in points:
                # It keeps about twelve digits.
                said = expected[f"oddity_temperatures,field={field}", milliseconds // 1000]["score"]
                self.assertTrue(math.isclose(score, said, rel_tol=1e-9, abs_tol=1e-12), (score, said))
        found = [(field, milliseconds // 1000) for field, points in alarms.items() for milliseconds, value in points if value == 1]
        said = [(series.split("=")[1], when) for (series, when), fields in expected.items() if fields["alarm"]]
        self.assertEqual(sorted(found), sorted(said))
        self.assertTrue(said, "the first fault of the day lies within those lines")
        self.figures(results=len(expected), alarms=len(said))

    def test_results_that_are_sent_again_after_kills_stay_one_each(self):
        lines = demo_lines(2000)
        expected = results(piped(lines, "--precision", "s"))
        with VictoriaMetrics() as victoria, Live("--to", victoria.url, "--state", self.path("state")) as live:
            for i in range(0, len(lines), 200):
                live.post(lines[i:i + 200])
                live.kill()
                live.start()
            live.delivered()
            scores = victoria.export("oddity_temperatures_score")
        places = {(field, milliseconds) for field, points in scores.items() for milliseconds, _ in points}
        self.assertEqual(len(places), len(expected))
