"""The names of our own detectors, from the list in cmake/OddityDetectors.cmake."""
import os
import re

from run_commands import ROOT

with open(os.path.join(ROOT, "cmake", "OddityDetectors.cmake"), encoding="utf-8") as file:
    NAMES = re.findall(r"^  (\w+)=\w+$", file.read(), re.M)
