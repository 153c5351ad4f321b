"""A detector that is dropped in while kapacitord runs is reached by its name at the next enable, without a restart; and so is its successor."""
import os
import shutil
import subprocess
import tempfile
import unittest

from fixture import HOTEND, ODDITY, OnDaemon, alerts, example
from kapacitord import wait_until

EXAMPLES = os.path.join(os.path.dirname(ODDITY), "..", "tests", "plugins")


@unittest.skipUnless(shutil.which("cmake") and os.path.exists(os.path.join(EXAMPLES, "ranksum.so")), "needs cmake and the example detectors")
class DroppedIn(OnDaemon):
    def functions(self):
        # The folder is there before the daemon; what will be in it is not.
        self.plugins = tempfile.mkdtemp(prefix="oddity-dropped-in-")
        os.chmod(self.plugins, 0o755)
        self.addCleanup(shutil.rmtree, self.plugins, ignore_errors=True)
        return {"tTest": (ODDITY, ["agent", "--plugins", self.plugins], self.timeout)}

    def install(self, file):
        done = subprocess.run([ODDITY, "plugin", "install", file, "--folder", self.plugins], capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def script(self, *more):
        return example("by_printer.tick", self.logs, [(".alpha(0.001)", ".alpha(0.001)\n        " + "\n        ".join(more))])

    def error_of(self, task):
        return wait_until(lambda: self.daemon.task(task)["error"], 20, f"task {task} has an error")

    def test_a_detector_made_by_plugin_new_is_reached_without_a_restart(self):
        # Asked for before it is there: an error that names those that are.
        script = self.script(".algorithm('level')", ".param('warmUp', '600')")
        self.daemon.define("level", script)
        self.daemon.enable("level")
        self.assertIn("'level': expected one of the detectors in", self.error_of("level"))
        self.daemon.disable("level")
        # Made, built and installed while the daemon runs.
        project = os.path.join(self.daemon.home, "level")
        for command in ([ODDITY, "plugin", "new", "level", "--folder", project],
                        ["cmake", "-S", project, "-B", project + "/build", f"-DCMAKE_PREFIX_PATH={self.prefix()}"],
                        ["cmake", "--build", project + "/build"]):
            done = subprocess.run(command, capture_output=True, text=True, timeout=250, check=False)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.install(project + "/build/level.so")
        self.run_enabled("level", self.lines[:5000])
        self.assertEqual([time for _, time in alerts(self.log_file("by_printer.log"))][:1], HOTEND)

    def test_a_refused_detector_is_told_in_the_words_of_plugin_list_and_harms_nobody(self):
        with open(os.path.join(self.plugins, "broken.so"), "w", encoding="utf-8") as file:
            file.write("no library")
        listed = subprocess.run([ODDITY, "plugin", "list", "--plugins", self.plugins], capture_output=True, text=True, timeout=60, check=True).stdout
        (sentence,) = [line.removeprefix("refused: ") for line in listed.splitlines() if line.startswith("refused: ")]
        self.daemon.define("broken", self.script(".algorithm('broken')"))
        self.daemon.enable("broken")
        self.assertIn(sentence, self.error_of("broken"))
        self.assertIn(sentence, self.daemon.log().replace('\\"', '"'))
        self.install(os.path.join(EXAMPLES, "ranksum.so"))
        self.daemon.define("ranksum", self.script(".algorithm('ranksum')"))
        self.run_enabled("ranksum", self.lines[:5000])
        self.assertEqual([time for _, time in alerts(self.log_file("by_printer.log"))][:1], HOTEND)

    def test_a_new_version_is_put_in_place_under_a_running_task(self):
        self.install(os.path.join(EXAMPLES, "ranksum.so"))
        self.daemon.define("ranksum", self.script(".algorithm('ranksum')"))
        self.daemon.enable("ranksum")
        self.daemon.write(self.lines[:2500])
        self.settle("ranksum")
        self.install(os.path.join(EXAMPLES, "ranksum.so"))
        self.daemon.write(self.lines[2500:5000])
        self.settle("ranksum")
        self.assertEqual(self.daemon.task("ranksum")["error"], "")
        self.assertEqual([time for _, time in alerts(self.log_file("by_printer.log"))][:1], HOTEND)

    def run_enabled(self, task, lines):
        self.daemon.enable(task)
        self.assertEqual(self.daemon.task(task)["error"], "")
        self.daemon.write(lines)
        self.settle(task)
        self.daemon.disable(task)
        self.assertEqual(self.daemon.task(task)["error"], "")

    def prefix(self):
        """The package, installed from the build that is tested."""
        prefix = os.path.join(self.daemon.home, "prefix")
        build = os.path.join(os.path.dirname(ODDITY), "..")
        subprocess.run(["cmake", "--install", build, "--prefix", prefix], check=True, capture_output=True, timeout=100)
        return prefix


if __name__ == "__main__":
    unittest.main()
