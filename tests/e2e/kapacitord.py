"""A real kapacitord for the length of a test: on a free loopback port, in a folder of its own, stopped by whoever started it.

1. `with Kapacitord(program, oddity) as daemon:` starts it and waits for its API.
2. define, enable, disable, delete tasks; write points; record and replay.
3. Leaving the block stops it by its own process id, first politely, then not.

Every wait is bounded. Nothing but the standard library is used.
"""
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

from loopback import free_port, wait_until  # noqa: F401 (for those who import this)

CONFIGURATION = """
hostname = "localhost"
data_dir = "{home}/data"
skip-config-overrides = true
[http]
  bind-address = "127.0.0.1:{port}"
  log-enabled = false
[logging]
  file = "{home}/kapacitord.log"
  level = "INFO"
[replay]
  dir = "{home}/replay"
[storage]
  boltdb = "{home}/kapacitor.db"
[task]
  dir = "{home}/tasks"
  snapshot-interval = "{snapshots}"
[load]
  enabled = false
[reporting]
  enabled = false
[stats]
  enabled = false
[[influxdb]]
  enabled = {influxdb}
  default = true
  urls = ["{influxdb_url}"]
  disable-subscriptions = true
[udf]
[udf.functions]
{functions}
"""

PROCESS = """
  [udf.functions.{name}]
    prog = "{prog}"
    args = {args}
    timeout = "{timeout}"
"""
SOCKET = """
  [udf.functions.{name}]
    socket = "{socket}"
    timeout = "{timeout}"
"""


def function(name, how):
    """A section of the configuration; `how`: (program, arguments, timeout), or (socket, timeout)."""
    if len(how) == 2:
        return SOCKET.format(name=name, socket=how[0], timeout=how[1])
    return PROCESS.format(name=name, prog=how[0], args=json.dumps(how[1]), timeout=how[2])


class Refused(Exception):
    """The API answered with an error; the text is Kapacitor's."""


class Kapacitord:
    def __init__(self, program, functions, snapshots="1s", influxdb=""):
        """`functions`: name -> (program, arguments, timeout) or (socket, timeout). `influxdb`: its URL, where batch tasks query one."""
        self.program = program
        self.functions = functions
        self.snapshots = snapshots
        self.influxdb = influxdb
        self.home = tempfile.mkdtemp(prefix="oddity-e2e-")
        self.process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def start(self):
        self.port = free_port()
        functions = "".join(function(name, how) for name, how in self.functions.items())
        configuration = os.path.join(self.home, "kapacitor.conf")
        with open(configuration, "w", encoding="utf-8") as file:
            file.write(CONFIGURATION.format(home=self.home, port=self.port, snapshots=self.snapshots, functions=functions,
                                            influxdb="true" if self.influxdb else "false", influxdb_url=self.influxdb))
        with open(os.path.join(self.home, "output"), "ab") as output:
            self.process = subprocess.Popen([self.program, "-config", configuration], stdout=output, stderr=output,
                                            stdin=subprocess.DEVNULL, env=dict(os.environ, XDG_STATE_HOME=self.home))
        wait_until(self.answers, 30, "kapacitord answers; its log:\n" + self.log())

    def stop(self):
        """True when it went by itself, within ten seconds of being asked."""
        if self.process is None or self.process.poll() is not None:
            return False
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
            return True
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return False

    def alive(self):
        return self.process.poll() is None

    def log(self):
        path = os.path.join(self.home, "kapacitord.log")
        if not os.path.exists(path):
            return ""
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()

    def answers(self):
        if not self.alive():
            raise RuntimeError("kapacitord ended at its start:\n" + self.log())
        try:
            self.call("GET", "/kapacitor/v1/ping")
            return True
        except OSError:
            return False

    def call(self, method, path, body=None, seconds=30):
        text = self.text(method, path, body, seconds)
        return json.loads(text) if text else {}

    def text(self, method, path, body=None, seconds=30):
        """What the API answers, as it is."""
        data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=data, method=method)
        try:
            with urllib.request.urlopen(request, timeout=seconds) as answer:
                return answer.read().decode().strip()
        except urllib.error.HTTPError as error:
            raise Refused(error.read().decode(errors="replace")) from None

    # Tasks -----------------------------------------------------------------------------------------------------------
    def define(self, task, script, kind="stream", dbrps=None):
        """`dbrps`: [(database, retention policy)], where the script does not say so itself."""
        task_of_kind = {"id": task, "type": kind, "script": script, "status": "disabled"}
        if dbrps:
            task_of_kind["dbrps"] = [{"db": db, "rp": rp} for db, rp in dbrps]
        self.call("POST", "/kapacitor/v1/tasks", task_of_kind)

    def enable(self, task):
        self.call("PATCH", f"/kapacitor/v1/tasks/{task}", {"status": "enabled"})
        # Enabling is asynchronous: points written before the agent's Init is done are not lost, but errors come later.
        wait_until(lambda: self.task(task)["executing"] or self.task(task)["error"], 20, f"task {task} executes")

    def disable(self, task, seconds=10):
        self.call("PATCH", f"/kapacitor/v1/tasks/{task}", {"status": "disabled"}, seconds)

    def ends_a_use_as_a_replay(self):
        """A race of its own, on a busy machine: in udf.go the node's Close came before stopUDF's Abort, which waits for it, and Close reads
        stdout until the agent has done all, as at a replay's end."""
        goroutines = self.text("GET", "/kapacitor/v1/debug/pprof/goroutine?debug=2").split("\n\n")
        return all(any(all(call in one for call in calls) for one in goroutines)
                   for calls in (("(*UDFProcess).Close(", "(*Server).stop("), ("(*UDFNode).stopUDF(", "(*Server).abort(", "Mutex")))

    def delete(self, task, seconds=10):
        self.call("DELETE", f"/kapacitor/v1/tasks/{task}", None, seconds)

    def task(self, task):
        return self.call("GET", f"/kapacitor/v1/tasks/{task}")

    # Data ------------------------------------------------------------------------------------------------------------
    def write(self, lines, precision="s", portion=5000, db="printer", rp="autogen"):
        for start in range(0, len(lines), portion):
            body = "\n".join(lines[start:start + portion]).encode()
            self.call("POST", f"/write?db={db}&rp={rp}&precision={precision}", body)

    def record_stream(self, recording, task, stop):
        """Starts recording what the task receives, until `stop` (RFC 3339, the wall clock)."""
        self.call("POST", "/kapacitor/v1/recordings/stream", {"id": recording, "task": task, "stop": stop})
        time.sleep(1)  # it answers before it listens, and nothing tells when it does

    def recording_done(self, recording):
        return self.call("GET", f"/kapacitor/v1/recordings/{recording}")["status"] == "finished"

    def replay(self, recording, task):
        """Replays with the times of the recording, as `kapacitor replay -rec-time` does; waits for the end."""
        answer = self.call("POST", "/kapacitor/v1/replays",
                           {"recording": recording, "task": task, "clock": "fast", "recording-time": True})
        def done():
            replay = self.call("GET", f"/kapacitor/v1/replays/{answer['id']}")
            if replay["status"] == "failed":
                raise Refused(replay["error"])
            return replay["status"] == "finished"
        wait_until(done, 60, "the replay ends")
