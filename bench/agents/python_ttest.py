"""What a user of Kapacitor writes in Python: an agent that holds each window against a rolling history by Welch's t-test.

The same job as `.algorithm('ttest')` with a field, a size and an alpha, in the way that Kapacitor's guide to user-defined functions describes:
running mean and variance of history and window, updated point by point, and SciPy's test at the window's end. A window that is not anomalous
joins the history. Beside that guide's agent it has a history for each group. Nothing of it is Kapacitor's.

The folder with kapacitor_pb2.py, which protoc makes of kapacitor.proto, is in PYTHONPATH.
"""
import collections
import math
import sys

from scipy import stats

import kapacitor_pb2 as udf


class RollingMoments:
    """Mean and variance of the latest `size` values, brought up to date with each value that comes and goes."""
    __slots__ = ("size", "values", "mean", "squares")

    def __init__(self, size):
        self.size = size
        self.clear()

    def clear(self):
        self.values = collections.deque()
        self.mean = self.squares = 0.0

    def add(self, value):
        if len(self.values) == self.size:
            self.replace_oldest(value)
            return
        self.values.append(value)
        apart = value - self.mean
        self.mean += apart / len(self.values)
        self.squares += apart * (value - self.mean)

    def replace_oldest(self, value):
        oldest, before = self.values.popleft(), self.mean
        self.values.append(value)
        self.mean += (value - oldest) / self.size
        self.squares += (value - oldest) * (value - self.mean + oldest - before)

    def deviation(self):
        return math.sqrt(max(self.squares, 0.0) / (len(self.values) - 1))


class TTest:
    """Begin, points and end of a window, to what is answered."""

    def __init__(self, options):
        given = {option.name: option.values[0] for option in options}
        self.field = given["field"].stringValue
        self.size = given["size"].intValue
        self.alpha = given["alpha"].doubleValue
        self.histories = {}
        self.window = RollingMoments(self.size)

    def begin(self, _):
        self.window.clear()

    def point(self, point):
        self.window.add(point.fieldsDouble[self.field])

    def end(self, end):
        """The response, or None where nothing can be said yet."""
        history = self.histories.get(end.group)
        if history is None:
            history = self.histories[end.group] = RollingMoments(self.size)
        window, response = self.window, None
        anomalous = False
        if len(history.values) > 1 and len(window.values) > 1:
            t, p = stats.ttest_ind_from_stats(history.mean, history.deviation(), len(history.values),
                                              window.mean, window.deviation(), len(window.values), equal_var=False)
            anomalous = p < self.alpha
            response = self.answer(end, t, p, anomalous)
        if not anomalous:
            for value in window.values:
                history.add(value)
        return response

    @staticmethod
    def answer(end, t, p, anomalous):
        response = udf.Response()
        point = response.point
        point.time, point.name, point.group, point.byName = end.tmax, end.name, end.group, end.byName
        for key, value in end.tags.items():
            point.tags[key] = value
        point.fieldsDouble["t"] = t
        point.fieldsDouble["pvalue"] = p
        point.fieldsBool["anomalous"] = bool(anomalous)
        return response


class Connection:
    """Frames: a varint with the length, then the message."""

    def __init__(self, into, out):
        self.into, self.out, self.request = into, out, udf.Request()

    def receive(self):
        """The next request; None at the end. It is valid until the next call."""
        size = shift = 0
        while True:
            byte = self.into.read(1)
            if not byte:
                return None
            size |= (byte[0] & 0x7F) << shift
            if byte[0] < 0x80:
                break
            shift += 7
        self.request.ParseFromString(self.into.read(size))
        return self.request

    def send(self, response):
        body = response.SerializeToString()
        head, size = bytearray(), len(body)
        while size >= 0x80:
            head.append(size & 0x7F | 0x80)
            size >>= 7
        head.append(size)
        self.out.write(bytes(head) + body)
        self.out.flush()


def information():
    response = udf.Response()
    response.info.wants = response.info.provides = udf.BATCH
    for name, kind in (("field", udf.STRING), ("size", udf.INT), ("alpha", udf.DOUBLE)):
        response.info.options[name].valueTypes.append(kind)
    return response


def main():
    connection, test = Connection(sys.stdin.buffer, sys.stdout.buffer), None
    while (request := connection.receive()) is not None:
        kind = request.WhichOneof("message")
        if kind == "point":
            test.point(request.point)
        elif kind == "begin":
            test.begin(request.begin)
        elif kind == "end":
            if (response := test.end(request.end)) is not None:
                connection.send(response)
        elif kind == "init":
            test = TTest(request.init.options)
            connection.send(udf.Response(init=udf.InitResponse(success=True)))
        elif kind == "info":
            connection.send(information())
        elif kind == "keepalive":
            connection.send(udf.Response(keepalive=udf.KeepaliveResponse(time=request.keepalive.time)))
        elif kind == "snapshot":
            connection.send(udf.Response(snapshot=udf.SnapshotResponse()))


if __name__ == "__main__":
    main()
