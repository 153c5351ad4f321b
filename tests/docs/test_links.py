"""Every relative link of the pages leads to a file, and those with a # to a heading in it."""
import os
import re
import sys

from run_commands import pages


def text_of(page):
    with open(page, encoding="utf-8") as file:
        return re.sub(r"^```.*?^```", "", file.read(), flags=re.M | re.S)  # C++ has [](...), too


def anchors_of(page):
    """As GitHub makes them of headings: small letters, no marks, a - for a blank; -1 and so on where one comes again."""
    anchors, times = set(), {}
    for heading in re.findall(r"^#+ +(.*?) *$", text_of(page), flags=re.M):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        anchor = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
        times[anchor] = times.get(anchor, -1) + 1
        anchors.add(anchor if times[anchor] == 0 else f"{anchor}-{times[anchor]}")
    return anchors


def fault_of(page, target):
    """None: it leads somewhere."""
    path, _, anchor = target.partition("#")
    path = os.path.join(os.path.dirname(page), path) if path else page
    if "://" in target:
        return None
    if not os.path.exists(path):
        return "no such file"
    if anchor and path.endswith(".md") and anchor not in anchors_of(path):
        return "no such heading"
    return None


if __name__ == "__main__":
    broken = []
    for page in pages():
        for target in re.findall(r"\]\(([^)\s]+)", text_of(page)):
            if fault := fault_of(page, target):
                broken.append(f"{page}: {target}: {fault}")
    print("\n".join(broken))
    sys.exit(1 if broken else 0)
