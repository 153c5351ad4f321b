"""What the tests of `oddity live` on real parts share: the program as a process, lines, results."""
import http.client
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

from parts import ask, free_port, wait_until

ODDITY = os.environ["ODDITY_BIN"]


def demo_lines(number=None):
    """The demo's day as line protocol, times in seconds; its first `number` lines."""
    with tempfile.NamedTemporaryFile(suffix=".lp") as file:
        subprocess.run([ODDITY, "demo", "--write", file.name, "--precision", "s"], check=True, stdout=subprocess.DEVNULL)
        with open(file.name, encoding="utf-8") as lines:
            return lines.read().splitlines()[:number]


def piped(lines, *options):
    """What `oddity live` says of the lines on stdin, undisturbed: its lines on stdout."""
    done = subprocess.run([ODDITY, "live", *options], input="\n".join(lines) + "\n", capture_output=True, text=True, timeout=300,
                          check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def value_of(text):
    if text.startswith('"'):
        return text[1:-1]
    return text == "true" if text in ("true", "false") else float(text.rstrip("iu"))


def parsed(line):
    """(measurement with tags, {field: value}, time); of lines in whose names nothing is escaped."""
    series, rest = line.split(" ", 1)
    fields, time_text = rest.rsplit(" ", 1)
    return series, {name: value_of(value) for name, value in re.findall(r'([^=,]+)=("[^"]*"|[^,]+)', fields)}, int(time_text)


def results(lines):
    """{(series, time): fields}; no place twice."""
    found = {}
    for line in lines:
        series, fields, when = parsed(line)
        assert (series, when) not in found, line
        found[series, when] = fields
    return found


def alarms(found):
    return sorted(place for place, fields in found.items() if fields.get("alarm"))


def proc(place):
    """A file of /proc; "" where the process has just gone."""
    try:
        with open(f"/proc/{place}", encoding="utf-8") as file:
            return file.read()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def children(pid):
    """Of all its threads."""
    return [int(child) for task in os.listdir(f"/proc/{pid}/task") for child in proc(f"{pid}/task/{task}/children").split()]


def kill(pid):
    """It may have gone by itself."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def memory_of(pid):
    """Resident, in MiB."""
    with open(f"/proc/{pid}/status", encoding="utf-8") as file:
        return int(re.search(r"VmRSS:\s+(\d+) kB", file.read())[1]) / 1024


class Live:
    """`oddity live --listen` on a port that stays the same over restarts.

    1. with Live("--state", folder) as live: it listens.
    2. live.post(lines): until they are taken. live.kill(), live.stop(), live.start() meanwhile.
    3. Leaving the block stops it by its process id.
    """

    def __init__(self, *options, launcher=(), preexec=None):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.command = [*launcher, ODDITY, "live", "--listen", f"127.0.0.1:{self.port}", *options]
        self.preexec = preexec
        self.log_file = tempfile.NamedTemporaryFile(prefix="oddity-live-", suffix=".log")
        self.process = None
        self.posts_again = 0  # that were sent again since they were not acknowledged

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.stop()
        self.log_file.close()

    def start(self):
        self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self.log_file,
                                        preexec_fn=self.preexec, restore_signals=self.preexec is None)
        def answers():
            assert self.process.poll() is None, self.log()
            return ask(self.url + "/ping")[0] in (204, 401)
        wait_until(answers, 60, "oddity live listens")

    def log(self):
        with open(self.log_file.name, encoding="utf-8", errors="replace") as file:
            return file.read()

    def worker(self):
        """Process id of the worker at work; 0: none is there."""
        return next((pid for pid in children(self.process.pid) if proc(f"{pid}/comm").strip() == "oddity-worker"), 0)

    def kill_worker(self):
        pid = wait_until(self.worker, 30, "there is a worker")
        kill(pid)
        wait_until(lambda: self.worker() not in (0, pid), 30, "there is another worker")

    def kill(self):
        """Both at once, as when the machine loses them: the worker ends with its keeper."""
        workers = children(self.process.pid)
        self.process.kill()
        self.process.wait()
        wait_until(lambda: not any(os.path.exists(f"/proc/{pid}/exe") for pid in workers), 30, "no worker is left")

    def stop(self):
        """Politely; its exit code."""
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(90)
        return self.process.returncode

    def write(self, body, precision="s", headers=None, database="demo"):
        """(status, answer) of one POST; status 0: nobody answered."""
        return ask(f"{self.url}/write?db={database}&precision={precision}", body, headers)

    def post(self, lines, precision="s"):
        """Sends until they are taken."""
        body = ("\n".join(lines) + "\n").encode()
        end = time.monotonic() + 120
        while time.monotonic() < end:
            status, answer = self.write(body, precision)
            if status == 204:
                return
            assert status in (0, 503), (status, answer)
            self.posts_again += 1
            time.sleep(0.1)
        raise AssertionError("lines were not taken in two minutes")

    def metrics(self):
        """{name with labels: value}"""
        status, text = ask(self.url + "/metrics")
        assert status == 200, text
        pairs = (line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
        return {name: float(value) for name, value in pairs}

    def settle(self, seconds=300):
        """Waits until all that was taken is answered."""
        wait_until(lambda: self.metrics()["oddity_waiting_bytes"] == 0, seconds, "all lines are answered")

    def delivered(self, seconds=300):
        """Waits until all results are where they belong."""
        self.settle(seconds)
        wait_until(lambda: self.metrics()["oddity_results_waiting_bytes"] == 0, seconds, "all results are delivered")


class WithFolder(unittest.TestCase):
    """Each test has a folder of its own."""

    def setUp(self):
        self.home = tempfile.mkdtemp(prefix="oddity-live-test-")
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.home, name)

    def figures(self, **numbers):
        print("  " + ", ".join(f"{name.replace('_', ' ')}: {value:,.4g}" if isinstance(value, float) else
                               f"{name.replace('_', ' ')}: {value}" for name, value in numbers.items()), flush=True)


def raw(port, text, timeout=20):
    """A request given byte for byte; (status, body)."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    connection.connect()
    connection.sock.sendall(text)
    answer = http.client.HTTPResponse(connection.sock)
    answer.begin()
    body = answer.read().decode(errors="replace")
    connection.close()
    return answer.status, body
