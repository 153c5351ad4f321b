"""A machine on which Kapacitor was installed from its package, and Oddity was not: a page is typed on it, word for word.

newcomer.py KAPACITORD BUILD LAYOUT PAGE [FIRST]: types the page's blocks of the language sh-with-kapacitor, all into one shell, in the order
they stand; only the first FIRST of them, where it is given. LAYOUT: `package`, the configuration as the package brings it, or `config`, as
`kapacitord config` prints it.

It is run by root, by `unshare` in mount and network namespaces of its own: what is installed and written goes to layers of memory over /usr, /etc and
/var, port 9092 is free, and all is gone at the end. What a Debian has and a test has not are four words: `sudo`, `apt install`,
`systemctl restart kapacitor`, and the `./dev package` of a checkout, which packs BUILD as it is.
"""
import fcntl
import os
import re
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "docs"))
from run_commands import blocks  # noqa: E402

kapacitord, build, layout, page = sys.argv[1:5]
CONFIGURATION = "/etc/kapacitor/kapacitor.conf"

SUDO = """#!/bin/sh
if [ "$1" = -u ]; then
  user=$2
  shift 2
  exec setpriv --reuid "$user" --regid "$user" --clear-groups "$@"
fi
exec "$@"
"""
APT = """#!/bin/sh
[ "$1" = install ] || exit 1
case $2 in ./*) exec dpkg -x "$2" / ;; esac
exit 1
"""
SYSTEMCTL = """#!/bin/sh
[ "$2" = kapacitor ] || exit 1
if [ -e /var/run-kapacitord ]; then
  kill "$(cat /var/run-kapacitord)"
  while kill -0 "$(cat /var/run-kapacitord)" 2> /dev/null; do sleep 0.1; done
fi
[ "$1" = restart ] || exit 0
as="sudo -u kapacitor"
env -i HOME=/var/lib/kapacitor PATH=/usr/sbin:/usr/bin:/sbin:/bin:{stubs} $as {kapacitord} -config /etc/kapacitor/kapacitor.conf \\
  > /var/log/kapacitor/output 2>&1 < /dev/null &
echo $! > /var/run-kapacitord
"""
DEV = """#!/bin/sh
[ "$*" = package ] || exit 1
mkdir -p build/release
cpack --config {build}/CPackConfig.cmake -B "$PWD/build/release" > /dev/null
"""


def run(*command, **more):
    return subprocess.run(command, check=True, capture_output=True, text=True, **more).stdout


def a_layer_over(folder, layers):
    name = folder.strip("/")
    for part in ("upper", "work"):
        os.makedirs(f"{layers}/{name}/{part}")
    run("mount", "-t", "overlay", "overlay", "-o",
        f"lowerdir={folder},upperdir={layers}/{name}/upper,workdir={layers}/{name}/work", folder)


def loopback_up():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh14x", b"lo", 1 | 64))  # SIOCSIFFLAGS: IFF_UP, IFF_RUNNING


def executable(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(path, 0o755)


def install_kapacitor(stubs):
    """What its package leaves behind: user, folders, programs, configuration."""
    run("useradd", "--system", "-U", "-M", "kapacitor", "-s", "/bin/false", "-d", "/var/lib/kapacitor")
    for folder in ("/etc/kapacitor", "/var/lib/kapacitor", "/var/log/kapacitor"):
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        run("chown", "kapacitor:kapacitor", folder)
    for name in ("kapacitord", "kapacitor"):
        shutil.copy(os.path.join(os.path.dirname(kapacitord), name), f"/usr/bin/{name}")
    # By the user whom it shall work for: the folders are below his home.
    text = run(f"{stubs}/sudo", "-u", "kapacitor", "/usr/bin/kapacitord", "config", env={"HOME": "/var/lib/kapacitor", "PATH": os.environ["PATH"]})
    # There is no InfluxDB here; the rest is as it comes.
    text, influxdbs = re.subn(r"(\[\[influxdb\]\]\n\s*enabled = )true", r"\1false", text)
    if layout == "package":  # where the package differs, for what is added: it opens the table of functions itself
        text, tables = re.subn(r"^\[udf\]$", "[udf]\n[udf.functions]", text, flags=re.M)
        text = text.replace('file = "STDERR"', 'file = "/var/log/kapacitor/kapacitor.log"')
    else:
        tables = text.count("[udf]")
    if (influxdbs, tables) != (1, 1):
        sys.exit(f"this kapacitord's configuration looks different:\n{text}")
    with open(CONFIGURATION, "w", encoding="utf-8") as file:
        file.write(text)


def wait_until_alerts_settle(folder):
    """The page waits as long as a person does, on a machine that has nothing else to do."""
    def sizes():
        return {name: os.path.getsize(os.path.join(folder, name)) for name in os.listdir(folder)}
    before, end = None, time.monotonic() + 60
    while before != sizes() and time.monotonic() < end:
        before = sizes()
        time.sleep(2)


def main():
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    home = tempfile.mkdtemp(prefix="oddity-newcomer-")
    layers, stubs, work = f"{home}/layers", f"{home}/stubs", f"{home}/work"
    run("mount", "-t", "tmpfs", "oddity", home)
    os.chmod(home, 0o755)
    for folder in (layers, stubs, work):
        os.mkdir(folder)
    for folder in ("/usr", "/etc", "/var"):
        a_layer_over(folder, layers)
    os.makedirs("/tmp/kapacitor_udf", exist_ok=True)
    run("mount", "-t", "tmpfs", "oddity", "/tmp/kapacitor_udf")  # what the page makes there shall not meet what others made
    run("chmod", "777", "/tmp/kapacitor_udf")
    loopback_up()
    for name, text in (("sudo", SUDO), ("apt", APT), ("systemctl", SYSTEMCTL.format(stubs=stubs, kapacitord="/usr/bin/kapacitord"))):
        executable(f"{stubs}/{name}", text)
    executable(f"{work}/dev", DEV.format(build=build))
    install_kapacitor(stubs)
    script = "".join(blocks(page, "sh-with-kapacitor")[:int(sys.argv[5]) if len(sys.argv) > 5 else None])
    # Only what a login shell has: the page sets the rest.
    environment = {"PATH": f"{stubs}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": work, "LANG": "C.UTF-8", "USER": "somebody"}
    subprocess.run(["systemctl", "restart", "kapacitor"], env=environment, check=True)
    try:
        done = subprocess.run(["sh", "-e", "-x", "-c", script], cwd=work, env=environment, text=True, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=240, check=False)
        print(done.stdout)
        wait_until_alerts_settle("/tmp/kapacitor_udf")
        for name in sorted(os.listdir("/tmp/kapacitor_udf")):
            with open(f"/tmp/kapacitor_udf/{name}", encoding="utf-8") as file:
                print(f"=== {name}\n{file.read()}")
        for name in ("output", "kapacitor.log"):
            if os.path.exists(f"/var/log/kapacitor/{name}"):
                with open(f"/var/log/kapacitor/{name}", encoding="utf-8", errors="replace") as file:
                    print("=== kapacitord says\n" + "".join(line for line in file if "UDF log" in line or "lvl=error" in line or "run:" in line))
        with open(CONFIGURATION, encoding="utf-8") as file:
            print("=== configuration\n" + file.read())
        sys.exit(done.returncode)
    finally:
        subprocess.run(["systemctl", "stop", "kapacitor"], env=environment, check=False)


if __name__ == "__main__":
    main()
