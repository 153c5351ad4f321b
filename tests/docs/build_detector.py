"""The detector of docs/writing-a-detector.md, built as a stranger would: against an installed prefix, with the page's own CMake file.

build_detector.py BUILD CMAKE: installs BUILD into a folder, extracts the page's C++ and CMake, builds, and runs the page's command with
the program from the installed prefix, which has to find its detectors from its own place.
"""
import os
import subprocess
import sys
import tempfile

from run_commands import ROOT, blocks, run

build, cmake = os.path.abspath(sys.argv[1]), sys.argv[2]
page = os.path.join(ROOT, "docs", "writing-a-detector.md")


def call(*command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=250, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


with tempfile.TemporaryDirectory() as folder:
    prefix, source = os.path.join(folder, "prefix"), os.path.join(folder, "peak")
    call(cmake, "--install", build, "--prefix", prefix)
    os.mkdir(source)
    for language, name in (("cpp", "peak.cpp"), ("cmake", "CMakeLists.txt")):
        with open(os.path.join(source, name), "w", encoding="utf-8") as file:
            file.write(blocks(page, language)[0])
    call(cmake, "-S", source, "-B", source, "-DCMAKE_BUILD_TYPE=Release", f"-DCMAKE_PREFIX_PATH={prefix}")
    call(cmake, "--build", source)
    environment = dict(os.environ, PATH=os.path.join(prefix, "bin") + os.pathsep + os.environ["PATH"])
    code, text = run(blocks(page, "sh-with-peak")[0], source, environment)
    print(text)
    if code != 0 or "of 861 windows are anomalous" not in text:
        sys.exit(1)
    checked = call(os.path.join(prefix, "bin", "oddity"), "plugin", "check", os.path.join(source, "peak.so"), "--exclude", "^cost$")
    print(checked)
    if " 0 warned, 0 failed, 0 crashed" not in checked:
        sys.exit(1)
    demo = call(os.path.join(prefix, "bin", "oddity"), "demo")
    sys.exit(0 if "10 of the 10 planted" in demo else 1)
