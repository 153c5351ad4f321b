"""The pages as they are installed: every relative link leads to something that is installed, too, and none of the pages is missing.

installed_pages.py BUILD CMAKE
"""
import glob
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "docs"))
from run_commands import ROOT, pages  # noqa: E402

build, cmake = os.path.abspath(sys.argv[1]), sys.argv[2]


def links(page):
    """Targets of the page's relative links."""
    with open(page, encoding="utf-8") as file:
        prose = re.sub(r"^```.*?^```", "", file.read(), flags=re.M | re.S)
    return [target for target in re.findall(r"\]\(([^)#]+)", prose) if "://" not in target]


def check(prefix):
    docs, wrong, followed = os.path.join(prefix, "share", "doc", "oddity"), [], 0
    there = {os.path.relpath(page, docs) for page in glob.glob(f"{docs}/**/*.md", recursive=True)}
    expected = {os.path.relpath(page, ROOT) for page in [*pages(), *glob.glob(f"{ROOT}/plugins/*/README.md")]}
    wrong += [f"{page}: {'not installed' if page in expected else 'installed'}" for page in sorted(there ^ expected)]
    for folder, _, names in os.walk(prefix):
        for page in (os.path.join(folder, name) for name in names if name.endswith(".md")):
            for target in links(page):
                followed += 1
                place = os.path.normpath(os.path.join(folder, target))
                if not os.path.exists(place) or not place.startswith(prefix):
                    wrong.append(f"{os.path.relpath(page, prefix)}: {target}")
    # Links to what is installed elsewhere than it lies in the sources lead there, and do not just become words.
    for page, target in (("docs/configuration.md", "../../../oddity/oddity.yaml"), ("README.md", "plugins/ttest/ttest.hpp"),
                         ("docs/writing-a-detector.md", "../../../../include/oddity/abi.h")):
        if target not in links(os.path.join(docs, page)):
            wrong.append(f"{page}: no link to {target}")
    return wrong, followed


with tempfile.TemporaryDirectory() as installed:
    done = subprocess.run([cmake, "--install", build, "--prefix", installed], capture_output=True, text=True, timeout=250, check=False)
    if done.returncode != 0:
        sys.exit(done.stdout + done.stderr)
    broken, count = check(os.path.realpath(installed))
print("\n".join(broken) or f"{count} links, none dead")
sys.exit(1 if broken or count < 50 else 0)
