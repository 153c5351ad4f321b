"""What many tasks, several fields and a backfill cost on a real kapacitord: the figures of docs/scale.md;
and the agent's share of the daemon's CPU, that of docs/performance.md.

    export ODDITY_KAPACITORD=/usr/bin/kapacitord ODDITY_INFLUXD=/usr/bin/influxd
    python3 bench/on_kapacitor.py build/release/bin/oddity tasks 200
    python3 bench/on_kapacitor.py build/release/bin/oddity fields 100000
    python3 bench/on_kapacitor.py build/release/bin/oddity share 300000
    python3 bench/on_kapacitor.py build/release/bin/oddity backfill

Everything runs on loopback, on free ports, in a temporary folder, and is stopped at the end.
"""
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

os.environ["ODDITY_BIN"] = os.path.abspath(sys.argv[1])
TESTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests")
sys.path[:0] = [os.path.join(TESTS, "e2e"), os.path.join(TESTS, "support")]
import kapacitord as e2e  # noqa: E402
from fixture import DAEMON, ODDITY, agents_of, demo_lines  # noqa: E402
from kapacitord import Kapacitord, free_port, wait_until  # noqa: E402

ONE = """
    dbrp "printer"."autogen"
    stream
        |from().measurement('m').where(lambda: "task" == '{task}')
        |window().period(10s).every(10s)
        @tTest().field('x').size(3600).alpha(0.001)
"""


def kilobytes(process, what="Pss:", file="smaps_rollup"):
    with open(f"/proc/{process}/{file}", encoding="utf-8") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith(what))


def cpu_seconds(process):
    with open(f"/proc/{process}/stat", encoding="utf-8") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def daemon_with(function=None, snapshots="1m"):
    return Kapacitord(DAEMON, {"tTest": function or (ODDITY, ["agent"], "10s")}, snapshots)


def told(daemon, text):
    return daemon.log().count(text)


def measure_tasks(count, socket=False):
    """Enabled one after the other, 360 samples of history each, a restart."""
    server = folder = None
    function = None
    if socket:
        folder = tempfile.TemporaryDirectory()
        path = os.path.join(folder.name, "oddity.sock")
        server = subprocess.Popen([ODDITY, "agent", "--socket", path], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(lambda: os.path.exists(path), 20, "the socket is served")
        function = (path, "10s")
    try:
        with daemon_with(function) as daemon:
            before = kilobytes(daemon.process.pid)
            for task in range(count):
                daemon.define(f"t{task}", ONE.format(task=task))
            start = time.monotonic()
            for task in range(count):
                daemon.call("PATCH", f"/kapacitor/v1/tasks/t{task}", {"status": "enabled"})
            if not socket:
                wait_until(lambda: told(daemon, "started with") == count, 300, "all are started")
            enabled = time.monotonic() - start
            for second in range(0, 361, 40):
                daemon.write([f"m,task={task} x={(i * 7 + task) % 11}.0 {i}" for i in range(second, second + 40) for task in range(count)])
            if socket:
                time.sleep(5)
            else:
                wait_until(lambda: told(daemon, "state fresh") == count, 300, "all have had a window")
                time.sleep(2)
            sizes = [kilobytes(server.pid)] if socket else sorted(kilobytes(agent) for agent in agents_of(daemon))
            print(f"{count} tasks {'on a socket' if socket else 'as processes'}: enabled in {enabled:.1f} s; PSS of the agents "
                  f"{sum(sizes) / 1024:.0f} MB in all, {sum(sizes) / count / 1024:.2f} MB a task; of kapacitord {before / 1024:.0f} MB before, "
                  f"{kilobytes(daemon.process.pid) / 1024:.0f} MB with them")
            if socket:
                return
            start = time.monotonic()
            daemon.stop()
            stopped = time.monotonic() - start
            start = time.monotonic()
            daemon.start()
            print(f"  stopped in {stopped:.1f} s, all states saved: {told(daemon, 'state saved') == count}; "
                  f"started again in {time.monotonic() - start:.1f} s")
    finally:
        if server:
            server.send_signal(signal.SIGTERM)
            server.wait(20)
            folder.cleanup()


FIELDS = ("a", "b", "c")


def measure_fields(points):
    """The same points, three fields each, through one process and through three."""
    windows = "var windows = stream\n|from().measurement('m')\n|window().period(10s).every(10s)\n"
    apart = "".join(f"windows\n@tTest().field('{field}').size(3600).alpha(0.001)\n|httpOut('{field}')\n" for field in FIELDS)
    fields = "".join(f".field('{field}')" for field in FIELDS)
    together = f"windows\n@tTest(){fields}.size(3600).alpha(0.001)\n|httpOut('all')\n"
    last = points // 10 * 10
    for name, script, outputs in (("three processes", apart, FIELDS), ("one process", together, ("all",))):
        with daemon_with() as daemon:
            daemon.define("t", 'dbrp "printer"."autogen"\n' + windows + script)
            daemon.enable("t")
            lines = [f"m a={i % 7}.5,b={i % 11}.5,c={i % 13}.5 {i}" for i in range(points + 1)]
            agents = agents_of(daemon)
            before, agents_before, start = cpu_seconds(daemon.process.pid), sum(map(cpu_seconds, agents)), time.monotonic()
            daemon.write(lines)
            end = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(last))
            wait_until(lambda: all(end in daemon.text("GET", f"/kapacitor/v1/tasks/t/{output}") for output in outputs), 300,
                       "the last window is judged")
            print(f"{points} points of three fields, {name}: CPU of kapacitord {cpu_seconds(daemon.process.pid) - before:.1f} s, of the agents "
                  f"{sum(map(cpu_seconds, agents)) - agents_before:.1f} s, {time.monotonic() - start:.1f} s in all, PSS of the agents "
                  f"{sum(map(kilobytes, agents)) / 1024:.1f} MB")


def nanoseconds_on_cpu(process):
    """Of all its threads; finer than the clock ticks of cpu_seconds."""
    total = 0
    for thread in os.listdir(f"/proc/{process}/task"):
        with open(f"/proc/{process}/task/{thread}/schedstat", encoding="utf-8") as file:
            total += int(file.read().split()[0])
    return total


def measure_share(points):
    """One series of three fields, one of them judged in windows of 300 points, written in bodies of 10 000 lines."""
    script = ("dbrp \"printer\".\"autogen\"\nstream\n|from().measurement('m')\n|window().period(300s).every(300s)\n"
              "@tTest().field('hotend').size(3600).alpha(0.001)\n|httpOut('out')\n")
    with daemon_with() as daemon:
        daemon.define("t", script)
        daemon.enable("t")
        lines = [f"m hotend={220 + i % 7}.5,bed={90 + i % 11}.5,air={70 + i % 13}.5 {i}" for i in range(points + 1)]
        (agent,) = agents_of(daemon)
        daemon_before, agent_before = nanoseconds_on_cpu(daemon.process.pid), nanoseconds_on_cpu(agent)
        for first in range(0, len(lines), 10_000):
            daemon.write(lines[first:first + 10_000])
        end = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(points // 300 * 300))
        wait_until(lambda: end in daemon.text("GET", "/kapacitor/v1/tasks/t/out"), 300, "the last window is judged")
        of_agent = (nanoseconds_on_cpu(agent) - agent_before) / points
        of_daemon = (nanoseconds_on_cpu(daemon.process.pid) - daemon_before) / points
    print(f"{points} points: kapacitord {of_daemon:.0f} ns of CPU a point, the agent {of_agent:.0f}: {100 * of_agent / of_daemon:.1f} %")


INFLUXDB = """
reporting-disabled = true
bind-address = "127.0.0.1:{rpc}"
[meta]
  dir = "{home}/influxdb/meta"
[data]
  dir = "{home}/influxdb/data"
  wal-dir = "{home}/influxdb/wal"
[http]
  bind-address = "127.0.0.1:{port}"
  log-enabled = false
[monitor]
  store-enabled = false
[subscriber]
  {concurrency}
"""


def influxdb(home, concurrency):
    port = free_port()
    configuration = os.path.join(home, "influxdb.conf")
    with open(configuration, "w", encoding="utf-8") as file:
        file.write(INFLUXDB.format(home=home, port=port, rpc=free_port(), concurrency=concurrency))
    with open(os.path.join(home, "influxd.log"), "wb") as log:
        server = subprocess.Popen([os.environ.get("ODDITY_INFLUXD", "influxd"), "-config", configuration], stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"

    def answers():
        try:
            return urllib.request.urlopen(f"{url}/ping", timeout=2).status == 204
        except OSError:
            return False
    wait_until(answers, 60, "InfluxDB answers")
    return server, url


def post(url, body):
    with urllib.request.urlopen(urllib.request.Request(url, data=body, method="POST"), timeout=60) as answer:
        answer.read()


def measure_backfill():
    """The demo's day into InfluxDB, 5 000 points a request; how many of its 288 windows come out behind Kapacitor."""
    lines = demo_lines()
    script = ("dbrp \"printer\".\"autogen\"\nstream\n|from().measurement('temperatures')\n|window().period(5m).every(5m)\n"
              "@tTest().field('hotend').size(3600).alpha(0.001)\n|influxDBOut().database('judged').measurement('hotend')\n")
    # The daemon of the tests subscribes to nothing; this one does.
    e2e.CONFIGURATION = e2e.CONFIGURATION.replace("disable-subscriptions = true", 'disable-subscriptions = false\n  subscription-mode = "cluster"')
    e2e.CONFIGURATION = e2e.CONFIGURATION.replace("hostname = \"localhost\"", "hostname = \"127.0.0.1\"", 1)
    for concurrency in ("# write-concurrency as it comes (40)", "write-concurrency = 1"):
        with tempfile.TemporaryDirectory() as home:
            server, url = influxdb(home, concurrency)
            try:
                for database in ("printer", "judged"):
                    post(f"{url}/query", urllib.parse.urlencode({"q": f"CREATE DATABASE {database}"}).encode())
                daemon = Kapacitord(DAEMON, {"tTest": (ODDITY, ["agent"], "10s")}, "1m", url)
                with daemon:
                    daemon.define("t", script)
                    daemon.enable("t")
                    wait_until(lambda: b"kapacitor" in urllib.request.urlopen(f"{url}/query?q=SHOW+SUBSCRIPTIONS", timeout=5).read(), 90,
                               "Kapacitor has subscribed")
                    time.sleep(2)  # InfluxDB looks for new subscriptions by and by
                    start = time.monotonic()
                    for first in range(0, len(lines), 5000):
                        post(f"{url}/write?db=printer&precision=s", "\n".join(lines[first:first + 5000]).encode())
                    written = time.monotonic() - start
                    time.sleep(10)
                    daemon.disable("t")
                    ended = [line for line in daemon.log().splitlines() if "ended (" in line]
                    print(f"{concurrency.strip('# ')}: written in {written:.1f} s; {ended[-1].split('): ')[1].split(';')[0]}"
                          f"{'; time went backwards' if 'time goes backwards' in daemon.log() else ''}")
            finally:
                server.send_signal(signal.SIGTERM)
                server.wait(30)


if __name__ == "__main__":
    what, *more = sys.argv[2:]
    if what == "tasks":
        measure_tasks(int(more[0]))
        measure_tasks(int(more[0]), socket=True)
    elif what == "fields":
        measure_fields(int(more[0]))
    elif what == "share":
        measure_share(int(more[0]))
    elif what == "backfill":
        measure_backfill()
    else:
        sys.exit(__doc__)
