"""Makes offsets.csv: t of ttest and z of zscore for values that vary little about a large offset, in exact rational arithmetic.

Run by hand when a case is added: python3 tests/reference/make_offsets.py (Python's fractions alone; no SciPy). SciPy's own means are
rounded to doubles and as far off as anybody's: at 1e15 a double has steps of 1/8.
Each line: offset, t, z, effect, n, n history values, m window values. The values are doubles, taken as they are.
"""
import csv
import os
import random
from decimal import Decimal, getcontext
from fractions import Fraction

HERE = os.path.dirname(os.path.abspath(__file__))
getcontext().prec = 60


def root(value):
    """Square root of a fraction, to 60 digits."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).sqrt()


def moments(values):
    exact = [Fraction(value) for value in values]
    mean = sum(exact) / len(exact)
    return mean, sum((value - mean) ** 2 for value in exact) / (len(exact) - 1)


def over(numerator, denominator):
    return float(Decimal(numerator.numerator) / Decimal(numerator.denominator) / denominator)


def judged(history, window):
    mean, variance = moments(history)
    observed, of_window = moments(window)
    n, m = len(history), len(window)
    t = over(mean - observed, root(variance / n + of_window / m))
    return t, over(observed - mean, root(variance / m)), over(observed - mean, root(variance))


def samples():
    """(offset, spread, shift) with sizes that fill blocks of the history, cut them and wrap around."""
    draw = random.Random(20160101)
    for offset, spread, shift, n, m in (
            (1e15, 1, 1, 1000, 200), (-1e15, 1, 0.125, 3000, 60), (1e15, 0.25, 0, 300, 300), (4.5e15, 1, 1, 500, 50), (1e12, 0.01, 0.01, 700, 20),
            (1e9, 1e-5, 1e-5, 400, 40), (1.7e18, 1000, 512, 2500, 100), (1e15, 1, 1, 20, 5), (9e15, 3, 2, 129, 128), (0, 1, 0.5, 1000, 100)):
        yield offset, [offset + draw.gauss(0, spread) for _ in range(n)], [offset + shift + draw.gauss(0, spread) for _ in range(m)]
    # Few distinct values: -1, 0 and 1 about 1e15, the shift of a whole 1.
    yield 1e15, [1e15 + draw.choice((-1, 0, 1)) for _ in range(300)], [1e15 + 1 + draw.choice((-1, 0, 1)) for _ in range(200)]


with open(os.path.join(HERE, "offsets.csv"), "w", newline="", encoding="utf-8") as file:
    out = csv.writer(file)
    for offset, history, window in samples():
        out.writerow([repr(float(offset)), *map(repr, judged(history, window)), len(history), *map(repr, map(float, history)), *map(repr, map(float, window))])
