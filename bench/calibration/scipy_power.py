"""The same changes by SciPy's tests: the last table of docs/calibration.md.

    build/release/bench/oddity_calibration --power-data power.csv power
    python3 bench/calibration/scipy_power.py power.csv [PAGE]

power.csv has what ttest and ks had learned without calibration, windows, and their p. SciPy's p of each window has to be the same to 1e-9 of
itself; then the smallest change that SciPy's p finds in 90 % of the windows is sought on the same windows. Needs python3-scipy (Debian 12 has 1.10.1).
"""
import collections
import csv
import math
import re
import sys

import numpy
from scipy import stats

ALPHA = 0.001


def ttest(history, windows):
    return stats.ttest_ind(windows, numpy.tile(history, (len(windows), 1)), axis=1, equal_var=False).pvalue


def ks(history, windows):
    return numpy.array([stats.ks_2samp(window, history, method="exact").pvalue for window in windows])


TESTS = {"ttest": ttest, "ks": ks}


def read(path):
    """{(noise, detector): {series: (history, windows, p)}}"""
    found = collections.defaultdict(dict)
    csv.field_size_limit(sys.maxsize)
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            values = numpy.array(row["values"].split(" "), dtype=float)
            series = found[row["noise"], row["detector"]]
            if row["what"] == "history":
                series[row["series"]] = (values, [], [])
            else:
                series[row["series"]][1].append(values)
                series[row["series"]][2].append(float(row["p"]))
    return {key: [(h, numpy.array(w), numpy.array(p)) for h, w, p in of.values()] for key, of in found.items() if key[1] in TESTS}


def farthest(test, data):
    """The largest relative difference of SciPy's p from the detector's."""
    return max(float(numpy.max(numpy.abs(test(history, windows) / p - 1))) for history, windows, p in data)


def smallest(test, data, change, least, largest):
    def is_found(by):
        return numpy.mean(numpy.concatenate([test(history, change(windows, by)) < ALPHA for history, windows, _ in data])) >= 0.9

    if not is_found(largest):
        return "-"
    while largest > 1.01 * least:
        middle = math.sqrt(least * largest)
        least, largest = (least, middle) if is_found(middle) else (middle, largest)
    return f"{largest:.2f}"


def lines(path):
    yield "| noise | test | smallest shift | smallest factor of the spread | largest relative difference from the detector's p |"
    yield "|---|---|---|---|---|"
    names = {"ttest": "`ttest_ind(equal_var=False)`", "ks": "`ks_2samp`"}
    for (noise, detector), data in read(path).items():
        test = TESTS[detector]
        difference = farthest(test, data)
        if difference > 1e-9:
            sys.exit(f"{noise}, {detector}: expected SciPy's p to be the detector's to 1e-9, got a relative difference of {difference:.1e}")
        shift = smallest(test, data, lambda windows, by: windows + by, 0.1, 20)
        spread = smallest(test, data, lambda windows, by: windows * by, 1.1, 100)
        yield f"| {noise} | {names[detector]} | {shift} | {spread} | {difference:.0e} |"


def main():
    table = "\n".join(lines(sys.argv[1])) + "\n"
    if len(sys.argv) == 2:
        print(table)
        return
    with open(sys.argv[2], encoding="utf-8") as file:
        page = file.read()
    begin, end = "<!-- begin scipy -->\n", "<!-- end scipy -->"
    if begin not in page or end not in page:
        sys.exit(f"{sys.argv[2]}: expected the lines '{begin.strip()}' and '{end}', found none: docs/calibration.md has them")
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        file.write(re.sub(f"(?s){begin}.*?{end}", lambda _: f"{begin}\n{table}\n{end}", page))


if __name__ == "__main__":
    main()
