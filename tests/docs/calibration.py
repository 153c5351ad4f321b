"""What docs/calibration.md says follows from its tables.

calibration.py              the page as it is
calibration.py PROGRAM      the program makes a page with the same tables: same heads, same rows, other numbers; it takes few windows
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

from run_commands import ROOT

PAGE = os.path.join(ROOT, "docs", "calibration.md")
WITHOUT_A_RATE = ("random walk", "constant")  # the page says in words what happens there


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def section(page, name):
    found = re.search(rf"(?s)<!-- begin {name} -->(.*?)<!-- end {name} -->", page)
    return found.group(1) if found else sys.exit(f"docs/calibration.md has no section '{name}'")


def tables(text):
    """[(title, head, {first cell: other cells})]"""
    found = []
    for block in re.findall(r"(?:^\|.*\n)+", text, re.M):
        lines = [[cell.strip() for cell in line.strip("|\n").split("|")] for line in block.splitlines(keepends=True)]
        titles = re.findall(r"^(?:### |Smallest )(.*)", text[:text.index(block)], re.M)
        found.append((titles[-1] if titles else "", lines[0][1:], {" ".join(line[:1]): line[1:] for line in lines[2:]}))
    return found


def numbers(text, wanted):
    """(where, noise, number, rest of the cell) of the cells in columns whose name `wanted` accepts."""
    for title, head, rows in tables(text):
        for noise, cells in rows.items():
            for column, cell in zip(head, cells, strict=True):
                if wanted(column):
                    number, _, rest = cell.partition(" ")
                    yield f"{title}: {noise}, {column}", noise, float(number), rest


def expected(text):
    """{title: (anomalous windows that alpha promises, the same with ks)}"""
    return {f"Windows of {rows} rows, alpha {alpha}": (float(alpha) * int(windows), float(alpha) * int(of_ks))
            for rows, alpha, windows, of_ks in re.findall(r"^### Windows of (\d+) rows, alpha ([\d.]+)\n\n(\d+) windows a cell, (\d+) with ks", text, re.M)}


def is_within(rate, interval, promised):
    """A factor of 2. Of fewer than 20 promised windows as many may come by chance: there the interval has to reach that far."""
    low, high = (float(end) for end in interval.strip("()").split("–")) if interval and promised < 20 else (rate, rate)
    return low <= 2 and high >= 0.5


def is_own(column):
    return column.split(" ")[1].startswith("own")


def exceptions(page):
    """Cells that the page itself names as beyond the factor: lines `- NOISE, windows of N rows, alpha A, COLUMN: ...`."""
    return {f"Windows of {rows} rows, alpha {alpha}: {noise}, {column}"
            for noise, rows, alpha, column in re.findall(r"^- ([^,\n]+), windows of (\d+) rows, alpha ([\d.]+), `([^`]+)`:", page, re.M)}


def check_rates(page):
    named, beyond, cells = exceptions(page), set(), 0
    promised = expected(section(page, "rates"))
    for where, noise, rate, interval in numbers(section(page, "rates"), is_own):
        if noise in WITHOUT_A_RATE:
            continue
        cells += 1
        title, _, column = where.partition(": ")
        if not is_within(rate, interval, promised[title][" ks " in column]):
            beyond.add(where)
    yield from (f"{where}: beyond a factor of 2, and not among those that the page names" for where in sorted(beyond - named))
    yield from (f"{where}: named as beyond a factor of 2, but is within" for where in sorted(named - beyond))
    if cells != 432:
        yield f"expected 432 rates, found {cells}"


def check_promise(page):
    cells = 0
    for where, _, alarms, _ in numbers(section(page, "promise"), is_own):
        cells += 1
        if alarms > 2:
            yield f"{where}: more than twice the alarms that were promised"
    if cells < 60:
        yield f"expected 60 numbers of alarms, found {cells}"


def check_rows(page):
    named = {(noise, detector) for noise, detectors in re.findall(r"^- ([^,\n]+), each row, (.+)$", page, re.M) for detector in re.findall("`(.+?)`", detectors)}
    beyond, cells = set(), 0
    for where, noise, alarms, _ in numbers(section(page, "rows"), is_own):
        cells += 1
        if alarms > 2:
            beyond.add((noise, where.rpartition(", ")[2].split(" ")[0]))
    yield from (f"each row, {noise}, {detector}: more than twice the alarms that were promised, and not among those that the page names" for noise, detector in sorted(beyond - named))
    yield from (f"each row, {noise}, {detector}: named as beyond twice of what was promised, but is within" for noise, detector in sorted(named - beyond))
    if cells != 54:
        yield f"expected 54 numbers of alarms of rows, found {cells}"


def check_scipy(page):
    ours = {(title.split(" ")[0], noise, column): cell for title, head, rows in tables(section(page, "power"))
            for noise, cells in rows.items() for column, cell in zip(head, cells, strict=True)}
    lines = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in section(page, "scipy").splitlines() if line.startswith("|")][2:]
    for noise, test, shift, spread, difference in lines:
        column = ("ttest" if test.startswith("ttest") else "ks") + " none"
        if float(difference) > 1e-9:
            yield f"{noise}, {test}: another p than the detector's"
        if ours["shift", noise, column] != shift or ours["factor", noise, column] != spread:
            yield f"{noise}, {test}: finds other changes than the detector"
    if len(lines) != 4:
        yield f"expected 4 lines of SciPy's, found {len(lines)}"


def check_page():
    page = read(PAGE)
    return [*check_rates(page), *check_promise(page), *check_rows(page), *check_scipy(page)]


def check_command(program):
    with tempfile.TemporaryDirectory() as folder:
        made = os.path.join(folder, "calibration.md")
        shutil.copy(PAGE, made)
        subprocess.run([program, "--windows", "0.0005", "--page", made, "--power-data", os.path.join(folder, "power.csv")], check=True, timeout=280)
        old, new = read(PAGE), read(made)
        rows = len(read(os.path.join(folder, "power.csv")).splitlines())
    wrong = [] if rows > 100 else [f"power.csv has {rows} lines"]
    if re.sub(r"(?s)(<!-- begin (\w+) -->).*?(<!-- end \2 -->)", r"\1\3", old) != re.sub(r"(?s)(<!-- begin (\w+) -->).*?(<!-- end \2 -->)", r"\1\3", new):
        wrong.append("what stands outside of the markers has changed")
    for name in ("rates", "young", "promise", "rows", "power"):
        shape = [[(title, head, list(rows)) for title, head, rows in tables(section(page, name))] for page in (old, new)]
        if shape[0] != shape[1] or not shape[0]:
            wrong.append(f"the tables of '{name}' are not those of the page: ./dev calibration {name} makes them anew")
        if section(old, name) == section(new, name):
            wrong.append(f"the section '{name}' was not written")
    return wrong


def main():
    wrong = check_command(sys.argv[1]) if len(sys.argv) > 1 else check_page()
    print("\n".join(wrong) or "true")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
