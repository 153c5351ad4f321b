"""Runs all tests on the real daemon; without one says in a line what is skipped, and exits with 77."""
import os
import shutil
import sys
import unittest

daemon = os.environ.get("ODDITY_KAPACITORD") or shutil.which("kapacitord")
if not daemon:
    print("skipped: the tests on a real Kapacitor; have them by ODDITY_KAPACITORD=/path/to/kapacitord ./dev test")
    sys.exit(77)
os.environ["ODDITY_KAPACITORD"] = os.path.abspath(daemon)
os.environ["ODDITY_BIN"] = os.path.abspath(sys.argv[1])
here = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [here, os.path.join(here, "..", "support")]
suite = unittest.defaultTestLoader.discover(here)
if len(sys.argv) > 2:
    suite = unittest.defaultTestLoader.loadTestsFromNames(sys.argv[2:])
sys.exit(0 if unittest.TextTestRunner(verbosity=2).run(suite).wasSuccessful() else 1)
