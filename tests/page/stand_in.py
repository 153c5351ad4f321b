"""A stand-in for the live server: serves the page, and made-up series by the requests in core/tools/page/page.hpp.

1. with StandIn(page, series=..) as server: 2. server.address; 3. server.points(...), server.alarm(...), server.drop(...), server.leave_out(...) tell the open pages.
"""
import http.server
import json
import math
import queue
import threading
import urllib.parse

START = 1767225600000  # 2026-01-01
STEP = 10000
MANY = 300


def value(series, index):
    """A wave of its own for each series, with something that is no chance but looks like it."""
    noise = math.sin(index * 12.9898 + series * 78.233) * 43758.5453
    return 50 + 10 * math.sin(index / 23 + series) + 2 * (noise - math.floor(noise)) + (18 if odd(series, index) else 0)


def odd(series, index):
    return series % 7 == 3 and 240 <= index < 243


def point(series, index):
    expected = 51 + 10 * math.sin(index / 23 + series)
    anomalous = odd(series, index)
    return {"t": START + index * STEP, "v": round(value(series, index), 3), "score": 2.4 if anomalous else 0.3, "anomalous": anomalous,
            "alarm": anomalous and index == 240, "expected": round(expected, 3), "lower": round(expected - 4, 3), "upper": round(expected + 4, 3),
            "said": {"pvalue": 1e-7 if anomalous else 0.4, "rare": 0.9 if anomalous else 0.1, "effect": 6.1 if anomalous else 0.2}}


def entry(series, tags=None):
    latest = point(series, MANY - 1)
    alarmed = series % 7 == 3
    return {"id": series, "measurement": ("cpu", "disk", "net")[series % 3], "tags": tags or {"host": f"web-{series:04d}", "zone": "ab"[series % 2]},
            "field": ("usage_idle", "io_time", "bytes_recv")[series % 3], "time": latest["t"], "value": latest["v"], "score": latest["score"],
            "state": "young" if series % 11 == 5 else "normal", "alarms": 1 if alarmed else 0,
            "last_alarm": START + 240 * STEP + series if alarmed else None}


class StandIn:
    def __init__(self, page, series=40, title="A hall of machines"):
        self.page, self.title, self.lock = page, title, threading.Lock()
        self.entries = {id: entry(id) for id in range(series)}
        self.extra = {id: [] for id in self.entries}
        self.totals = {"points": series * MANY, "series": series, "alarms": sum(one["alarms"] for one in self.entries.values()), "dropped": 0, "left_out": 0}
        self.listeners, self.requests, self.now, self.refuse = [], [], START + MANY * STEP, False
        handler = type("Handler", (Handler,), {"stand_in": self})
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_port}/"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05})

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.disconnect()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def all_points(self, series):
        return [point(series, index) for index in range(MANY)] + self.extra[series]

    def tell(self, kind, data, of=None):
        """To every open stream; an update only with the points of the ids that it asked for."""
        with self.lock:
            for ids, waiting in self.listeners:
                told = data if of is None else {**data, "points": [one for one in data["points"] if one["id"] in ids]}
                waiting.put(f"event: {kind}\ndata: {json.dumps(told)}\n\n")

    def point(self, series, number, anomalous=False, alarm=False):
        """A new point of a series, now."""
        self.now += STEP
        new = {"t": self.now, "v": number, "score": 3.0 if anomalous else 0.2, "anomalous": anomalous, "alarm": alarm, "expected": 50, "lower": 46, "upper": 54,
               "said": {"pvalue": 0.25, "effect": 1.5}}
        self.extra[series].append(new)
        self.totals["points"] += 1
        self.tell("update", {"now": self.now, "totals": self.totals, "points": [{"id": series, **new}]}, of=series)
        if alarm:
            one = self.entries[series]
            one.update(alarms=one["alarms"] + 1, last_alarm=self.now)
            self.totals["alarms"] += 1
            self.tell("alarm", {name: one[name] for name in ("id", "measurement", "tags", "field")} | {"t": self.now, "v": number, "score": 3.0})

    def appear(self, series, tags):
        self.entries[series] = {**entry(series, tags), "state": "young", "alarms": 0, "last_alarm": None}
        self.extra[series] = []
        self.tell("series", {"series": [self.entries[series]]})

    def drop(self, points):
        self.totals["dropped"] += points
        self.tell("update", {"now": self.now, "totals": self.totals, "points": []})

    def leave_out(self, series):
        self.totals["left_out"] += series
        self.tell("update", {"now": self.now, "totals": self.totals, "points": []})

    def disconnect(self, refuse=False):
        """Ends all streams; `refuse`: and answers no request for one."""
        self.refuse = refuse
        with self.lock:
            for _, waiting in self.listeners:
                waiting.put(None)


class Handler(http.server.BaseHTTPRequestHandler):
    stand_in = None

    def do_GET(self):  # noqa: N802 (the base class's name)
        server, address = self.stand_in, urllib.parse.urlsplit(self.path)
        ids = [int(id) for id in urllib.parse.parse_qs(address.query).get("ids", [""])[0].split(",") if id]
        server.requests.append(self.path)
        if address.path == "/":
            return self.answer(server.page, "text/html; charset=utf-8")
        if server.refuse:
            return self.send_error(503)
        if address.path == "/api/series":
            return self.json({"now": server.now, "title": server.title, "totals": server.totals, "series": list(server.entries.values())})
        if address.path == "/api/sparks":
            return self.json({"sparks": {id: [[one["t"], one["v"], one["lower"], one["upper"], int(one["alarm"])] for one in server.all_points(id)[-60:]]
                                         for id in ids}})
        if address.path.startswith("/api/series/"):
            one = server.entries[int(address.path.rsplit("/", 1)[1])]
            return self.json({**{name: one[name] for name in ("id", "measurement", "tags", "field")}, "points": server.all_points(one["id"])})
        if address.path == "/api/events":
            return self.stream(set(ids))
        return self.send_error(404)

    def json(self, value):
        self.answer(json.dumps(value).encode(), "application/json")

    def answer(self, body, kind):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def stream(self, ids):
        server, waiting = self.stand_in, queue.Queue()
        # Before the page hears of it: then it closes the stream before, and what is told meanwhile would reach neither.
        with server.lock:
            server.listeners.append((ids, waiting))
        try:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            self.wfile.flush()
            while (text := waiting.get()) is not None:
                self.wfile.write(text.encode())
                self.wfile.flush()
        except OSError:
            pass
        finally:
            with server.lock:
                server.listeners.remove((ids, waiting))

    def log_message(self, *_):
        pass
