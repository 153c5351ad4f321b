"""A real Telegraf: `oddity live` as its processor, passed through and killed again and again; and as what it writes to."""
import collections
import os
import threading
import time

import parts
from fixture import ODDITY, Live, WithFolder, children, kill, memory_of, proc
from parts import Telegraf, wait_until

NEEDS = [parts.telegraf]

# ODDITY_LIVE_SECONDS=600 makes the length of the test on a processor ten minutes.
SECONDS = int(os.environ.get("ODDITY_LIVE_SECONDS", "30"))
KILLS = max(10, SECONDS // 10)

INPUTS = """
[agent]
  interval = "1s"
  flush_interval = "1s"
  metric_buffer_limit = 100000
  omit_hostname = true
[[inputs.cpu]]
[[inputs.mem]]
[[inputs.disk]]
[[inputs.net]]
[[inputs.tail]]
  files = ["{home}/planted.lp"]
  from_beginning = true
  data_format = "influx"
"""

# What goes into Oddity is written to a file on its way, by tee.
PROCESSOR = INPUTS + """
[[processors.execd]]
  order = 1
  command = ["tee", "{home}/sent.lp"]
[[processors.execd]]
  order = 2
  command = ["{oddity}", "live", "--pass-through", "--state", "{home}/state", "--save-every", "2s"]
  restart_delay = "100ms"
[[outputs.file]]
  files = ["{home}/passed.lp"]
  data_format = "influx"
"""

OUTPUT = INPUTS + """
[[outputs.influxdb]]
  urls = ["{url}"]
  database = "telegraf"
"""


class Planted:
    """Writes numbered lines to a file as a program would, twenty a second; among them a jump, after `until_jump` lines."""

    def __init__(self, path, until_jump=400):
        self.path, self.until_jump = path, until_jump
        self.written = 0
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self.run)

    def run(self):
        with open(self.path, "w", encoding="utf-8") as file:
            while not self.stopping.wait(0.05):
                value = 20 + (self.written * 7919 % 101) / 100 + (30 if self.written >= self.until_jump else 0)
                file.write(f"planted number={self.written}i,value={value} {time.time_ns()}\n")
                file.flush()
                self.written += 1

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stopping.set()
        self.thread.join()


def lines_of(path):
    with open(path, encoding="utf-8") as file:
        return file.read().splitlines()


def split(line):
    """(measurement and sorted tags and time, {field: text}); of lines in which the only escapes are of spaces and commas."""
    words, word, escaped = [], "", False
    for character in line:
        if character == " " and not escaped:
            words.append(word)
            word = ""
        else:
            word += character
        escaped = character == "\\" and not escaped
    series, fields, when = words + [word]
    name, *tags = series.split(",")
    return (name, tuple(sorted(tags)), when), dict(field.split("=") for field in fields.split(","))


def oddity_of(telegraf):
    """Process id of its `oddity live`; 0: there is none."""
    for pid in children(telegraf.process.pid):
        if "--pass-through" in proc(f"{pid}/cmdline").split("\0"):
            return pid
    return 0


class Processor(WithFolder):
    def test_every_point_is_passed_on_over_ten_deaths_of_the_worker_and_the_fault_is_found(self):
        configuration = PROCESSOR.format(home=self.home, oddity=ODDITY)
        killed = []
        with Planted(self.path("planted.lp")) as planted, Telegraf(configuration, self.home) as telegraf:
            keeper = wait_until(lambda: oddity_of(telegraf), 30, "Telegraf has started its processor")
            wait_until(lambda: os.path.exists(self.path("passed.lp")) and lines_of(self.path("passed.lp")), 30, "points come out")
            began = time.monotonic()
            while time.monotonic() - began < SECONDS:
                time.sleep(SECONDS / (KILLS + 1))
                workers = children(keeper)
                if workers and len(killed) < KILLS:
                    kill(workers[0])
                    killed.append(workers[0])
            memory = memory_of(keeper) + sum(memory_of(pid) for pid in children(keeper))
            self.assertEqual(oddity_of(telegraf), keeper, "the keeper lived through it all")
            planted.__exit__()
            wait_until(lambda: f"number={planted.written - 1}i" in "\n".join(lines_of(self.path("passed.lp"))[-4000:]), 30,
                       "the last point comes out")
            self.assertEqual(telegraf.stop(), 0, telegraf.log()[-2000:])
            log = telegraf.log()
        sent = [split(line) for line in lines_of(self.path("sent.lp"))]
        passed = [split(line) for line in lines_of(self.path("passed.lp"))]
        self.assertEqual(collections.Counter(place for place, _ in passed), collections.Counter(place for place, _ in sent))
        fields_passed = {}
        for place, fields in passed:
            fields_passed.setdefault(place, {}).update(fields)
        for place, fields in sent:
            kept = fields_passed[place]
            self.assertEqual({name: kept.get(name) for name in fields}, fields)
        numbers = [int(fields["number"][:-1]) for (name, _, _), fields in passed if name == "planted"]
        self.assertEqual(numbers, list(range(planted.written)), "the numbered lines are whole and in order")
        self.assertGreaterEqual(len(killed), 10)
        self.assertEqual(log.count("the worker ended by signal 9"), len(killed), log[-3000:])
        self.found_the_fault(passed, planted.until_jump)
        alarms = [(place, name) for place, fields in passed for name, value in fields.items() if name.endswith(".alarm") and value == "true"]
        self.figures(seconds=SECONDS, points_sent=len(sent), points_passed_on=len(passed), numbered=planted.written, workers_killed=len(killed),
                     alarms=len(alarms), of_them_on_the_planted_one=sum(1 for (name, _, _), _ in alarms if name == "planted"), memory_MiB=memory)

    def test_telegraf_starts_a_keeper_that_was_killed_and_it_goes_on_with_what_it_knew(self):
        """What comes while none is there Telegraf drops, and says so; that is as long as its restart_delay."""
        kills = 4
        with Planted(self.path("planted.lp")) as planted, Telegraf(PROCESSOR.format(home=self.home, oddity=ODDITY), self.home) as telegraf:
            for _ in range(kills):
                keeper = wait_until(lambda: oddity_of(telegraf), 30, "there is a keeper")
                time.sleep(3)
                kill(keeper)
                wait_until(lambda: oddity_of(telegraf) not in (0, keeper), 30, "Telegraf has started another")
            target = planted.written + 100
            wait_until(lambda: any(f"number={number}i" in line for number in range(target, target + 40) for line in lines_of(self.path("passed.lp"))[-200:]),
                       60, "points are passed on again")
            planted.__exit__()
            time.sleep(2)
            self.assertEqual(telegraf.stop(), 0, telegraf.log()[-2000:])
            log = telegraf.log()
        sent = collections.Counter(split(line)[0] for line in lines_of(self.path("sent.lp")))
        passed = [split(line) for line in lines_of(self.path("passed.lp"))]
        places = collections.Counter(place for place, _ in passed)
        self.assertEqual(set(places) - set(sent), set())
        judged = [int(fields["number"][:-1]) for (name, _, _), fields in passed if name == "planted" and "value.score" in fields]
        self.assertLess(judged[0], 250, "it did not begin anew with each keeper: 150 points are enough, and some were lost")
        self.figures(keepers_killed=kills, points_sent=sum(sent.values()), lost=sum((sent - places).values()), twice=sum((places - sent).values()),
                     telegraf_says_dropped=log.count("error writing to process stdin"))

    def found_the_fault(self, passed, at):
        alarms = [int(fields["number"][:-1]) for (name, _, _), fields in passed if name == "planted" and
                  fields.get("value.alarm") == "true"]
        self.assertTrue(alarms, "the jump alarms")
        self.assertGreaterEqual(alarms[0], at)
        self.assertLess(alarms[0], at + 10)


class Output(WithFolder):
    def test_telegraf_writes_to_it_as_to_an_influxdb(self):
        with Live("--state", self.path("state")) as live, Planted(self.path("planted.lp")) as planted:
            with Telegraf(OUTPUT.format(home=self.home, url=live.url), self.home) as telegraf:
                wait_until(lambda: live.metrics()["oddity_alarms_total"] > 0, 60, "the planted jump alarms")
                planted.__exit__()
                time.sleep(3)
                self.assertEqual(telegraf.stop(), 0, telegraf.log()[-2000:])
                self.assertNotIn("E! ", telegraf.log())
            live.settle()
            metrics = live.metrics()
            status, series = parts.ask(live.url + "/api/series")
        self.assertEqual(status, 200)
        self.assertIn("planted", series)
        self.assertEqual(sum(value for name, value in metrics.items() if name.startswith("oddity_dropped_total")), 0)
        self.assertGreater(metrics["oddity_points_total"], 2 * planted.written)
        self.figures(points=metrics["oddity_points_total"], series=metrics["oddity_series"], alarms=metrics["oddity_alarms_total"])
