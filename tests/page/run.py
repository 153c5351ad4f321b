"""Runs all tests of the page in a browser; without one says in a line what is skipped, and exits with 77.

run.py ODDITY PRINT [TEST...]
"""
import os
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import browser  # noqa: E402

if absent := browser.missing():
    print(absent)
    sys.exit(77)
os.environ["ODDITY_BIN"], os.environ["ODDITY_PAGE_PRINT"] = map(os.path.abspath, sys.argv[1:3])
suite = unittest.defaultTestLoader.loadTestsFromNames(sys.argv[3:]) if len(sys.argv) > 3 else unittest.defaultTestLoader.discover(HERE)
result = unittest.TextTestRunner(verbosity=2).run(suite)
sys.exit(0 if result.wasSuccessful() and result.testsRun > 0 else 1)
