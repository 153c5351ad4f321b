"""What each detector sees and what it does not, as its page in docs/detectors says and shows: tried with the program itself.

detector_sight.py PROGRAM [--write]   Of every kind of fault a series is made and judged by `oddity replay`, in windows of 5 and of 60 values. The
table of the page has to be what came of it, and its picture what the program draws. With --write both are made anew.
"""
import json
import os
import random
import re
import subprocess
import sys
import tempfile

from own_detectors import NAMES
from run_commands import ROOT

WINDOWS, FIRST, LAST = 48, 36, 42  # of each series; the fault is in windows FIRST to LAST, of the spike in FIRST alone
MEAN, DEVIATION = 20, 1
HISTORY = 20  # windows
PERIOD = 12  # windows, of detectors that look for one

# What the page calls it, and the value at this place of a window within the fault.
FAULTS = {
    "one spike": "one value of a window, 15 standard deviations high",
    "shift": "the mean, by 3 standard deviations",
    "shift behind a spike": "the same, six windows after such a spike",
    "spread": "six times as wide about the same mean",
    "stuck": "the usual mean, over and over",
    "creeping": "the mean, by a twentieth of a standard deviation a window, for half of the series",
    "none": "nothing is wrong: a counter that is 0, and 1 once in fifty values",
}


def value(fault, draw, window, place):
    if fault == "none":
        return 1 if draw.random() < 0.02 else 0
    usual = draw.gauss(MEAN, DEVIATION)
    inside = FIRST <= window <= LAST
    if fault == "one spike" and window == FIRST and place == 2:
        return MEAN + 15 * DEVIATION
    if fault == "shift behind a spike" and window == FIRST - 6 and place == 2:
        return MEAN + 15 * DEVIATION
    if fault.startswith("shift") and inside:
        return usual + 3 * DEVIATION
    if fault == "spread" and inside:
        return MEAN + 6 * (usual - MEAN)
    if fault == "stuck" and inside:
        return MEAN
    return usual


def rows(size):
    """Line protocol: a group for each fault, a value a second."""
    lines = []
    for fault in FAULTS:
        draw = random.Random(f"{fault} {size}")
        for window in range(WINDOWS):
            for place in range(size):
                found = value(fault, draw, window, place)
                if fault == "creeping":
                    found += DEVIATION / 20 * max(0, window - WINDOWS // 2)
                second = window * size + place
                lines.append((second, f"readings,fault={fault.replace(' ', chr(92) + ' ')} value={found:.3f} {second}"))
    return "\n".join(line for _, line in sorted(lines, key=lambda line: line[0])) + "\n"


def judge(program, name, size, picture):
    """fault -> the windows found anomalous"""
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "readings.lp")
        with open(file, "w", encoding="utf-8") as out:
            out.write(rows(size))
        command = [program, "replay", file, "--precision", "s", "--period", f"{size}s", "--field", "value", "--group-by", "fault",
                   "--algorithm", name, "--size", str(HISTORY * size), "--alpha", "0.001", "--calibrate", "none", "--only-anomalies", "--picture", picture]
        if name == "seasonal":
            command += ["--param", f"period={PERIOD * size}s"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    found = {fault: set() for fault in FAULTS}
    for line in done.stdout.splitlines():
        point = json.loads(line)
        hour, minute, second = point["time"][11:19].split(":")
        end = int(hour) * 3600 + int(minute) * 60 + int(second)
        found[point["tags"]["fault"]].add(end // size - 1)
    return found


def verdict(fault, windows):
    if fault == "none":
        return "false alarms" if windows else "left alone"
    first, last = (FIRST, FIRST) if fault == "one spike" else (WINDOWS // 2, WINDOWS - 1) if fault == "creeping" else (FIRST, LAST)
    of = range(first, min(last, WINDOWS - 2) + 1)  # the last window has no point behind it, so it is not judged
    seen = len(windows.intersection(of)) / len(of)
    return "not seen" if seen == 0 else "seen" if seen > 0.7 else "now and then"


def table(program, name, folder):
    text = "| fault | | windows of 5 values | windows of 60 |\n|---|---|---|---|\n"
    five = judge(program, name, 5, os.path.join(folder, name + ".svg"))
    sixty = judge(program, name, 60, os.path.join(folder, name + "-60.svg"))
    for fault, about in FAULTS.items():
        text += f"| {fault} | {about} | {verdict(fault, five[fault])} | {verdict(fault, sixty[fault])} |\n"
    return text


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def main(program, write):
    stale = []
    with tempfile.TemporaryDirectory() as folder:
        for name in NAMES:
            said = table(program, name, folder)
            page, picture = (os.path.join(ROOT, "docs", "detectors", name + end) for end in (".md", ".svg"))
            drawn = read(os.path.join(folder, name + ".svg"))
            text = read(page)
            committed = re.search(r"\| fault \|.*?\n(?!\|)", text + "\n", re.DOTALL)
            if write:
                with open(picture, "w", encoding="utf-8") as out:
                    out.write(drawn)
                with open(page, "w", encoding="utf-8") as out:
                    out.write(text.replace(committed.group(0).rstrip("\n") + "\n", said) if committed else text + "\n" + said)
                continue
            if committed is None or committed.group(0).rstrip("\n") + "\n" != said:
                stale.append(f"docs/detectors/{name}.md: what it sees is\n{said}")
            if read(picture) != drawn:
                stale.append(f"docs/detectors/{name}.svg is not what the program draws")
    if stale:
        print("\n".join(stale) + "\nmake them anew by python3 tests/docs/detector_sight.py build/release/bin/oddity --write")
    else:
        print("current")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], "--write" in sys.argv))
