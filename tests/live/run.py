"""Runs the tests of one module against real programs; says in a line what is skipped without them, and exits with 77.

run.py PROGRAM PARTS MODULE [NAME...]     PARTS: the folder of what ./dev test fetches; NAME: Class.test_case
"""
import os
import sys
import unittest

os.environ["ODDITY_BIN"] = os.path.abspath(sys.argv[1])
os.environ["ODDITY_PARTS"] = os.path.abspath(sys.argv[2])
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "support")]
module = __import__(sys.argv[3])
missing = [what for what in (need() for need in getattr(module, "NEEDS", [])) if what]
if missing:
    print(f"skipped: {', '.join(missing)}")
    sys.exit(77)
if len(sys.argv) > 4:
    suite = unittest.defaultTestLoader.loadTestsFromNames(sys.argv[4:], module)
else:
    suite = unittest.defaultTestLoader.loadTestsFromModule(module)
assert suite.countTestCases() > 0, "a module without tests tests nothing"
sys.exit(0 if unittest.TextTestRunner(verbosity=2).run(suite).wasSuccessful() else 1)
