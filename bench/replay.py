"""What a point costs in `oddity replay`, by format, packing and number of threads.

replay.py ODDITY [--before OTHER] [--megabytes N] [--runs N] [--threads N...] [--kind NAME...]

Makes lines as Telegraf's cpu plugin writes them, the same as CSV, and packed, and judges one field in windows of five minutes by ttest. Runs
are interleaved, so that a busy machine is busy for all. OTHER is the program of another build, without --threads, and without zstd; `cat` reads and does nothing.
"""
import argparse
import gzip
import os
import random
import shutil
import statistics
import subprocess
import tempfile
import time

JUDGING = ["--field", "usage_user", "--size", "3600", "--alpha", "0.001", "--group-by", "host"]
KINDS = {"one.lp": 1, "three.lp": 3, "three.csv": 3, "three.lp.gz": 3, "three.lp.zst": 3}


def write_rows(path, megabytes, series):
    """Lines, or CSV where the name says so; returns how many rows."""
    csv = path.endswith(".csv")
    picked, left, second, rows = random.Random(7), megabytes * 1_000_000, 1_451_606_400, 0
    with open(path, "w", encoding="utf-8") as out:
        if csv:
            out.write("time,host,usage_user,usage_system,usage_idle\n")
        while left > 0:
            lines = []
            for _ in range(1000):
                for host in "abc"[:series]:
                    user, system = 12 + picked.random() * 3, 4 + picked.random()
                    fields = f"{user:.1f}", f"{system:.1f}", f"{100 - user - system:.1f}"
                    if csv:
                        lines.append(f"{second}000000000,{host},{','.join(fields)}\n")
                    else:
                        lines.append(f"cpu,host={host} usage_user={fields[0]},usage_system={fields[1]},usage_idle={fields[2]} {second}000000000\n")
                second += 1
            rows += len(lines)
            text = "".join(lines)
            left -= len(text)
            out.write(text)
    return rows


def make(folder, kind, megabytes):
    """The file of this kind, and its rows; None where it cannot be packed."""
    path = os.path.join(folder, kind)
    plain, packing = (path, "") if not path.endswith((".gz", ".zst")) else path.rsplit(".", 1)
    rows = write_rows(plain, megabytes, KINDS[kind])
    if packing == "gz":
        with open(plain, "rb") as text, gzip.open(path, "wb", 6) as packed:
            shutil.copyfileobj(text, packed, 1 << 20)
    elif packing == "zst":
        if shutil.which("zstd") is None:
            return None
        subprocess.run(["zstd", "-q", "-f", "-3", plain, "-o", path], check=True)
    return path, rows


def run(command):
    """Seconds of CPU and of the clock, and the greatest resident size in MB."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)}: {errors.decode(errors='replace')}")
    return used.ru_utime + used.ru_stime, time.perf_counter() - begin, used.ru_maxrss / 1000


def spread(values, digits=2):
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f} to {max(values):.{digits}f})"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("oddity")
    parser.add_argument("--before")
    parser.add_argument("--megabytes", type=int, default=180)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--kind", choices=KINDS, nargs="+", default=list(KINDS))
    given = parser.parse_args()
    print("| input | way | CPU, s | wall, s | CPU, ns a row | peak MB |\n|---|---|---|---|---|---|")
    for kind in given.kind:
        with tempfile.TemporaryDirectory() as folder:
            made = make(folder, kind, given.megabytes)
            if made is None:
                print(f"| {kind} | no zstd to pack it | | | | |")
                continue
            file, rows = made
            ways = {"cat": ["cat", file]}
            if given.before and not kind.endswith(".zst"):
                ways["before"] = [given.before, "replay", file, *JUDGING]
            for threads in given.threads:
                ways[f"--threads {threads}"] = [given.oddity, "replay", file, *JUDGING, "--threads", str(threads)]
            took = {way: [] for way in ways}
            for _ in range(given.runs):
                for way, command in ways.items():
                    took[way].append(run(command))
            for way, runs in took.items():
                cpu, wall, peak = zip(*runs)
                print(f"| {kind} | {way} | {spread(cpu)} | {spread(wall)} | {statistics.median(cpu) / rows * 1e9:.0f} | {max(peak):.0f} |", flush=True)


if __name__ == "__main__":
    main()
