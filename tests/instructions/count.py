"""How many instructions `oddity agent` spends on a point, counted by callgrind: no more than 3 % above what was recorded.

count.py --kind KIND --valgrind FILE --program ODDITY --streams MAKE_STREAMS [--write]

KIND names build type and compiler: recorded.json has counts for some of them; without one, or without valgrind, the test is skipped and says
so. What the program takes that gets no point is taken off, so that only the way of a point counts. --write records today's count.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile

RECORDED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "recorded.json")
STREAMS = {"batches_of_300": 15_000, "a_thousand_groups": 40_000}  # as make_streams.cpp makes them: points
MORE = 0.03
SKIPPED = 77


def run(command, folder, **more):
    # The agent saves its state at the end: here, and not where the user's is.
    environment = {"PATH": os.environ.get("PATH", ""), "XDG_STATE_HOME": os.path.join(folder, "state")}
    return subprocess.run(command, env=environment, check=True, timeout=100, stderr=subprocess.PIPE, **more)


def total(given, folder, stream):
    """Instructions of the whole process."""
    profile = os.path.join(folder, "profile")
    with open(os.path.join(folder, stream), "rb") as requests, open(os.path.join(folder, "answers"), "wb") as answers:
        run([given.valgrind, "--quiet", "--tool=callgrind", f"--callgrind-out-file={profile}", given.program, "agent"], folder, stdin=requests, stdout=answers)
    if os.path.getsize(os.path.join(folder, "answers")) == 0:
        sys.exit(f"{stream}: no answer came")
    with open(profile, encoding="utf-8") as text:
        return int(re.search(r"^(?:totals|summary): (\d+)", text.read(), re.M)[1])


def counted(given):
    """{stream: instructions a point}"""
    with tempfile.TemporaryDirectory() as folder:
        run([given.streams, folder], folder)
        return {stream: round((total(given, folder, stream) - total(given, folder, stream + "_none")) / points, 1) for stream, points in STREAMS.items()}


def read():
    with open(RECORDED, encoding="utf-8") as file:
        return json.load(file)


def write(kind, counts):
    recorded = {**read(), kind: counts}
    with open(RECORDED, "w", encoding="utf-8") as file:
        json.dump(recorded, file, indent=2, sort_keys=True)
        file.write("\n")
    print(f"recorded for {kind}: {counts}")


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def compare(kind, counts):
    wrong = False
    for stream, before in read()[kind].items():
        now = counts[stream]
        wrong = wrong or now > before * (1 + MORE)
        print(f"{stream}: {now} instructions a point, recorded {before}: {(now / before - 1) * 100:+.1f} %")
        if now < before * (1 - MORE):
            print(f"{stream}: fewer than recorded; ./dev instructions --write records that")
    if wrong:
        sys.exit(f"expected at most {MORE:.0%} more instructions than recorded for {kind}; where the new ones are worth it, ./dev instructions --write records them")


def main():
    parser = argparse.ArgumentParser()
    for name in ("--kind", "--valgrind", "--program", "--streams"):
        parser.add_argument(name, required=True)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    if not os.access(given.valgrind, os.X_OK):
        skip("no valgrind")
    if not given.write and given.kind not in read():
        skip(f"no count is recorded for {given.kind}, only for {'; '.join(read()) or 'none'}")
    counts = counted(given)
    write(given.kind, counts) if given.write else compare(given.kind, counts)


if __name__ == "__main__":
    main()
