"""The tests that there are, by the names that pages use: Suite.Case of a C++ test, test_file.Class.test_case of one on real programs,
folder.name of a ctest that is a script."""
import glob
import os
import re

from run_commands import ROOT


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def known():
    """All tests that there are, by the names that the table uses."""
    names = set()
    for path in glob.glob(os.path.join(ROOT, "tests", "**", "*.cpp"), recursive=True):
        for suite, case in re.findall(r"^(?:TEST|TEST_F|TEST_P|RC_GTEST_PROP)\((\w+),\s*(\w+)", read(path), re.M):
            names.add(f"{suite}.{case}")
    for path in glob.glob(os.path.join(ROOT, "tests", "e2e", "test_*.py")) + glob.glob(os.path.join(ROOT, "tests", "live", "test_*.py")):
        module = os.path.basename(path)[:-3]
        for name, body in re.findall(r"^class (\w+)\(.*?\):\n(.*?)(?=^class |^if |\Z)", read(path), re.M | re.S):
            names.update(f"{module}.{name}.{case}" for case in re.findall(r"def (test_\w+)\(", body))
    for path in glob.glob(os.path.join(ROOT, "tests", "*", "CMakeLists.txt")):
        names.update(re.findall(r"add_test\(NAME ([\w.]+)", read(path)))
    return names
