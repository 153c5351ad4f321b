"""Makes ks_large.csv: SciPy's exact p of the two-sample Kolmogorov-Smirnov test for samples of thousands to a million.

Run by hand when a case is added: python3 tests/reference/make_ks_large.py (any SciPy from 1.8 on; made with 1.17.1). Each line: n, m, d, p.
With --compare it writes, beside the exact p, by how many percent SciPy's asymptotic p and Kolmogorov's limit are off.

ks_2samp takes samples, not a distance, so two samples of about that distance are built, and the distance that it finds is the one written.
"""
import csv
import math
import os
import sys

import numpy
from scipy import special, stats

HERE = os.path.dirname(os.path.abspath(__file__))
SIZES = ((2001, 2001), (2000, 2100), (2003, 1999), (3600, 1800), (3600, 1200), (4000, 1001), (5000, 1000), (9973, 997), (12000, 1500), (20000, 20000),
         (30000, 300), (30000, 301), (100000, 60), (200000, 5))
PROBABILITIES = (0.9, 0.5, 0.1, 0.01, 1e-3, 1e-4, 1e-6)


def samples(n, m, steps):
    """Values of two samples whose distance is steps / lcm(n, m)."""
    lcm = math.lcm(n, m)
    # The distance is reached where i of n and j of m have passed: i * (lcm / n) - j * (lcm / m) = steps, as near to the middle as can be.
    a, b = lcm // n, lcm // m
    solutions = [(abs(i - n // 2), i, (i * a - steps) // b) for i in range(n + 1) if (i * a - steps) % b == 0 and 0 <= (i * a - steps) // b <= m]
    _, i, j = min(solutions)
    first, second = numpy.empty(n), numpy.empty(m)
    # Up to the place and behind it, both spread evenly: in between nothing is farther apart.
    first[:i], second[:j] = (numpy.arange(i) + 0.5) / max(i, 1), (numpy.arange(j) + 1) / max(j, 1) - 1e-9
    first[i:], second[j:] = 2 + (numpy.arange(n - i) + 1) / max(n - i, 1), 2 + numpy.arange(m - j) / max(m - j, 1)
    return first, second


def cases():
    for n, m in SIZES:
        lcm = math.lcm(n, m)
        for p in PROBABILITIES:
            steps = round(stats.kstwo.isf(p, round(n * m / (n + m))) * lcm)
            first, second = samples(n, m, steps)
            found = stats.ks_2samp(first, second, method="exact")
            yield n, m, found.statistic, found.pvalue, first, second


if __name__ == "__main__":
    with open(os.path.join(HERE, "ks_large.csv"), "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        for n, m, d, p, first, second in cases():
            out.writerow([n, m, repr(float(d)), repr(float(p))])
            if "--compare" in sys.argv:
                asymptotic = stats.ks_2samp(first, second, method="asymp").pvalue
                limit = special.kolmogorov(math.sqrt(n * m / (n + m)) * d)
                print(f"{n} {m} d {d:.5f} p {p:.3g}: SciPy's asymptotic {asymptotic / p - 1:+.2%}, the limit {limit / p - 1:+.2%}")
