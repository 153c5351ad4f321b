"""Every option, YAML key, output field and flag stands in docs/wiring.md, beside a test that exists.

test_wiring.py PROGRAM: asks the program what there is. Rows whose first cell names nothing in backticks are about something else; a name below
"Deliberately not tested" needs no test but a reason.
"""
import json
import os
import re
import subprocess
import sys

from known_tests import known, read
from own_detectors import NAMES
from run_commands import ROOT

VERBS = ["agent", "replay", "live", "evaluate", "demo", "config check", "config options", "snapshot inspect", "plugin list", "plugin describe", "plugin install", "plugin new",
         "plugin check"]


def output(program, arguments):
    return subprocess.run([program, *arguments.split()], capture_output=True, text=True, check=True).stdout


def options(program):
    """Names of the core's options."""
    rows = output(program, "config options --markdown").splitlines()[2:]
    return [row.split("|")[1].strip() for row in rows]


def keys():
    """section.key of config/oddity.yaml, those too that are commented out; what stands in `defaults` is an option."""
    found, section = [], ""
    for line in read(os.path.join(ROOT, "config", "oddity.yaml")).splitlines():
        if top := re.match(r"(\w+):", line):
            section = top[1]
        elif (key := re.match(r"  (?:# )?(\w+):(?: |$)", line)) and section in ("plugins", "limits", "state"):
            found.append(f"{section}.{key[1]}")
    return found


def flags(program, taken):
    """'verb --flag' of every verb's help, except those that are options."""
    found = []
    for verb in VERBS:
        for flag in re.findall(r"^\s+(?:-\w,)?--([\w-]+)", output(program, verb + " --help"), re.M):
            # `live` judges one column, so its --field is a flag of its own.
            is_option = verb in ("replay", "evaluate", "live") and flag in taken and (verb, flag) != ("live", "field")
            if flag != "help" and not is_option:
                found.append(f"{verb} --{flag}")
    return found


def fields(program):
    detectors = json.loads(output(program, f"plugin describe {' '.join(NAMES)} --json"))
    standard = ["pvalue", "calibrated", "score", "magnitude", "anomalous", "alarm", "young", "observed", "expected", "lower", "upper", "effect", "why"]
    return standard + [field["name"] for detector in detectors for field in detector["outputs"]]


program, tests = sys.argv[1], known()
page = read(os.path.join(ROOT, "docs", "wiring.md"))
tested, left_out = page.split("## Deliberately not tested")
entered, wrong = set(), []
for line in tested.splitlines():
    cells = [cell.strip() for cell in line.split("|")[1:-1]]
    if len(cells) < 2 or set(cells[0]) <= {"-"} or cells[-1] == "test":
        continue
    entered.update(re.findall(r"`([^`]+)`", cells[0]))
    named = re.findall(r"`([^`]+)`", cells[-1])
    wrong += [f"no test '{name}': {cells[0]}" for name in named if name not in tests]
    if not named:
        wrong.append(f"no test: {cells[0]}")
entered.update(re.findall(r"^- `([^`]+)`: ", left_out, re.M))
there = options(program)
there += keys() + fields(program) + flags(program, there)
wrong += [f"not on the page: {name}" for name in there if name not in entered]
wrong += [f"on the page, but not there: {name}" for name in sorted(entered) if name not in there]
print("\n".join(wrong) or f"{len(there)} options, keys, fields and flags, each with its test")
sys.exit(1 if wrong or len(there) < 50 else 0)
