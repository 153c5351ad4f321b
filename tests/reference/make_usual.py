"""Makes the reference values of jump and seasonal, with NumPy and SciPy, straight from the definitions in their READMEs.

Run by hand when a case is added: python3 tests/reference/make_usual.py (python3-scipy of Debian 12: SciPy 1.10.1).

jump.csv      one line a row: value, expected, usual, jump, p; for size 200 and reference 10, where every row is learned
seasonal.csv  one line a row: value, expected, usual, deviation, p; a row each five minutes of twelve days, all learned; size 500, level 60, week off
Empty where nothing is known yet.
"""
import csv
import os

import numpy
from scipy import stats

HERE = os.path.dirname(os.path.abspath(__file__))
TAIL, UNUSUAL, RANKED = 3.5, 0.05, 1 / 400


def number(value):
    return "" if value is None else repr(float(value))


def rare(latest, deviation, least):
    """The usual deviation, and the p of one."""
    sizes = numpy.abs(latest)
    usual = max(numpy.quantile(sizes, 1 - UNUSUAL), least)
    rank = (len(sizes) * (1 - stats.percentileofscore(sizes, abs(deviation), kind="mean") / 100) + 0.5) / (len(sizes) + 1)
    if abs(deviation) < usual:
        return usual, max(UNUSUAL, rank)
    return usual, min(UNUSUAL * stats.pareto.sf(abs(deviation) / usual, TAIL), max(rank, RANKED))


def range_of(values, rows):
    """Second least to second greatest of the last 20 blocks, the current one included."""
    begin = max(0, (len(values) + rows - 1) // rows - 20) * rows
    blocks = [values[i:i + rows] for i in range(begin, len(values), rows)]
    least, greatest = sorted(min(block) for block in blocks), sorted(max(block) for block in blocks)
    trimmed = 1 if len(blocks) > 2 else 0
    return greatest[-1 - trimmed] - least[trimmed]


def jump(values, size=200):
    steps = []
    for i, value in enumerate(values):
        if i == 0:
            yield value, None, None, None, None
            continue
        expected = numpy.median(values[max(0, i - 10):i])
        step = value - expected
        if len(steps) < 60:
            yield value, None, None, None, None
        else:
            usual, p = rare(steps[-size:], step, 0.05 * range_of(values[:i], size // 5))
            yield value, expected, usual, step / usual, p
        steps.append(step)


class Error:
    """A moving mean of distances."""

    def __init__(self):
        self.usual, self.count = 0.0, 0

    def add(self, distance, memory):
        if self.count > 1 and self.usual > 0:
            distance = min(distance, 4 * self.usual)
        self.count = min(self.count + 1, memory)
        self.usual += (distance - self.usual) / self.count


class Season:
    """The means of all slots so far, in a dictionary: (day, slot) -> mean."""

    slots, day = 96, 86400

    def __init__(self):
        self.means, self.errors, self.overall, self.range = {}, [Error() for _ in range(self.slots)], Error(), 0.0
        self.key, self.values, self.distances = None, [], []

    def earlier(self, today, slot):
        found = [self.means[d, slot] for d in range(today - 1, -1, -1) if (d, slot) in self.means][:7]
        return numpy.median(found) if found else None

    def expected(self, today, second):
        """By linear interpolation between the middles of the slots that have a value; of those behind an open one the next."""
        known = [(slot, self.earlier(today, slot % self.slots)) for slot in range(-4, self.slots + 4)]
        known = [(slot, value) for slot, value in known if value is not None]
        return float(numpy.interp(second / self.day * self.slots - 0.5, *zip(*known))) if known else None

    def error(self, slot):
        own = self.errors[slot]
        return (own.count * own.usual + 3 * self.overall.usual) / (own.count + 3)

    def learn(self, today, second, value):
        expected, key = self.expected(today, second), (today, int(second * self.slots // self.day))
        if key != self.key:
            self.close()
            self.key, self.values, self.distances = key, [], []
        self.values.append(value)
        if expected is not None:
            self.distances.append(abs(value - expected))

    def close(self):
        if not self.values:
            return
        if self.means and self.key[0] not in {d for d, _ in self.means}:
            ordered = sorted(self.means.values())
            out = len(ordered) // 100
            self.range = ordered[-1 - out] - ordered[out]
        self.means[self.key] = float(numpy.mean(self.values))
        if self.distances:
            # Of the rows of one slot, none counts for more than four times the mean of those before.
            within = Error()
            for distance in self.distances:
                within.add(distance, 10**6)
            self.errors[self.key[1]].add(within.usual, 7)
            self.overall.add(within.usual, self.slots)


def seasonal(values, step=300, size=500, level=60):
    season, deviations, differences = Season(), [], []
    for i, value in enumerate(values):
        today, second = divmod(i * step, Season.day)
        expected = season.expected(today, second)
        row = (value, None, None, None, None)
        if expected is not None and season.overall.count > 0:
            set_to_level = expected + (numpy.median(differences[-level:]) if differences else 0)
            error = max(season.error(int(second * Season.slots // Season.day)), 0.01 * season.range)
            difference = value - set_to_level
            if len(deviations) >= 10:
                usual, p = rare(deviations[-size:], difference / error, 0.05 * season.range / error)
                row = (value, set_to_level, usual * error, difference / error / usual, p)
            deviations.append(difference / error)
        if expected is not None:
            differences.append(value - expected)
        season.learn(today, second, value)
        yield row


if __name__ == "__main__":
    random = numpy.random.default_rng(20260125)
    walk = numpy.cumsum(random.normal(0, 0.05, 700)) + random.normal(0, 1, 700) + 50
    walk[300:340] = walk[300]
    walk[400] += 9
    walk[500:] -= 14
    walk = [round(float(value), 3) for value in walk]
    with open(os.path.join(HERE, "jump.csv"), "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([number(x) for x in row] for row in jump(walk))

    at = numpy.arange(12 * 288)
    daily = 100 + 30 * numpy.sin(2 * numpy.pi * at / 288) + random.normal(0, 2, at.size)
    daily[10 * 288 + 50] += 25
    daily[11 * 288 + 100:] += 12
    daily = [round(float(value), 2) for value in daily]
    with open(os.path.join(HERE, "seasonal.csv"), "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([number(x) for x in row] for row in seasonal(daily))
