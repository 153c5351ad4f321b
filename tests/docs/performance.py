"""What measures docs/performance.md still measures it: the tables have the heads and rows of the page. It takes few points, so the numbers are nobody's.

performance.py PROGRAM
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

from calibration import read, section, tables
from run_commands import ROOT

PAGE = os.path.join(ROOT, "docs", "performance.md")
NOT_EVERYWHERE = {"an agent in Go", "an agent in Go / oddity", "an agent in Python", "an agent in Python / oddity"}


def measure(program, page, picture):
    subprocess.run([program, "agents", "--alone", "--points", "100000", "--rounds", "1", "--page", page, "--picture", picture], check=True, timeout=250)
    subprocess.run([program, "groups", "--groups", "1,1000", "--page", page], check=True, timeout=250)


def shape(text, name):
    return [(head, {row for row in rows if row not in NOT_EVERYWHERE} if name == "agents" else None) for _, head, rows in tables(text)]


def outside(page):
    return re.sub(r"(?s)(<!-- begin (\w+) -->).*?(<!-- end \2 -->)", r"\1\3", page)


def main():
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        made, picture = os.path.join(folder, "performance.md"), os.path.join(folder, "performance.svg")
        shutil.copy(PAGE, made)
        measure(sys.argv[1], made, picture)
        old, new = read(PAGE), read(made)
        bars = [one for one in xml.etree.ElementTree.parse(picture).iter() if one.get("class") in ("bar", "ours")]
    if len(bars) < 6:
        wrong.append(f"the picture has {len(bars)} bars")
    if outside(old) != outside(new):
        wrong.append("what stands outside of the markers has changed")
    for name, command in (("agents", "./dev bench"), ("groups", "./dev bench groups")):
        of_page, of_program = section(old, name), section(new, name)
        if not tables(of_page) or shape(of_page, name) != shape(of_program, name):
            wrong.append(f"the tables of '{name}' are not those of the page: {command} makes them anew")
    print("\n".join(wrong) or "true")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
