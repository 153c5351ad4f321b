"""Makes the reference values that the detectors are held against, with SciPy.

Run by hand when a case is added: python3 tests/reference/make_reference.py (python3-scipy of Debian 12: SciPy 1.10.1).
Writes cases.csv, tails.csv and demo.csv beside itself. Numbers are written with 17 digits, so they read back exactly.

cases.csv    one line a case: detector, p, statistic, n, n history values, m window values
tails.csv    one line a value: function, arguments, result
demo.csv     one line a window of the demo's day (seed 1): field, end in seconds, then statistic and p of each detector, in the order of TESTS,
             for a history that learns as the guide's does: only windows with p > 0.001
"""
import csv
import os
import sys

import numpy
from scipy import special, stats

HERE = os.path.dirname(os.path.abspath(__file__))
ALPHA = 0.001
SIZE = 3600
PERIOD = 300


def ttest(history, window):
    """Welch's test; a window of one value is a new observation with the history's variance (SciPy 1.10's ttest_ind answers NaN
    there, its ttest_ind_from_stats does not)."""
    if len(window) == 1:
        return stats.ttest_ind_from_stats(numpy.mean(history), numpy.std(history, ddof=1), len(history), window[0], 0, 1)
    return stats.ttest_ind(history, window, equal_var=False)


def zscore(history, window):
    """z takes the history for the truth; its p does not: Student's t of the difference of the two means."""
    n, m = len(history), len(window)
    z = (numpy.mean(window) - numpy.mean(history)) / (numpy.std(history, ddof=1) / numpy.sqrt(m))
    return z, 2 * stats.t.sf(abs(z) / numpy.sqrt(1 + m / n), n - 1)


def ks(history, window):
    """Always exact; ks_2samp switches by itself otherwise. Larger samples are in make_ks_large.py."""
    found = stats.ks_2samp(history, window, method="exact")
    return found.statistic, found.pvalue


def mad(history, window):
    """The modified z of Iglewicz & Hoaglin, of the window's median in its standard errors; p knows how few samples the MAD stands on."""
    n, m = len(history), len(window)
    shift = numpy.median(window) - numpy.median(history)
    deviation = stats.median_abs_deviation(history, scale="normal")
    few = [1.196, 1.495, 1.363, 1.206, 1.200, 1.140, 1.129, 1.107]  # Croux & Rousseeuw, from two samples on
    factor = few[n - 2] if n < 10 else n / (n - 0.8)
    of_window, of_history = (numpy.pi / (2 * size + numpy.pi - 2) for size in (m, n))
    t = shift / (deviation * factor * numpy.sqrt(of_window + of_history))
    return shift / (deviation * numpy.sqrt(of_window)), 2 * stats.t.sf(abs(t), 0.3675 * n if n > 3 else 1)


def mannwhitney(history, window):
    """method='auto' but for ties: a small sample is exact with them as well. The statistic is U as a share of all pairs."""
    method = "exact" if min(len(history), len(window)) <= 8 else "asymptotic"
    found = stats.mannwhitneyu(window, history, method=method)
    return found.statistic / (len(history) * len(window)), found.pvalue


def variance(history, window):
    """None where there is nothing to compare: one value has no spread, and two values are equally far from their median."""
    if len(window) < 2 or len(history) + len(window) < 5:
        return None
    found = stats.levene(window, history, center="median")
    return found.statistic, found.pvalue


def deviations(history, window):
    """Of each value; it counts as at most a hundred."""
    return numpy.clip((window - numpy.mean(history)) / numpy.std(history, ddof=1), -100, 100)


class Ewma:
    """Its average stays from window to window."""

    def __init__(self, weight=0.2):
        self.weight, self.average, self.values = weight, 0.0, 0

    def __call__(self, history, window):
        for deviation in deviations(history, window):
            self.average = self.weight * deviation + (1 - self.weight) * self.average
        self.values += len(window)
        kept = (1 - self.weight) ** self.values
        own = self.weight / (2 - self.weight) * (1 - kept ** 2)
        t = self.average / numpy.sqrt(own + (1 - kept) ** 2 / len(history))
        return self.average / numpy.sqrt(own), 2 * stats.t.sf(abs(t), len(history) - 1)


class Cusum:
    """Its sums stay from window to window, and begin again behind one that is not to be learned."""

    def __init__(self, reference=0.5):
        self.reference, self.above, self.below = reference, 0.0, 0.0

    def tail(self, height, n):
        k, uncertain = self.reference, (2 + 4 * self.reference ** 2) / n
        h = min(max(height, 0) + 0.583, k / uncertain)
        p = numpy.exp(-2 * k * h + uncertain * h ** 2)
        return p if height > 0 else p + (1 - p) * min(-height / k, 1)

    def __call__(self, history, window):
        for deviation in deviations(history, window):
            self.above = max(self.above, 0) + deviation - self.reference
            self.below = max(self.below, 0) - deviation - self.reference
        larger = max(self.above, self.below, 0)
        statistic = -larger if larger == self.below else larger
        p = self.tail(max(self.above, self.below), len(history))
        p = p * (2 - p)
        if p <= ALPHA:
            self.above = self.below = 0.0
        return statistic, p


TESTS = {"ttest": lambda: ttest, "zscore": lambda: zscore, "ks": lambda: ks, "mad": lambda: mad, "mannwhitney": lambda: mannwhitney, "variance": lambda: variance,
         "ewma": Ewma, "cusum": Cusum}


def number(value):
    return repr(float(value))


def samples():
    """Pairs of history and window, from tame to nasty."""
    random = numpy.random.default_rng(20160101)
    normal = random.normal
    yield normal(220, 0.5, 3600), normal(220, 0.5, 300)
    yield normal(220, 0.5, 3600), normal(218.5, 3, 300)
    yield normal(70, 5, 500), normal(65, 15, 20)
    yield normal(0, 1, 2), normal(0, 1, 2)
    yield normal(0, 1, 2), normal(5, 1, 1)
    yield normal(0, 1, 50), normal(0, 1, 1)
    yield normal(10, 1, 30), normal(14, 1, 30)
    # A large offset. Beyond it the rounding of SciPy's own means (1e-16 of the offset) would show in t.
    yield 1e5 + normal(0, 1, 400), 1e5 + normal(0.5, 1, 40)
    yield 1e-9 * normal(0, 1, 400), 1e-9 * normal(0.5, 1, 40)
    yield numpy.round(normal(20, 2, 300)), numpy.round(normal(21, 2, 60))  # ties
    yield numpy.repeat([1.0, 2.0, 3.0], 40), numpy.repeat([2.0, 3.0], 15)  # nothing but ties
    yield numpy.arange(100.0), numpy.arange(100.0)
    yield numpy.arange(60.0), numpy.arange(60.0) + 30            # equal sizes
    yield normal(0, 1, 200), normal(30, 1, 50)                   # far apart: the tails of the tails
    yield random.exponential(3, 700), random.exponential(4, 90)
    yield normal(0, 1, 60), normal(0.9, 1, 7)
    yield numpy.round(normal(20, 2, 40)), numpy.round(normal(22, 2, 5))  # few, with ties


def write_cases():
    with open(os.path.join(HERE, "cases.csv"), "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        for history, window in samples():
            for name, make in TESTS.items():
                found = make()(history, window)
                if found is None:
                    continue
                statistic, p = found
                out.writerow([name, number(p), number(statistic), len(history), *map(number, history), len(window), *map(number, window)])


def write_tails():
    with open(os.path.join(HERE, "tails.csv"), "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        for z in (-8.0, -1.5, 0.0, 0.3, 1.96, 5.0, 10.0, 25.0, 37.0):
            out.writerow(["normal_sf", z, number(stats.norm.sf(z))])
        for degrees in (0.5, 1.0, 2.0, 7.3, 30.0, 307.5, 3898.0, 1e6):
            for t in (-4.0, 0.0, 0.7, 3.3, 12.0, 40.0):
                out.writerow(["student_t_sf", t, degrees, number(stats.t.sf(t, degrees))])
            for p in (1e-9, 0.0005, 0.3, 0.5, 0.999):
                out.writerow(["student_t_quantile", p, degrees, number(stats.t.ppf(p, degrees))])
        for x in (0.001, 0.1, 0.2, 0.5, 0.79, 0.81, 1.0, 1.36, 2.0, 5.0, 12.0):
            out.writerow(["kolmogorov_sf", x, number(special.kolmogorov(x))])
        for x, degrees in ((0.1, 1.0), (3.84, 1.0), (20.0, 10.0), (300.0, 30.0)):
            out.writerow(["chi_squared_sf", x, degrees, number(stats.chi2.sf(x, degrees))])
        for x, d1, d2 in ((0.5, 3.0, 7.0), (4.0, 10.0, 20.0), (60.0, 5.0, 300.0)):
            out.writerow(["f_sf", x, d1, d2, number(stats.f.sf(x, d1, d2))])
        for p in (1e-12, 0.025, 0.5, 0.9995):
            out.writerow(["normal_quantile", p, number(stats.norm.ppf(p))])


def judged(values, test):
    """The guide's rule over whole windows: [(statistic, p)], absent (None) for the first."""
    history = numpy.array([])
    for start in range(0, len(values) // PERIOD * PERIOD, PERIOD):
        window = values[start:start + PERIOD]
        statistic, p = test(history, window) if len(history) else (None, None)
        yield statistic, p
        if p is None or p > ALPHA:
            history = numpy.concatenate([history, window])[-SIZE:]


def write_demo(path):
    """`path`: what `oddity demo --seed 1 --write FILE` wrote."""
    fields = {"hotend": [], "bed": [], "air": []}
    with open(path, encoding="utf-8") as file:
        for line in file:
            for pair in line.split(" ")[1].split(","):
                name, value = pair.split("=")
                fields[name].append(float(value))
    with open(os.path.join(HERE, "demo.csv"), "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        for name, values in fields.items():
            columns = [list(judged(numpy.array(values), make())) for make in TESTS.values()]
            for index, results in enumerate(zip(*columns)):
                if index:
                    out.writerow([name, (index + 1) * PERIOD, *(number(value) for result in results for value in result)])


if __name__ == "__main__":
    write_cases()
    write_tails()
    if len(sys.argv) > 1:
        write_demo(sys.argv[1])
