"""`oddity agent` and the agent in Python give the same t and p for every window of both streams; so does that in Go, where ODDITY_BENCH_GO names it.

same_answers.py ODDITY MAKE_STREAMS PYTHON_AGENT FOLDER_OF_MESSAGES
"""
import os
import subprocess
import sys
import tempfile

ODDITY, MAKE_STREAMS, AGENT, MESSAGES = sys.argv[1:]
sys.path.insert(0, MESSAGES)
try:
    import scipy.stats  # noqa: F401: the agent needs it
    import kapacitor_pb2 as udf
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)


def answers(command, stream, folder):
    """{(group, time): (t, p)}"""
    environment = {**os.environ, "PYTHONPATH": MESSAGES, "XDG_STATE_HOME": os.path.join(folder, "state")}
    with open(stream, "rb") as requests:
        out = subprocess.run(command, stdin=requests, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, timeout=100, check=True).stdout
    found, at = {}, 0
    while at < len(out):
        size = shift = 0
        while True:
            size, shift, at = size | (out[at] & 0x7F) << shift, shift + 7, at + 1
            if out[at - 1] < 0x80:
                break
        response = udf.Response.FromString(out[at:at + size])
        at += size
        if response.WhichOneof("message") == "point":
            found[response.point.group, response.point.time] = response.point.fieldsDouble["t"], response.point.fieldsDouble["pvalue"]
    return found


def main():
    others = {"Python": ["/usr/bin/python3", AGENT]}
    if os.environ.get("ODDITY_BENCH_GO"):
        others["Go"] = [os.environ["ODDITY_BENCH_GO"]]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([MAKE_STREAMS, folder], check=True, timeout=60)
        for stream, windows in (("batches_of_300", 49), ("a_thousand_groups", 1000)):
            ours = answers([ODDITY, "agent"], os.path.join(folder, stream), folder)
            for name, command in others.items():
                theirs = answers(command, os.path.join(folder, stream), folder)
                if set(ours) != set(theirs) or len(ours) != windows:
                    sys.exit(f"{stream}: expected {windows} answers of both, found {len(ours)} of ours and {len(theirs)} of the agent in {name}")
                apart = max(abs(a / b - 1) for window in ours for a, b in zip(ours[window], theirs[window], strict=True))
                print(f"{stream}: {len(ours)} windows, the agent in {name} differs by {apart:.1e} at most")
                if apart > 1e-8:
                    sys.exit("expected the same t and p but for rounding")


if __name__ == "__main__":
    main()
