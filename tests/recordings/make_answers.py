"""Judges the recorded requests with SciPy: for each window that meets a history, its group, end, t and p, by the guide's rule.

python3 tests/recordings/make_answers.py NAME...   reads NAME.requests.gz, writes NAME.answers.csv beside it. A recording that begins
with a restore needs the requests before it: NAME=EARLIER reads EARLIER.requests.gz first, up to its last snapshot request.
"""
import csv
import gzip
import os
import struct
import sys

import numpy
from scipy import stats

HERE = os.path.dirname(os.path.abspath(__file__))
INIT, SNAPSHOT, BEGIN, POINT, END = 2, 4, 16, 17, 18


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def fields(data):
    """(number, value) of each field of a message; lengths as bytes, doubles as 8 bytes."""
    at = 0
    while at < len(data):
        tag, at = varint(data, at)
        if tag & 7 == 0:
            value, at = varint(data, at)
        elif tag & 7 == 1:
            value, at = data[at:at + 8], at + 8
        else:
            size, at = varint(data, at)
            value, at = data[at:at + size], at + size
        yield tag >> 3, value


def requests(name):
    with gzip.open(os.path.join(HERE, name + ".requests.gz")) as file:
        data = file.read()
    at = 0
    while at < len(data):
        size, at = varint(data, at)
        yield next(fields(data[at:at + size]))
        at += size


def option(init, wanted):
    for number, body in fields(init):
        if number == 1:
            parts = dict(fields(body))
            if parts[1].decode() == wanted:
                return dict(fields(parts[2]))
    raise KeyError(wanted)


def windows(name):
    """('window', group, tmax, values) and ('snapshot',) in their order, after ('options', field, size, alpha)."""
    for kind, body in requests(name):
        if kind == INIT:
            field = option(body, "field")[5].decode()
            yield "options", field, option(body, "size")[3], struct.unpack("<d", option(body, "alpha")[4])[0]
        elif kind == SNAPSHOT:
            yield ("snapshot",)
        elif kind == BEGIN:
            group, values = dict(fields(body)).get(2, b"").decode(), []
        elif kind == POINT:
            for number, entry in fields(body):
                if number == 8:
                    parts = dict(fields(entry))
                    if parts[1].decode() == field:
                        values.append(struct.unpack("<d", parts[2])[0])
        elif kind == END:
            yield "window", group, dict(fields(body))[3], values


def judge(events, histories, out):
    for event in events:
        if event[0] == "options":
            _, _, size, alpha = event
        if event[0] != "window":
            continue
        _, group, tmax, values = event
        history = histories.get(group, numpy.array([]))
        p = None
        if len(history) > 1:
            t, p = stats.ttest_ind(history, values, equal_var=False)
            out.writerow([group.replace("\n", " "), tmax, repr(float(t)), repr(float(p))])
        if p is None or p > alpha:
            histories[group] = numpy.concatenate([history, values])[-size:]


class Nowhere:
    def writerow(self, _):
        pass


for argument in sys.argv[1:]:
    name, _, earlier = argument.partition("=")
    histories = {}
    if earlier:
        events = list(windows(earlier))
        last = max(index for index, event in enumerate(events) if event[0] == "snapshot")
        judge(events[:last], histories, Nowhere())
    with open(os.path.join(HERE, name + ".answers.csv"), "w", newline="", encoding="utf-8") as file:
        judge(windows(name), histories, csv.writer(file))
