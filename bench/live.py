"""What `oddity live` costs: CPU a point on stdin and over HTTP beside reading the same lines without judging them, and how long a line takes.

live.py ODDITY [--points N]

Each figure is the median of three runs, which are interleaved; the spread is that of the three. CPU is that of all its processes. The series are a
value every ten seconds, of one series and of 10 000; a line has one field. `--field` with a name that no line has reads, keeps and answers the same lines, and judges
none: the cost of everything but the judging.
"""
import argparse
import http.client
import math
import os
import random
import re
import resource
import select
import statistics
import subprocess
import tempfile
import time

NOVELTY = []
ZSCORE = ["--algorithm", "zscore", "--size", "300", "--alpha", "0.001"]
NOTHING = ["--field", "absent"]
RUNS = 3


def lines(points, series):
    """Of a walk about a daily wave, the series in turn."""
    rng = random.Random(1)
    for i in range(points):
        turn, which = divmod(i, series)
        value = 50 + 10 * math.sin(turn / 1000 + which) + rng.gauss(0, 1)
        yield f"m,host=h{which} x={value:.4f} {1_700_000_000 + 10 * turn}000000000\n"


def cpu():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def on_stdin(oddity, flags, file):
    """CPU seconds of judging a file on stdin."""
    before = cpu()
    with open(file, "rb") as text:
        subprocess.run([oddity, "live", *flags], stdin=text, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return cpu() - before


def listening(oddity, flags, folder):
    log = os.path.join(folder, "log")
    with open(log, "w", encoding="utf-8") as errors:
        process = subprocess.Popen([oddity, "live", "--listen", "127.0.0.1:0", *flags], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors)
    while True:
        with open(log, encoding="utf-8") as text:
            if found := re.search(r"listening on http://(\S+):(\d+)", text.read()):
                return process, http.client.HTTPConnection(found[1], int(found[2]), timeout=60)
        time.sleep(0.02)


def over_http(oddity, flags, file):
    """The same by POSTs of 5 000 lines."""
    before = cpu()
    with tempfile.TemporaryDirectory() as folder, open(file, "rb") as text:
        process, connection = listening(oddity, flags, folder)
        body = text.readlines()
        for at in range(0, len(body), 5000):
            part = b"".join(body[at:at + 5000])
            while True:
                connection.request("POST", "/write", part)
                answer = connection.getresponse()
                answer.read()
                if answer.status == 204:
                    break
                time.sleep(0.05)
        process.terminate()
        process.wait()
    return cpu() - before


def latencies(oddity, count, pause):
    """Seconds from a line's last byte to its answer's, one line at a time, `pause` between them."""
    process = subprocess.Popen([oddity, "live", "--pass-through"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0)
    took = []
    for line in lines(count + 300, 1):
        begin = time.perf_counter()
        process.stdin.write(line.encode())
        got = b""
        while not got.endswith(b"\n"):
            select.select([process.stdout], [], [], 10)
            got += os.read(process.stdout.fileno(), 65536)
        took.append(time.perf_counter() - begin)
        time.sleep(pause)
    process.stdin.close()
    process.wait()
    return sorted(took[300:])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("oddity")
    parser.add_argument("--points", type=int, default=300_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print("| series | way | lines alone, ns a point | novelty | zscore | novelty / lines |\n|---|---|---|---|---|---|")
        for series in (1, 10_000):
            file = os.path.join(folder, f"{series}.lp")
            with open(file, "w", encoding="utf-8") as out:
                out.writelines(lines(given.points, series))
            for name, way in (("stdin", on_stdin), ("HTTP", over_http)):
                took = {"nothing": [], "novelty": [], "zscore": []}
                for _ in range(RUNS):
                    for what, flags in (("nothing", NOTHING), ("novelty", NOVELTY), ("zscore", ZSCORE)):
                        took[what].append(way(given.oddity, flags, file) / given.points * 1e9)
                cell = {what: f"{statistics.median(each):.0f} ({min(each):.0f} to {max(each):.0f})" for what, each in took.items()}
                ratio = statistics.median(took["novelty"]) / statistics.median(took["nothing"])
                print(f"| {series} | {name} | {cell['nothing']} | {cell['novelty']} | {cell['zscore']} | {ratio:.1f} |", flush=True)
    took = latencies(given.oddity, 2_000, 0.002)
    print(f"\na line at a time, idle between: median {took[len(took) // 2] * 1e3:.2f} ms, 99.9 % {took[int(len(took) * 0.999)] * 1e3:.2f} ms")


if __name__ == "__main__":
    main()
