#!/usr/bin/env python3
"""Records the windows that a real Kapacitor makes: record.py /path/to/kapacitord > windows.txt

Each case is a task `|window()` over points of its own, some late, some after gaps, in two groups. The file holds, per case:
    case NAME PERIOD EVERY ALIGN LATE    (ALIGN 0 or 1; LATE: points come up to so many seconds late)
    point GROUP TIME                     in order of arrival
    window GROUP TMAX TIME...
All in seconds, times from 2016-01-01T00:00:00Z on.
"""
import os
import random
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "e2e"))
from kapacitord import Kapacitord  # noqa: E402

START = 1451606400

SCRIPT = """
dbrp "printer"."autogen"

stream
    |from().measurement('{name}').groupBy('host')
    |window().period({period}s).every({every}s){align}
    @writeDown()
"""


def points(seed, count, jitter):
    """Two groups; a step of 0 to 3 seconds, now and then a gap, and `jitter` seconds late or early."""
    draw = random.Random(seed)
    now, all_points = START + draw.randrange(100), []
    for _ in range(count):
        now += draw.choice([0, 1, 1, 1, 2, 3]) if draw.random() > 0.02 else draw.randrange(10, 60)
        all_points.append((draw.choice("ab"), now - draw.randrange(jitter + 1)))
    return all_points


def cases():
    for seed, (period, every, align, jitter) in enumerate([
            (10, 10, 0, 0), (10, 10, 1, 0), (20, 7, 0, 0), (20, 7, 1, 0), (5, 12, 0, 0), (5, 12, 1, 0), (3, 0, 0, 0), (30, 1, 0, 0),
            (10, 10, 0, 4), (10, 10, 1, 4), (20, 7, 0, 9), (5, 12, 1, 9), (6, 0, 0, 3)]):
        yield f"c{seed}", period, every, align, jitter, points(seed, 300, jitter)


def settled(path):
    """The file's lines once nothing has been added for a second."""
    size, since = -1, time.monotonic()
    while time.monotonic() - since < 1:
        now = os.path.getsize(path) if os.path.exists(path) else 0
        if now != size:
            size, since = now, time.monotonic()
        time.sleep(0.05)
    with open(path, encoding="utf-8") as file:
        return file.read().splitlines()


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    with tempfile.TemporaryDirectory() as folder:
        agent = ("/usr/bin/python3", [os.path.join(here, "write_down.py"), folder], "10s")
        with Kapacitord(sys.argv[1], {"writeDown": agent}) as daemon:
            for name, period, every, align, jitter, given in cases():
                daemon.define(name, SCRIPT.format(name=name, period=period, every=every, align=".align()" if align else ""))
                daemon.enable(name)
                daemon.write([f"{name},host={host} x=1 {at}" for host, at in given])
                print(f"case {name} {period} {every} {align} {jitter}")
                for host, at in given:
                    print(f"point host={host} {at - START}")
                for line in settled(os.path.join(folder, name)):
                    group, *times = line.split()
                    print("window", group, *(int(at) - START for at in times))


if __name__ == "__main__":
    main()
