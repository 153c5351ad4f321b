"""`./dev demo` builds with options of its own, several sources as one, and shows the demo before it builds the rest.

build_demo.py CMAKE [LAUNCHER]: builds the same in a folder beside, without optimisation, in these two steps: what is shown must not
need the rest, and no two files that are compiled as one may have a name in common.
"""
import os
import re
import subprocess
import sys
import tempfile

from run_commands import ROOT

cmake, launchers = sys.argv[1], [one for one in sys.argv[2:] if one]

with open(os.path.join(ROOT, "dev"), encoding="utf-8") as file:
    demo = re.search(r"^demo\(\) \{\n(.*?)^\}", file.read(), re.MULTILINE | re.DOTALL)[1]
options = re.search(r"configure release (.*)", demo)[1].split()
(target,) = re.findall(r"--target (\w+)", demo)


def call(*command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=850, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


with tempfile.TemporaryDirectory() as build:
    call(cmake, "-S", ROOT, "-B", build, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=None", "-DCMAKE_CXX_FLAGS=-O0", *options,
         *(f"-DCMAKE_{language}_COMPILER_LAUNCHER={launchers[0]}" for language in ("C", "CXX") if launchers))
    call(cmake, "--build", build, "--target", target)
    program = os.path.join(build, "bin", "oddity")
    plugins = sorted(os.listdir(os.path.join(build, "lib", "oddity", "plugins")))
    if plugins != ["novelty.so", "ttest.so"]:
        sys.exit(f"before the rest only what is shown is built, and not {plugins}")
    shown = call(program, "demo")
    if "3 of the 3 planted faults were found" not in shown:
        sys.exit(f"the demo finds something else:\n{shown}")
    call(cmake, "--build", build)
    if not os.access(os.path.join(build, "lib", "oddity", "oddity-live"), os.X_OK):
        sys.exit("the rest has no oddity live")
