"""The real programs beside `oddity live`: where they are, and how each is started in a folder of its own.

1. NEEDS = [parts.influxd]         in a test's module: run.py skips it where that says what is missing.
2. with Influxd() as influxdb:     starts it on a free loopback port and waits until it answers.
3. Leaving the block ends it by its own process id, first politely, then not, and removes its folder.

Every wait is bounded. Nothing but the standard library is used.
"""
import json
import os
import shutil
import signal
import subprocess
import tempfile
import urllib.error
import urllib.parse
import urllib.request

from loopback import free_port, wait_until  # noqa: F401 (for those who import this)

PARTS = os.environ.get("ODDITY_PARTS", "")


def path_of(program):
    """A program that ./dev test fetched, or one that is installed; None: neither."""
    fetched = os.path.join(PARTS, "usr", "bin", program)
    return fetched if os.access(fetched, os.X_OK) else shutil.which(program)


def part(program, what):
    """What run.py asks: "" where the program is there, else what to do for it."""
    return lambda: "" if path_of(program) else f"the tests on a real {what}; ./dev test fetches it from Debian's packages"


influxd = part("influxd", "InfluxDB")
victoria_metrics = part("victoria-metrics", "VictoriaMetrics")
prometheus = part("prometheus", "Prometheus")


def telegraf():
    if os.environ.get("ODDITY_TELEGRAF") or shutil.which("telegraf"):
        return ""
    return "the tests on a real Telegraf; have them by ODDITY_TELEGRAF=/path/to/telegraf ./dev test"


def ask(url, data=None, headers=None, timeout=60):
    """(status, body); (0, why) where nobody answers."""
    request = urllib.request.Request(url, data=data, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode(errors="replace")
    except (OSError, urllib.error.URLError) as error:
        return 0, str(error)


class Part:
    """A program with an HTTP port. Those that derive say `command()`, what to ask until it is `ready`."""
    ready = "/health"

    def __init__(self):
        self.home = tempfile.mkdtemp(prefix="oddity-part-")
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def start(self):
        with open(os.path.join(self.home, "log"), "ab") as log:
            self.process = subprocess.Popen(self.command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.home)
        wait_until(self.answers, 60, f"{self.command()[0]} answers; it said: {self.log()[-2000:]}")

    def answers(self):
        assert self.process.poll() is None, self.log()[-2000:]
        return ask(self.url + self.ready)[0] in (200, 204)

    def stop(self, how=signal.SIGTERM):
        if self.process is None:
            return
        self.process.send_signal(how)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)
        self.process = None

    def log(self):
        with open(os.path.join(self.home, "log"), encoding="utf-8", errors="replace") as file:
            return file.read()

    def command(self):
        raise NotImplementedError


INFLUXDB = """
reporting-disabled = true
bind-address = "127.0.0.1:{other_port}"
[meta]
  dir = "{home}/meta"
[data]
  dir = "{home}/data"
  wal-dir = "{home}/wal"
  query-log-enabled = false
[monitor]
  store-enabled = false
[http]
  bind-address = "127.0.0.1:{port}"
  log-enabled = false
[subscriber]
  enabled = true
  write-concurrency = 1
"""


class Influxd(Part):
    ready = "/ping"

    def command(self):
        configuration = os.path.join(self.home, "influxdb.conf")
        if not os.path.exists(configuration):
            with open(configuration, "w", encoding="utf-8") as file:
                file.write(INFLUXDB.format(home=self.home, port=self.port, other_port=free_port()))
        return [path_of("influxd"), "-config", configuration]

    def execute(self, statement, database=""):
        """The series of the answer, as [{"name":, "columns":, "values":, "tags":}]."""
        form = urllib.parse.urlencode({"q": statement, "db": database, "epoch": "ns"}).encode()
        status, body = ask(self.url + "/query", form, timeout=120)
        assert status == 200, (status, body)
        found = []
        for result in json.loads(body)["results"]:
            assert "error" not in result, result
            found += result.get("series", [])
        return found

    def rows(self, statement, database):
        """[{column: value}] of a SELECT."""
        found = []
        for series in self.execute(statement, database):
            for values in series["values"]:
                found.append({**series.get("tags", {}), **dict(zip(series["columns"], values))})
        return found

    def count(self, measurement, database, field):
        rows = self.rows(f'SELECT count("{field}") AS n FROM "{measurement}"', database)
        return rows[0]["n"] if rows else 0

    def write(self, database, lines, precision="s", at_once=1000):
        for i in range(0, len(lines), at_once):
            body = ("\n".join(lines[i:i + at_once]) + "\n").encode()
            status, answer = ask(f"{self.url}/write?db={database}&precision={precision}", body)
            assert status == 204, (status, answer)


class VictoriaMetrics(Part):
    def command(self):
        return [path_of("victoria-metrics"), f"-storageDataPath={self.home}/data", f"-httpListenAddr=127.0.0.1:{self.port}",
                "-retentionPeriod=100y", "-memory.allowedBytes=256MB", "-loggerLevel=WARN"]

    def export(self, name):
        """{value of the tag `field`: [(time in ms, value)]} of a metric."""
        ask(self.url + "/internal/force_flush")
        asked = urllib.parse.urlencode({"match[]": f'{{__name__="{name}"}}', "start": "1451606400"})
        status, body = ask(f"{self.url}/api/v1/export?{asked}")
        assert status == 200, (status, body)
        found = {}
        for line in body.splitlines():
            series = json.loads(line)
            found.setdefault(series["metric"]["field"], []).extend(zip(series["timestamps"], series["values"]))
        return {field: sorted(points) for field, points in found.items()}


PROMETHEUS = """
global:
  scrape_interval: 1s
scrape_configs:
  - job_name: oddity
    static_configs:
      - targets: ["{target}"]
"""


class Prometheus(Part):
    """Scrapes `target`, a host:port."""
    ready = "/-/ready"

    def __init__(self, target):
        super().__init__()
        self.target = target

    def command(self):
        configuration = os.path.join(self.home, "prometheus.yml")
        with open(configuration, "w", encoding="utf-8") as file:
            file.write(PROMETHEUS.format(target=self.target))
        return [path_of("prometheus"), f"--config.file={configuration}", f"--storage.tsdb.path={self.home}/data",
                f"--web.listen-address=127.0.0.1:{self.port}", "--web.enable-lifecycle"]

    def value(self, expression):
        """The value of an expression that gives one; None: it gives none."""
        status, body = ask(f"{self.url}/api/v1/query?" + urllib.parse.urlencode({"query": expression}))
        if status != 200:
            return None
        result = json.loads(body)["data"]["result"]
        return float(result[0]["value"][1]) if len(result) == 1 else None


class Telegraf:
    """A telegraf with a configuration of the test's, in a folder of the test's.

    1. with Telegraf(configuration, folder) as telegraf: it runs.
    2. telegraf.stop(): asks it to end, as Ctrl-C does; its exit code.
    """

    def __init__(self, configuration, home):
        self.home = home
        self.file = os.path.join(home, "telegraf.conf")
        with open(self.file, "w", encoding="utf-8") as file:
            file.write(configuration)
        self.process = None

    def __enter__(self):
        program = os.environ.get("ODDITY_TELEGRAF") or shutil.which("telegraf")
        with open(os.path.join(self.home, "telegraf.log"), "ab") as log:
            self.process = subprocess.Popen([program, "--config", self.file], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                            cwd=self.home)
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(10)
        return self.process.returncode

    def log(self):
        with open(os.path.join(self.home, "telegraf.log"), encoding="utf-8", errors="replace") as file:
            return file.read()
