"""Makes nab.csv: scores by the rule of the Numenta Anomaly Benchmark (Lavin and Ahmad, ICMLA 2015), for made-up series.

Run by hand when a case is added: python3 tests/reference/make_nab.py (Python alone). Every threshold is tried by itself, every window searched for
its first detection: slower than the program, and in another way. Lines:
  series, case, rows, begin, end, ...     events as row numbers, the end excluded
  scores, case, one a row                 of the series before it
  at, case, profile, threshold, score     detections are rows above the threshold
  best, case, profile, threshold, score   the highest of all; detections are rows of at least that threshold
"""
import csv
import math
import os
import random

HERE = os.path.dirname(os.path.abspath(__file__))
PROFILES = {"standard": (1, 0.11, 1), "reward_low_FP_rate": (1, 0.22, 1), "reward_low_FN_rate": (1, 0.11, 2)}


def sigma(y):
    return 2 / (1 + math.exp(5 * y)) - 1


def raw(series, detected, weights):
    """Of all series; `detected`: a set of rows for each."""
    hit, false_alarm, miss = weights
    total = 0
    for (rows, events, _), found in zip(series, detected):
        probation = min(math.floor(0.15 * rows), 750)
        found = sorted(row for row in found if row >= probation)
        for begin, end in events:
            if end <= probation:
                continue
            inside = [row for row in found if begin <= row < end]
            if inside:
                y = (inside[0] - end) / (end - begin)
                total += hit * sigma(y) / sigma(-1)
            else:
                total -= miss
        for row in found:
            if any(begin <= row < end for begin, end in events):
                continue
            before = [(begin, end) for begin, end in events if end <= row]
            if not before:
                total -= false_alarm
                continue
            begin, end = before[-1]
            y = (row - (end - 1)) / (end - begin - 1)
            total += false_alarm * (-1 if y > 3 else sigma(y))
    return total


def score(series, is_odd, weights):
    hit, _, miss = weights
    events = sum(1 for rows, events, _ in series for _, end in events if end > min(math.floor(0.15 * rows), 750))
    found = raw(series, [{row for row, value in enumerate(scores) if is_odd(value)} for _, _, scores in series], weights)
    return 100 * (found + miss * events) / ((hit + miss) * events)


def made(seed):
    draw = random.Random(seed)
    series = []
    for _ in range(3):
        rows = draw.randrange(60, 140)
        places = sorted(draw.sample(range(3, rows - 3, 9), draw.choice((0, 1, 3))))
        events = [(place, place + draw.randrange(2, 8)) for place in places]
        events = [(begin, min(end, rows)) for begin, end in events]
        scores = []
        for row in range(rows):
            odd = any(begin <= row < end for begin, end in events)
            scores.append(round(draw.random() ** (1 if odd else 4) * (1.3 if odd else 1.2), 2))
        series.append((rows, events, scores))
    return series if any(events for _, events, _ in series) else made(seed + 1000)


if __name__ == "__main__":
    with open(os.path.join(HERE, "nab.csv"), "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        for case in range(6):
            series = made(case)
            for rows, events, scores in series:
                out.writerow(["series", case, rows, *(row for event in events for row in event)])
                out.writerow(["scores", case, *scores])
            values = sorted({value for _, _, scores in series for value in scores}, reverse=True)
            for profile, weights in PROFILES.items():
                for threshold in (1, 0.5, 2):
                    out.writerow(["at", case, profile, threshold, repr(score(series, lambda value: value > threshold, weights))])
                tried = [(score(series, lambda value: value >= least, weights), least) for least in (math.inf, *values)]
                best, least = max(tried, key=lambda one: one[0])
                out.writerow(["best", case, profile, least, repr(best)])
