"""clang_tidy.py looks at what has changed, and at nothing else, with a clang-tidy that finds fault with the word WRONG."""
import json
import os
import subprocess
import sys
import tempfile
import unittest

SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "clang_tidy.py")
FAKE = """#!/bin/sh
if [ "$1" = --version ]; then echo fake; exit; fi
for last; do :; done
if grep -q WRONG "$last" "$(dirname "$last")/part.hpp"; then echo "a remark"; exit 1; fi
"""


class OnlyWhatHasChanged(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.write("clang-tidy", FAKE)
        os.chmod(self.path("clang-tidy"), 0o755)
        self.write("part.hpp", "")
        for name in ("a.cpp", "b.cpp"):
            self.write(name, '#include "part.hpp"\n' if name == "a.cpp" else "int b;\n")
        self.command("-DX=1")

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)

    def command(self, option):
        entries = [{"directory": self.folder.name, "file": name, "command": f"c++ {option} -O3 -c {name}"} for name in ("a.cpp", "b.cpp")]
        self.write("compile_commands.json", json.dumps(entries))

    def run_it(self):
        """(the summary, the exit status)"""
        environment = {**os.environ, "PATH": self.folder.name + ":" + os.environ["PATH"]}
        files = [self.path("a.cpp"), self.path("b.cpp")]
        done = subprocess.run([sys.executable, SCRIPT, self.folder.name, *files], env=environment, capture_output=True, text=True, timeout=60)
        return done.stdout.splitlines()[-1], done.returncode

    def test_what_is_clean_is_not_looked_at_again(self):
        self.assertEqual(self.run_it(), ("2 sources: 2 looked at, 0 known to be clean, 0 with remarks", 0))
        self.assertEqual(self.run_it(), ("2 sources: 0 looked at, 2 known to be clean, 0 with remarks", 0))

    def test_a_header_concerns_who_includes_it(self):
        self.run_it()
        self.write("part.hpp", "int part;\n")
        self.assertEqual(self.run_it()[0], "2 sources: 1 looked at, 1 known to be clean, 0 with remarks")

    def test_a_command_concerns_all(self):
        self.run_it()
        self.command("-DX=2")
        self.assertEqual(self.run_it()[0], "2 sources: 2 looked at, 0 known to be clean, 0 with remarks")

    def test_what_is_not_clean_is_looked_at_until_it_is(self):
        self.write("b.cpp", "int WRONG;\n")
        for _ in range(2):
            summary, status = self.run_it()
            self.assertIn("1 with remarks", summary)
            self.assertEqual(status, 1)
        self.write("b.cpp", "int right;\n")
        self.assertEqual(self.run_it(), ("2 sources: 1 looked at, 1 known to be clean, 0 with remarks", 0))


if __name__ == "__main__":
    unittest.main()
