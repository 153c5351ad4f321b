"""Runs the commands of the pages: every ```sh block of README.md, CHANGELOG.md, CONTRIBUTING.md and docs/, in the order they stand, a folder of its own for each page.

run_commands.py BIN [PAGE...]: BIN is the folder with the program; it comes first in PATH. Blocks of another language are not run.
"""
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


def blocks(page, language="sh"):
    with open(page, encoding="utf-8") as file:
        return re.findall(rf"^```{language}\n(.*?)^```", file.read(), re.M | re.S)


def run(block, folder, environment, seconds=60):
    done = subprocess.run(["sh", "-e", "-c", block], cwd=folder, env=environment, capture_output=True, text=True, timeout=seconds,
                          stdin=subprocess.DEVNULL, check=False)
    return done.returncode, done.stdout + done.stderr


def pages():
    docs = os.path.join(ROOT, "docs")
    front = [os.path.join(ROOT, name) for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")]
    return [*front, *sorted(os.path.join(folder, name) for folder, _, names in os.walk(docs) for name in names if name.endswith(".md"))]


def main():
    environment = dict(os.environ, PATH=os.path.abspath(sys.argv[1]) + os.pathsep + os.environ["PATH"])
    passed = failed = 0
    for page in pages():
        with tempfile.TemporaryDirectory() as folder:
            for block in blocks(page):
                code, text = run(block, folder, environment)
                passed, failed = passed + (code == 0), failed + (code != 0)
                if code != 0:
                    print(f"{os.path.relpath(page, ROOT)}: exit {code}\n{block}{text}")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()
