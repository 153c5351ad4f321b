"""Makes the fuzzers' first inputs, from the recorded requests and a few texts: make_seeds.py FOLDER

One folder a target, one file an input. ./dev fuzz starts from these and from the committed corpus, which grew out of them.
"""
import gzip
import math
import os
import struct
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
RECORDINGS = os.path.join(HERE, "..", "recordings")
INIT, RESTORE, BEGIN, END = 0x12, 0x2A, 0x82, 0x92  # first bytes of a request: the member's tag


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def as_varint(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(out + bytes([value]))


def frames(name):
    """The requests of a recording, without their lengths."""
    with gzip.open(os.path.join(RECORDINGS, name + ".requests.gz")) as file:
        data = file.read()
    at, found = 0, []
    while at < len(data):
        size, at = varint(data, at)
        found.append(data[at:at + size])
        at += size
    return found


def framed(requests):
    return b"".join(as_varint(len(request)) + request for request in requests)


def body(request):
    """The member's message of a request with one member."""
    _, at = varint(request, 0)
    size, at = varint(request, at)
    return request[at:at + size]


def batches(name):
    """The requests of each batch, begin to end."""
    batch, all_batches = [], []
    for request in frames(name):
        if request[0] == BEGIN:
            batch = []
        batch.append(request)
        if request[0] == END:
            all_batches.append(batch)
    return all_batches


def shortened(batch, points):
    return [batch[0], *batch[1:-1][:points], batch[-1]]


def moments_state(first, bar, samples):
    return struct.pack("<QQQ", first, bar, len(samples)) + struct.pack(f"<{len(samples)}d", *samples)


def sorted_state(samples):
    return struct.pack("<Q", len(samples)) + struct.pack(f"<{len(samples)}d", *samples)


def jump_state(samples):
    """Times, the last values, blocks of the range, steps."""
    blocks = struct.pack("<QddI", 1, min(samples), max(samples), len(samples)) if samples else struct.pack("<Q", 0)
    return struct.pack("<qq", 10**9, 9 * 10**8) + sorted_state(samples[-10:]) + blocks + sorted_state([value - 20 for value in samples])


def seasonal_state(samples):
    """Days of 96 means and their range; of each slot, of all, by day, by week and of the last slot how far off; the last slot; deviations; differences."""
    days = [struct.pack("<q", day) + struct.pack("<96d", *((samples * 96)[:96] if samples else [float("nan")] * 96)) for day in range(min(len(samples), 3))]
    errors = struct.pack("<dI", 0.5, 3) * (96 + 4)
    small = [value - 20 for value in samples]
    return struct.pack("<Q", len(days)) + b"".join(days) + struct.pack("<d", 2.0) + errors + struct.pack("<qIId", 3, 5, 2, 20.5) + sorted_state(small) + sorted_state(small[:60])


def distribution(values):
    """Its lowest octave and 321 counts: the first for what is 0, then eight an octave."""
    counts = [0] * 321
    for value in values:
        fraction, exponent = math.frexp(value)
        counts[0 if value == 0 else 1 + 8 * (exponent + 32) + int((fraction - 0.5) * 16)] += 1
    return struct.pack("<i321H", -32 if any(values) else -2200, *counts)


def novelty_state(samples):
    """Counts, unit, pace, the past and its odd stretches, distances of each way, steps, how odd rows usually are."""
    scaled = [value - samples[0] for value in samples]
    distances = [abs(value) for value in scaled]
    head = struct.pack("<QddI", len(samples), 0.5 if samples else 0, 0, 3) + struct.pack("<diB", samples[0] if samples else 0, 0, 3 if samples else 0)
    pace = struct.pack("<dqB", 60e9, 10**9, 1 if samples else 0)
    past = struct.pack("<I", len(samples)) + struct.pack(f"<{11 + len(samples)}f", *([0] * 11 + scaled))
    stretches = struct.pack("<IHH", 1, 1, 10) if len(samples) > 2 else struct.pack("<I", 0)
    steps = distribution(distances) * 2 + struct.pack("<dddBI", 1.5, min(scaled, default=0), max(scaled, default=0), 1 if samples else 0, 2)
    return head + pace + past + stretches + distribution(distances) * 11 + steps + struct.pack("<80H", *([0] * 40 + [len(samples)] + [0] * 39))


def wire():
    for name in ("ungrouped", "by_printer_and_name"):
        for batch in batches(name)[:2]:
            requests = shortened(batch, 3)
            yield framed(requests)
            for request in requests:
                yield request
                yield body(request)
    for request in frames("ungrouped_restored")[:4]:
        yield request[:400]


def windows_state(samples):
    """What RollingWindows saves: two windows of ten by their moments, the older with those of both, and the samples as short ones."""
    def window(count, mean, spread):
        return struct.pack("<BQ5d", 0, count, mean, 0, spread, mean - 1, mean + 1)
    kept = [samples[at : at + 64] for at in range(0, len(samples), 64)]
    pieces = window(10, 20.5, 7.5) + window(10, 21, 3.5) + b"".join(struct.pack("<BQ", 1, len(part)) for part in kept)
    return struct.pack("<QQ", 2 + len(kept), 1 if kept else 0) + pieces + struct.pack(f"<Q{len(samples)}d", len(samples), *samples)


def snapshot(state, first=0):
    """A size (and, from 8 on, a newer version of the state), the length of a window, its numbers, then the state."""
    for choice in range(first, first + 8, 2):
        for count in (0, 2, 3, 200):
            samples = [20 + (i * 7 % 13) / 8 for i in range(count)]
            for numbers in ([21.5, 20.25, 19.0], [3.0] * 8):
                yield bytes([choice, len(numbers)]) + struct.pack(f"<{len(numbers)}d", *numbers) + state(samples)


def envelope():
    """A zero byte and bytes to open, or a one and content to seal."""
    for request in frames("ungrouped_restored"):
        if request[0] == RESTORE:
            state = body(body(request) and request)
            _, at = varint(state, 1)
            state = state[at:]
            yield b"\0" + state
            yield b"\1" + state[48:]
    text = lambda data: struct.pack("<Q", len(data)) + data
    numbers = [20.0, 21.0, 20.5]
    for algorithm, state in ((b"ttest", moments_state(0, 0, numbers)), (b"zscore", moments_state(5, 1, numbers)), (b"ks", sorted_state(numbers))):
        sensors = [(algorithm + b"\0" + field, state) for field in (b"x", b"hotend")]
        content = struct.pack("<Q", len(sensors)) + b"".join(text(key) + struct.pack("<I", 1) + text(b"") for key, _ in sensors)
        content += struct.pack("<qQ", 9, 2)
        for rank, group in enumerate((b"", b"host=a")):
            content += text(group) + struct.pack("<Qq", rank, 9) + b"".join(struct.pack("<qqB", 7, 8, 1) + text(saved) for _, saved in sensors)
        yield b"\1" + content


def made_batch(tmax, values, group=b"host=a"):
    """A batch of field x, a value a second."""
    def field(number, data):
        return as_varint(number << 3 | 2) + as_varint(len(data)) + data
    points = [b"\x08" + as_varint(time) + field(8, field(1, b"x") + b"\x11" + struct.pack("<d", value)) for time, value in enumerate(values)]
    end = field(1, b"m") + field(2, group) + b"\x18" + as_varint(tmax % 2**64)
    return [field(16, field(1, b"m") + field(2, group)), *(field(17, point) for point in points), field(18, end)]


def batch():
    usual = [20.5, 21.0, 19.5, 20.0]
    for values in ([1.7e308, 1.6e308, 1.7e308], [1.7e308, -1.7e308], [5e-324, 0.0, 1e-310], [1e200, 2e200, 3.0], [20.0] * 3, [float("nan"), 1.0]):
        yield framed(made_batch(10, usual) + made_batch(20, values) + made_batch(30, usual) + made_batch(40, values))
    for tmax in (-2**63, 2**63 - 1, 0):
        yield framed(made_batch(10, usual) + made_batch(tmax, usual) + made_batch(20, usual, b"other"))
    for name in ("ungrouped", "by_printer_and_name"):
        found = batches(name)
        for first in range(0, min(len(found), 12), 4):
            yield framed([request for part in found[first:first + 3] for request in shortened(part, 4)])


def options():
    for name in ("ungrouped", "by_printer_and_name", "ungrouped_restored"):
        for request in frames(name):
            if request[0] == INIT:
                yield body(request)

    def field(number, data):
        return as_varint(number << 3 | 2) + as_varint(len(data)) + data

    def option(name, *values):
        return field(1, field(1, name) + b"".join(field(2, value) for value in values))

    def text(value):
        return b"\x08\x03" + field(5, value)

    usual = option(b"field", text(b"x")) + option(b"alpha", b"\x08\x02\x21" + struct.pack("<d", 0.01)) + option(b"size", b"\x08\x01\x18\x64")
    yield usual
    yield usual + option(b"algorithm", text(b"every")) + b"".join(
        option(b"param", text(name), text(value))
        for name, value in ((b"flag", b"true"), (b"count", b"7"), (b"ratio", b"0.5"), (b"choice", b"b"), (b"span", b"1h30m"), (b"names", b"n"), (b"names", b"m")))
    yaml = b"defaults:\n  size: 50\n  field: [a, b]\nalgorithms:\n  every:\n    ratio: 2.5\n    flag: false\n"
    yield usual + option(b"algorithm", text(b"ks")) + option(b"algorithm", text(b"every")) + field(2, yaml)
    yield option(b"flag") + option(b"alpah", text(b"x")) + field(2, b"defaults:\n  alpha: 0.5\n")


def option_texts():
    for text in ("0", "-17", "+3", "9223372036854775807", "-9223372036854775808", "1e-3", "1.5e300", "nan", "inf", "true", "FALSE", "5m", "1h30m",
                 "-1w2d3h4m5s6ms7u8ns", "8MiB", "32MB", "3\u00b5", "106751d", "2016-01-01T01:05:00Z", "2016-01-01 01:05:00.123456789+02:30", "1677-09-21T00:12:43.145224192Z"):
        yield text.encode()


def yaml():
    with open(os.path.join(HERE, "..", "..", "config", "oddity.yaml"), "rb") as file:
        lines = file.read().splitlines(keepends=True)
    yield b"".join(line for line in lines if not line.strip().startswith(b"#"))
    yield b"plugins:\n  folders: [a, ../b]\ndefaults:\n  field: [x, y]\n  size: 50\n  alpha: 1e-3\nalgorithms:\n  ks:\n    size: 20\nstate:\n  onMismatch: refuse\n  dir: off\n  keep: 7d\n  maxSnapshot: 8MiB\n"
    yield b"limits:\n  call: 120s\n  heartbeat: 500ms\n  inbox: 8MiB\nstate: {dir: /var/lib/x}\n"
    yield b"defaults: {field: &a [\"\\x41\\u00e9\", 'it''s'], algorithm: *a}\n"
    yield b"defaults:\n  field: |\n    a\n    b\n  alpha: >-\n    0.1\n---\n? a\n: !!str b\n"
    yield b"%YAML 1.2\n---\nstate: {onMismatch: fresh} # a comment\n...\n"
    yield b"plugins: {folders: nowhere}\ndefautls: 3\nstate: [a]\n"


def line_protocol():
    for text in ("cpu,host=a,rack=r1 x=1.5,y=-2 7", "m x=3i,y=4u 1\nm x=t,y=\"text\" 2", r"my\ cpu\,1,ho\=st=a\ b x=1e-400 5", "m y=\"two\nlines \\\" \",x=3 5",
                 "# a comment\n\n  m  x=1  9 \r\nm x=1", "m,a=b,a=c x=1 1\nm x=1e999 1\nm x=1 99999999999999999999", "m x=\"open 1\nm x=2 3"):
        yield b"\0" + text.encode()
        yield b"\3" + text.encode()


def csv():
    for text in ("time,x,host\n7,1.5,a\n8,,b\n", "host,\"x\",timestamp\n\"a,\"\"b\"\"\nc\",2,2016-01-01T00:00:00Z\n", "\ufefftime,x,host\r\n 7 ,\t-2e3 , a \r\n",
                 "time,x,host\n1,nan,\"open\n2,3,d\n", "time,x,host\n99999999999999999999,1,a\nyesterday,1,a\n1,2\n"):
        yield b"\0" + text.encode()
        yield b"\2" + text.encode()
    for text in ("#group,false,false,true,true,false\n#datatype,string,long,string,string,dateTime:RFC3339,double\n#default,_result,,x,,,\n"
                 ",result,table,_field,host,_time,_value\n,,0,,a,2024-01-01T00:00:01Z,1.5\n\n,result,table,_time,x,host\n,,1,2024-01-01T00:00:02Z,2,b\n",
                 "Date;Time;x;host\n01.02.2024;09:00;1;a\n01.02.2024;09:01;2;a\n", "sep=;\ntime;x;host\n1,5;20,5;a\n2;1.5;b\ntime;host;x\n3;c;1\n", "# time|x|host\n01.02.2024 09:00|1e3|#a\n# no row\n", ",x,host\n0,1,a\n",
                 "host\tDate\tx\n#1\t2024/01/01 00:00 +0100\tERR\na\t2024-01-01\tNA\n"):
        yield b"\0" + text.encode()


def time_format():
    """Which format, then the text."""
    texts = ("03/04/2024 23:05:09.25", "03/04/24 11:05 PM", "Mon, 04 Mar 2024 23:05:09 +0130", "20240304230509", "March  4, 2024 11:05:09 AM",
             "64 of 2024, 23:05:09 UTC", "2024-03-04_23.05", "Monday 03/04/24 23:05 -01:30")
    for which, text in enumerate(texts):
        yield bytes([which]) + text.encode()
        yield b"\xff" + text.encode()
    for text in ("04/Mar/2024:23:00:00 +0100", "Mon Mar  4 23:00:00 CET 2024", "29/02/2023", "31/12/9999 24:00:60", "-1/-1/-1", "00/00/0000"):
        yield b"\x00" + text.encode()
        yield b"\xff" + text.encode()


def replay():
    for kind, seeds in ((0, line_protocol()), (1, csv())):
        for text in seeds:
            for more in (0, 2, 4, 8):
                yield bytes([kind | more]) + text[1:] + b"".join(
                    (b"m,host=a x=%d %d\n", b"%d,%d,a\n")[kind] % ((i, i * 10) if kind == 0 else (i * 10, i)) for i in range(8))


def live_lines():
    """A step less one, then the stream."""
    for seed in line_protocol():
        yield seed
    for text in ("m a\"b=1 1\nm c\"=2 2\n", "m s=\"\",x=1 1\\\nm x=2 2\n", "\r# s=\"\nm x=1 1\n", "m,t=\" s=\"a\n\\\"\nb\",x=1 1\nm x=2\n"):
        yield b"\x02" + text.encode()


def live_write():
    """The precision, the arrival, then the body."""
    for seed in live_lines():
        yield bytes([seed[0] % 4]) + struct.pack("<q", 10**18) + seed[1:]


def live_frames():
    """A step less one, then frames: a batch, a series' name, totals."""
    def frame(kind, number, body):
        return struct.pack("<IIQ", kind, len(body), number) + body
    name = b"".join(struct.pack("<I", len(text)) + text for text in (b"cpu", b"usage", b"host", b"a"))
    frames = [frame(1, 1, struct.pack("<qqQ", 10**18, 1, 1) + b"m x=1\n"), frame(7, 3, name), frame(4, 0, b""), frame(10, 0, bytes(120))]
    yield b"\x00" + b"".join(frames)
    yield b"\x40" + name
    for one in frames:
        yield b"\x07" + one + one


TARGETS = {
    "wire": wire, "batch": batch, "envelope": envelope, "options": options, "option_texts": option_texts, "time_format": time_format, "yaml": yaml, "line_protocol": line_protocol,
    "csv": csv, "replay": replay, "live_lines": live_lines, "live_write": live_write, "live_frames": live_frames,
    "snapshot_ttest": lambda: [*snapshot(lambda samples: moments_state(130, 2, samples)), *snapshot(windows_state, first=8)],
    "snapshot_zscore": lambda: [*snapshot(lambda samples: moments_state(0, 0, samples)), *snapshot(windows_state, first=8)],
    "snapshot_ks": lambda: snapshot(sorted_state),
    "snapshot_mad": lambda: snapshot(sorted_state),
    "snapshot_mannwhitney": lambda: snapshot(sorted_state),
    "snapshot_variance": lambda: snapshot(sorted_state),
    "snapshot_ewma": lambda: snapshot(lambda samples: struct.pack("<dQqq", 0.25, 12, 5, 6) + moments_state(130, 2, samples)),
    "snapshot_cusum": lambda: snapshot(lambda samples: struct.pack("<ddqq", 3.5, 0.0, 5, 6) + moments_state(0, 0, samples)),
    "snapshot_jump": lambda: snapshot(jump_state),
    "snapshot_seasonal": lambda: snapshot(seasonal_state),
    "snapshot_novelty": lambda: snapshot(novelty_state),
}

for target, seeds in TARGETS.items():
    folder = os.path.join(sys.argv[1], target)
    os.makedirs(folder, exist_ok=True)
    for index, seed in enumerate(seeds()):
        with open(os.path.join(folder, f"seed_{index:03}"), "wb") as out:
            out.write(seed)
