"""Every trap of docs/traps.md has a test that exists, or a page that tells users of it.

test_traps.py: reads the last column of each row; a name is Suite.Case of a C++ test, test_file.Class.test_case of one on the real
daemon, or folder.name of a ctest that is a script.
"""
import glob
import os
import re
import sys

from run_commands import ROOT


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def known():
    """All tests that there are, by the names that the table uses."""
    names = set()
    for path in glob.glob(os.path.join(ROOT, "tests", "**", "*.cpp"), recursive=True):
        for suite, case in re.findall(r"^(?:TEST|TEST_F|TEST_P|RC_GTEST_PROP)\((\w+),\s*(\w+)", read(path), re.M):
            names.add(f"{suite}.{case}")
    for path in glob.glob(os.path.join(ROOT, "tests", "e2e", "test_*.py")):
        module = os.path.basename(path)[:-3]
        for name, body in re.findall(r"^class (\w+)\(.*?\):\n(.*?)(?=^class |^if |\Z)", read(path), re.M | re.S):
            names.update(f"{module}.{name}.{case}" for case in re.findall(r"def (test_\w+)\(", body))
    for path in glob.glob(os.path.join(ROOT, "tests", "*", "CMakeLists.txt")):
        names.update(re.findall(r"add_test\(NAME ([\w.]+)", read(path)))
    return names


tests, wrong, rows = known(), [], 0
for line in read(os.path.join(ROOT, "docs", "traps.md")).splitlines():
    cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
    if len(cells) != 3 or cells[0] == "trap" or set(cells[0]) == {"-"}:
        continue
    rows += 1
    named = re.findall(r"`([^`]+)`", cells[2])
    wrong += [f"no test '{name}': {cells[0]}" for name in named if name not in tests]
    if not named and "](" not in cells[1]:
        wrong.append(f"neither a test nor a page: {cells[0]}")
print("\n".join(wrong) or f"{rows} traps, none open")
sys.exit(1 if wrong or rows < 50 else 0)
