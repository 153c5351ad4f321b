"""Who uses whom: the table in docs/tour.md is what the sources include, and every folder uses only folders above it.

structure.py            compares the page with the sources
structure.py --table    prints the table anew, with the lines of code of each folder
"""
import os
import re
import sys

from run_commands import ROOT

PAGE = os.path.join(ROOT, "docs", "tour.md")


def sources():
    """{folder: [file]} of core/, by paths relative to it."""
    core, found = os.path.join(ROOT, "core"), {}
    for folder, _, names in os.walk(core):
        files = [os.path.join(folder, name) for name in names if name.endswith((".cpp", ".hpp", ".h"))]
        if files:
            found[os.path.relpath(folder, core)] = files
    return found


def uses(found):
    """{folder: folders that it includes from, itself left out}."""
    homes = {}
    for folder, files in found.items():
        for file in files:
            homes.setdefault(os.path.basename(folder) + "/" + os.path.basename(file), set()).add(folder)
    for header, folders in homes.items():
        if header.endswith((".hpp", ".h")) and len(folders) > 1:
            sys.exit(f"'{header}' is the name of headers in {' and '.join(sorted(folders))}: an #include cannot tell which is meant")
    edges = {folder: set() for folder in found}
    for folder, files in found.items():
        for file in files:
            with open(file, encoding="utf-8") as text:
                for header in re.findall(r'^#include "([^"]+)"', text.read(), re.M):
                    home = homes.get("/".join(header.split("/")[-2:]))
                    edges[folder] |= (home or set()) - {folder}
    return edges


def lines(files):
    total = 0
    for file in files:
        with open(file, encoding="utf-8") as text:
            total += sum(1 for _ in text)
    return total


def rows():
    """[(folder, [folders it uses])] of the page, in the page's order."""
    with open(PAGE, encoding="utf-8") as page:
        table = re.findall(r"^\| `core/([^`]+)` \|[^|]*\|([^|]*)\|", page.read(), re.M)
    return [(folder, re.findall(r"`core/([^`]+)`|`([a-z_/]+)`", used)) for folder, used in table]


def main():
    found = sources()
    edges = uses(found)
    if "--table" in sys.argv:
        for folder in sorted(found):
            print(f"| `core/{folder}` | {lines(found[folder])} lines | {', '.join(f'`{one}`' for one in sorted(edges[folder])) or 'nothing'} |")
        return
    wrong, above = [], []
    said = dict((folder, {a or b for a, b in used}) for folder, used in rows())
    for folder in said:
        if folder not in edges:
            wrong.append(f"docs/tour.md has a row for core/{folder}, which is not there")
            continue
        if said[folder] != edges[folder]:
            wrong.append(f"core/{folder}: docs/tour.md says that it uses {sorted(said[folder])}, its sources include {sorted(edges[folder])}")
        up = sorted(edges[folder] - set(above))
        if up:
            wrong.append(f"core/{folder} uses {up}, which the table has below it: an arrow up")
        above.append(folder)
    wrong += [f"core/{folder} has no row in docs/tour.md" for folder in sorted(set(edges) - set(said))]
    print("\n".join(wrong) or "the page is true")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
