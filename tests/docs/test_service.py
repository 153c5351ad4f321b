"""The systemd unit: its command serves a socket, and systemd (where there is one) finds nothing wrong in the file.

test_service.py PROGRAM
"""
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time

UNIT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "config", "oddity.service")
SOCKET = "/run/oddity/oddity.sock"


def serves(command, path):
    """Whether `command` comes to serve `path`; it is stopped by its own id."""
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 20
        while time.monotonic() < end and server.poll() is None:
            with socket.socket(socket.AF_UNIX) as client:
                if client.connect_ex(path) == 0:
                    return True
            time.sleep(0.05)
        return False
    finally:
        server.terminate()
        server.wait(20)


def main():
    with open(UNIT, encoding="utf-8") as file:
        unit = file.read()
    line = next(line for line in unit.splitlines() if line.startswith("ExecStart="))
    words = line.removeprefix("ExecStart=").split()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "oddity.sock")
        command = [sys.argv[1]] + [path if word == SOCKET else word for word in words[1:]]
        assert path in command, line
        assert serves(command, path), command
        if shutil.which("systemd-analyze"):
            copy = os.path.join(folder, "oddity.service")
            with open(copy, "w", encoding="utf-8") as file:
                file.write(unit.replace("/usr/bin/oddity", os.path.abspath(sys.argv[1])))
            done = subprocess.run(["systemd-analyze", "verify", "--man=no", copy], capture_output=True, text=True, check=False)
            # Without systemd as the first process there is nobody to ask about other units; the file itself is still read.
            diagnostics = [text for text in done.stderr.splitlines() if "oddity.service" in text]
            assert not diagnostics, diagnostics
    print("1 passed, 0 failed")


if __name__ == "__main__":
    main()
