"""Disks that are full, folders that are taken, processes that are killed at random: what was acknowledged is judged once."""
import os
import random
import resource
import signal
import subprocess
import tempfile
import threading
import time

from fixture import Live, ODDITY, WithFolder, children, demo_lines, kill, parsed, piped, results
from parts import ask, wait_until

DEVICE = 1 << 20  # bytes of the small disk


def no_larger_files_than(size):
    """As `ulimit -f`; Python leaves SIGXFSZ ignored, so that a write says EFBIG."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


class SmallDisk:
    """A tmpfs of that many bytes. with SmallDisk(size) as place: place is "" where none may be had."""

    def __init__(self, size):
        self.place = tempfile.mkdtemp(prefix="oddity-small-disk-")
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", self.place], capture_output=True, check=False)
        self.mounted = done.returncode == 0

    def __enter__(self):
        return self.place if self.mounted else ""

    def __exit__(self, *_):
        if self.mounted:
            subprocess.run(["umount", self.place], check=True)
        os.rmdir(self.place)


class FullDisk(WithFolder):
    def check(self, live):
        lines = demo_lines(40000)
        taken, refused = 0, ""
        for i in range(0, len(lines), 500):
            status, answer = live.write(("\n".join(lines[i:i + 500]) + "\n").encode())
            if status == 204:
                taken += 500
            else:
                self.assertEqual(status, 503, answer)
                refused = answer
            live.settle()
        metrics = live.metrics()
        self.assertEqual(metrics["oddity_lines_total"], taken)
        self.assertEqual(metrics["oddity_worker_restarts_total"], 0)
        self.figures(lines_taken=taken, refused=metrics['oddity_dropped_total{reason="refused"}'], it_said=refused.strip())
        return taken, refused

    def test_a_small_disk_is_full(self):
        with SmallDisk(DEVICE) as place:
            if not place:
                self.skipTest("no tmpfs may be mounted here")
            with Live("--state", os.path.join(place, "state"), "--save-every", "1h") as live:
                _, refused = self.check(live)
                self.assertIn("the disk takes no lines", refused)
                self.assertEqual(live.stop(), 0)

    def test_files_may_not_grow(self):
        with Live("--state", self.path("state"), "--save-every", "1h", preexec=no_larger_files_than(DEVICE)) as live:
            _, refused = self.check(live)
            self.assertIn("the disk takes no lines", refused)

    def test_on_stdin_lines_are_judged_though_they_cannot_be_kept(self):
        lines = demo_lines(40000)
        with SmallDisk(DEVICE) as place:
            if not place:
                self.skipTest("no tmpfs may be mounted here")
            done = subprocess.run([ODDITY, "live", "--precision", "s", "--state", os.path.join(place, "state"), "--save-every", "1h"],
                                  input="\n".join(lines) + "\n", capture_output=True, text=True, timeout=300, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("lines cannot be kept in", done.stderr)
        self.assertEqual(done.stdout.splitlines(), piped(lines, "--precision", "s"))


class Folder(WithFolder):
    def test_two_processes_cannot_have_one(self):
        with Live("--state", self.path("state")) as live:
            second = subprocess.run([ODDITY, "live", "--state", self.path("state")], input="", capture_output=True, text=True, timeout=60,
                                    check=False)
            self.assertEqual(second.returncode, 2)
            self.assertIn("a folder that no other process uses", second.stderr)
            self.assertIn(f"which process {live.process.pid} has", second.stderr)
            live.post(demo_lines(300))
            live.settle()
            self.assertEqual(live.metrics()["oddity_points_total"], 900)

    def test_a_killed_keeper_leaves_it_free(self):
        with Live("--state", self.path("state")) as live:
            live.post(demo_lines(300))
            live.settle()
            live.kill()
            live.start()
            live.post(demo_lines(600)[300:])
            live.settle()
            self.assertEqual(live.metrics()["oddity_windows_total"], 3 * (600 - 300))

    def test_a_state_that_is_damaged_is_laid_aside_and_the_process_lives(self):
        state = self.path("state")
        with Live("--state", state) as live:
            live.post(demo_lines(300))
            live.settle()
            self.assertEqual(live.stop(), 0)
            with open(os.path.join(state, "state"), "r+b") as file:
                file.seek(200)
                file.write(b"damage" * 10)
            live.start()
            self.assertIn("cannot be used", live.log())
            self.assertTrue(os.path.exists(os.path.join(state, "state.unusable")))
            live.post(demo_lines(600)[300:])
            live.settle()
            self.assertEqual(live.metrics()["oddity_points_total"], 900)

    def test_files_of_its_own_cut_at_any_place(self):
        """As a machine without power leaves them: no start fails, and none hangs."""
        draw = random.Random(11)
        state = self.path("state")
        lines = demo_lines(4000)
        with Live("--state", state, "--to", "http://127.0.0.1:9") as live:
            for number in range(12):
                live.post(lines[number * 300:(number + 1) * 300])
                live.kill()
                files = [os.path.join(folder, name) for folder, _, names in os.walk(state) for name in names]
                file = draw.choice(sorted(files))
                os.truncate(file, draw.randrange(os.path.getsize(file) + 1))
                live.start()
            live.post(["last value=1 1451606400"])
            live.settle()


class KilledAtRandom(WithFolder):
    """Results go into the queue, where each of them is read from the disk: nobody is there to take them."""

    def queued(self):
        folder = self.path(os.path.join("state", "results"))
        for candidate, _, names in os.walk(self.path("state")):
            if any(name.startswith("results-") for name in names):
                folder = candidate
        lines = []
        for name in sorted(os.listdir(folder)):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                lines += file.read().splitlines()
        return lines

    def test_every_acknowledged_point_has_a_result(self):
        lines = demo_lines(6000)
        expected = results(piped(lines, "--precision", "s"))
        draw = random.Random(13)
        kills = {"keeper": 0, "worker": 0}
        with Live("--state", self.path("state"), "--to", "http://127.0.0.1:9", "--save-every", "500ms") as live:
            done = threading.Event()

            def post_all():
                for i in range(0, len(lines), 50):
                    live.post(lines[i:i + 50])
                    time.sleep(0.05)
                done.set()
            posting = threading.Thread(target=post_all)
            posting.start()
            while not done.is_set():
                time.sleep(draw.uniform(0.02, 0.3))
                if draw.random() < 0.4:
                    live.kill()
                    live.start()
                    kills["keeper"] += 1
                else:
                    for pid in children(live.process.pid):
                        kill(pid)
                        kills["worker"] += 1
            posting.join(30)
            live.settle()
            again = live.posts_again
            self.assertEqual(live.stop(), 0)
        places = {}
        for line in self.queued():
            series, _, when = parsed(line)
            places[series, when // 10**9] = places.get((series, when // 10**9), 0) + 1
        self.assertEqual(sorted(places), sorted(expected))
        self.figures(**kills, posts_sent_again=again, results=len(places), results_written_twice=sum(n - 1 for n in places.values()))


class KilledAtOnce(WithFolder):
    """As a machine short of memory does: nothing says that the lines that wait are to blame."""

    def test_workers_that_end_before_they_have_seen_a_line_leave_it_to_the_next(self):
        lines = demo_lines(3000)
        expected = results(piped(lines, "--precision", "s"))
        with Live("--state", self.path("state"), "--save-every", "1h") as live:
            live.post(lines[:2900])
            live.settle()
            live.stop()  # with a state, so that there is nothing to learn again
            live.start()
            os.kill(live.worker(), signal.SIGSTOP)
            live.post(lines[2900:])
            killed = set()
            end = time.monotonic() + 60
            while len(killed) < 8:  # without a pause, so that none comes as far as a line
                self.assertLess(time.monotonic(), end)
                for pid in set(children(live.process.pid)) - killed:
                    kill(pid)
                    killed.add(pid)
            live.settle()
            metrics = live.metrics()
        self.assertEqual(metrics['oddity_dropped_total{reason="no_worker_survived"}'], 0)
        self.assertEqual(metrics["oddity_points_total"], 3 * 100)
        self.assertGreater(len(expected), 0)
        self.assertEqual(metrics["oddity_windows_total"], 3 * 100)


class Asked(WithFolder):
    def test_it_stops_with_a_last_state_whoever_takes_its_results(self):
        for options in ([], ["--to", "http://127.0.0.1:9"]):
            state = tempfile.mkdtemp(dir=self.home)
            with Live("--state", state, "--save-every", "1h", *options) as live:
                live.post(demo_lines(300))
                self.assertEqual(live.stop(), 0, live.log())
                self.assertIn("stopped after 300 lines", live.log())
                self.assertTrue(os.path.exists(os.path.join(state, "state")))


class Detectors(WithFolder):
    def test_a_worker_that_hangs_is_replaced(self):
        with Live("--state", self.path("state"), "--patience", "1s") as live:
            live.post(demo_lines(300))
            live.settle()
            pid = live.worker()
            os.kill(pid, signal.SIGSTOP)
            live.post(demo_lines(600)[300:])
            wait_until(lambda: live.worker() not in (0, pid), 60, "another worker is there")
            live.settle()
            self.assertEqual(live.metrics()["oddity_windows_total"], 3 * 450)
            self.assertEqual(live.metrics()["oddity_series_skipped"], 0)

    def test_the_keeper_answers_while_the_worker_stands_still(self):
        with Live("--state", self.path("state"), "--patience", "60s") as live:
            os.kill(live.worker(), signal.SIGSTOP)
            live.post(demo_lines(300))
            self.assertEqual(ask(live.url + "/ping")[0], 204)
            self.assertGreater(live.metrics()["oddity_waiting_bytes"], 0)
            os.kill(live.worker(), signal.SIGCONT)
            live.settle()
