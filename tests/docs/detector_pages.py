"""The pages in docs/detectors begin with what the detectors say of themselves; what is written by hand follows from the first section on.
detector_pages.py PROGRAM [--write]
"""
import os
import subprocess
import sys

from own_detectors import NAMES
from run_commands import ROOT

stale = []
for name in NAMES:
    page = os.path.join(ROOT, "docs", "detectors", name + ".md")
    said = subprocess.run([sys.argv[1], "plugin", "describe", name, "--markdown"], check=True, capture_output=True, text=True, timeout=60).stdout
    with open(page, encoding="utf-8") as file:
        begin, section, rest = file.read().partition("\n## ")
    if "--write" in sys.argv:
        begin = said
        with open(page, "w", encoding="utf-8") as file:
            file.write(begin + section + rest)
    if begin != said:
        stale.append(f"docs/detectors/{name}.md: make it anew by python3 tests/docs/detector_pages.py build/release/bin/oddity --write")
print("\n".join(stale) or "current")
sys.exit(1 if stale else 0)
