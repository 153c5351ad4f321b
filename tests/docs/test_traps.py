"""Every trap of docs/traps.md has a test that exists, or a page that tells users of it.

test_traps.py: reads the last column of each row; its names are those of known_tests.py.
"""
import os
import re
import sys

from known_tests import known, read
from run_commands import ROOT

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
