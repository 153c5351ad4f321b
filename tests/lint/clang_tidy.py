"""clang-tidy over the sources, those that it has found clean before left out.

clang_tidy.py BUILD FILE...

BUILD has compile_commands.json. A source is clean until it changes, or a header that it includes, its command, the checks or clang-tidy
itself: BUILD/clean has a file for each such state, so that a run that was broken off goes on where it was, and after a change only what the
change reaches is looked at. What is not clean is printed, and the exit status is 1.
"""
import concurrent.futures
import hashlib
import json
import os
import re
import shlex
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TIDY = ["clang-tidy", "--quiet", "--extra-arg=-Wno-unknown-warning-option"]
# What clang needs of GCC's command to find the same headers.
KEPT = re.compile(r"-(?:I|D|U|std=|isystem|include)")


def commands(build):
    """{source: (folder, what its command says of headers)}"""
    found = {}
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
        for entry in json.load(file):
            words = shlex.split(entry["command"])
            kept = [word for i, word in enumerate(words) if KEPT.match(word) or words[i - 1] in ("-isystem", "-include", "-I")]
            found[os.path.realpath(os.path.join(entry["directory"], entry["file"]))] = (entry["directory"], kept)
    return found


def headers(source, folder, options):
    """All that the source is made of, the system's headers included."""
    made_of = subprocess.run(["clang++", "-M", "-w", *options, source], cwd=folder, capture_output=True, text=True, check=True).stdout
    return [os.path.join(folder, name) for name in made_of.replace("\\\n", " ").split(":", 1)[1].split()]


def content(name):
    # The system's are the package manager's, and change as wholes.
    if name.startswith("/usr/"):
        status = os.stat(name)
        return f"{name} {status.st_size} {status.st_mtime_ns}".encode()
    with open(name, "rb") as file:
        return name.encode() + file.read()


def checks_of(source):
    """What the .clang-tidy of each folder above the source says."""
    found = b""
    folder = os.path.dirname(source)
    while os.path.commonpath([folder, ROOT]) == ROOT:
        name = os.path.join(folder, ".clang-tidy")
        if os.path.exists(name):
            found += content(name)
        folder = os.path.dirname(folder)
    return found


def state(source, command, version):
    """A name for all that clang-tidy's answer rests on; None: it cannot be told, since the source does not compile alone."""
    folder, options = command
    told = hashlib.sha256(version + checks_of(source) + " ".join(options).encode())
    try:
        for name in headers(source, folder, options):
            told.update(content(name))
    except (subprocess.CalledProcessError, IndexError, OSError):
        return None
    return told.hexdigest()


def look_at(build, source, command, version):
    """(remarks, whether it was looked at): no remarks, clean."""
    now = state(source, command, version) if command else None
    mark = os.path.join(build, "clean", now) if now else None
    if mark and os.path.exists(mark):
        return "", False
    seen = subprocess.run([*TIDY, "-p", build, source], capture_output=True, text=True)
    if seen.returncode != 0:
        return f"{source}\n{seen.stdout}{seen.stderr}", True
    if mark:
        open(mark, "w", encoding="utf-8").close()
    return "", True


def main(build, files):
    os.makedirs(os.path.join(build, "clean"), exist_ok=True)
    version = subprocess.run(["clang-tidy", "--version"], capture_output=True, check=True).stdout
    known = commands(build)
    sources = [os.path.realpath(file) for file in files]
    looked_at = wrong = 0
    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        for remarks, anew in pool.map(lambda source: look_at(build, source, known.get(source), version), sources):
            looked_at += anew
            wrong += bool(remarks)
            if remarks:
                print(remarks, flush=True)
    print(f"{len(sources)} sources: {looked_at} looked at, {len(sources) - looked_at} known to be clean, {wrong} with remarks")
    return 1 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(os.path.abspath(sys.argv[1]), sys.argv[2:]))
