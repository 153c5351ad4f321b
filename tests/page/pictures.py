"""Makes the pictures of the page in docs/ anew: docs/page-light.png, docs/page-dark.png, docs/page-phone.png, of a report on made-up machines.

pictures.py ODDITY
"""
import os
import pathlib
import random
import struct
import subprocess
import sys
import tempfile
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from browser import Browser  # noqa: E402

DOCS = os.path.join(HERE, "..", "..", "docs")
SHOWN = "return [...document.querySelectorAll('.row')].every((row) => Number(row.canvas.dataset.points) > 0)"


def rows():
    """Half a day of 14 machines, a row in ten seconds, with some faults."""
    chance, lines = random.Random(7), []
    faults = {("web-02", "usage"): (2900, 3200, 30), ("db-01", "wait"): (3500, 3560, 9), ("web-07", "usage"): (4020, 4320, -25),
              ("db-03", "usage"): (2400, 2600, 20)}
    level = {}
    for i in range(4320):
        for host in [f"web-{n:02d}" for n in range(1, 10)] + [f"db-{n:02d}" for n in range(1, 6)]:
            zone, fields = "ab"[int(host[-1]) % 2], []
            for field, usual, spread in (("usage", 42, 6), ("wait", 3, .8)):
                wander = level.get((host, field), 0) * .97 + chance.gauss(0, spread / 8)
                level[host, field] = wander
                begin, end, height = faults.get((host, field), (0, 0, 0))
                fields.append(f"{field}={usual + wander + chance.gauss(0, spread) + (height if begin <= i < end else 0):.2f}")
            lines.append(f"cpu,host={host},zone={zone} {','.join(fields)} {1767225600 + 10 * i}")
    return "\n".join(lines) + "\n"


def smaller(path):
    """The same PNG with its pixels packed as well as zlib can."""
    with open(path, "rb") as file:
        data = file.read()
    head, pixels, at = data[:33], b"", 33
    while at < len(data):
        (length,) = struct.unpack(">I", data[at:at + 4])
        if data[at + 4:at + 8] == b"IDAT":
            pixels += data[at + 8:at + 8 + length]
        at += length + 12
    packed = b"IDAT" + zlib.compress(zlib.decompress(pixels), 9)
    with open(path, "wb") as file:
        file.write(head + struct.pack(">I", len(packed) - 4) + packed + struct.pack(">I", zlib.crc32(packed)) + struct.pack(">I", 0) + b"IEND" +
                   struct.pack(">I", zlib.crc32(b"IEND")))


def main():
    oddity = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder, Browser(960, 580) as browser:
        path = pathlib.Path(folder)
        (path / "rows.lp").write_text(rows(), encoding="utf-8")
        subprocess.run([oddity, "replay", "rows.lp", "--precision", "s", "--group-by", "host,zone", "--field", "usage", "--field", "wait", "--period", "5m", "--size", "1800",
                        "--alpha", "0.001", "--output", "/dev/null", "--report", "out.html"], cwd=path, check=True)
        browser.system(scheme="light")
        browser.open((path / "out.html").as_uri())
        browser.until(SHOWN)
        browser.picture(os.path.join(DOCS, "page-light.png"))
        browser.system(scheme="dark")
        browser.click(".row")
        browser.until("return document.querySelector('#alarms button') !== null")
        browser.click("#alarms button")
        browser.run("document.querySelector('#details').scrollTop = 0")
        browser.run("document.activeElement.blur()")
        browser.until(SHOWN)
        browser.picture(os.path.join(DOCS, "page-dark.png"))
        browser.viewport(390, 700, phone=True, scale=1.5)
        browser.system(scheme="light")
        browser.click("#close")
        browser.run("document.activeElement.blur()")
        browser.until(SHOWN)
        browser.picture(os.path.join(DOCS, "page-phone.png"))
    for name in ("light", "dark", "phone"):
        smaller(os.path.join(DOCS, f"page-{name}.png"))


if __name__ == "__main__":
    main()
