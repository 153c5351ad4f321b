"""Each command of ./dev asks Debian for all that its build looks for: it works on a machine that has nothing.

new_machine.py CMAKE: in a copy of the tree, where apt-get only notes what it is asked for and CMake finds nothing of the packages below
that was not asked for. What would be built is not.
"""
import os
import subprocess
import sys
import tempfile

from run_commands import ROOT

CMAKE = sys.argv[1]

# What CMake looks for, by the Debian package that has it; of what each command needs, those that others do without.
PACKAGES = {"GTest": "libgtest-dev", "rapidcheck": "librapidcheck-dev", "benchmark": "libbenchmark-dev"}
COMMANDS = ("build", "demo", "package", "fuzz", "bench", "calibration", "instructions")

TOOLS = {
    "id": "echo 0",
    "dpkg-query": "exit 1",
    "ccache": "exit 1",
    "apt-get": 'case "$*" in -s*) ;; *) printf "%s\\n" "$@" >>"$TRIED/asked" ;; esac',
    "cmake": f"""case $1 in
  --build) exit 1 ;;
esac
absent=()
while read -r name package; do grep -qx "$package" "$TRIED/asked" || absent+=("-DCMAKE_DISABLE_FIND_PACKAGE_$name=ON"); done <"$TRIED/packages"
{CMAKE} "$@" "${{absent[@]}}" && echo configured >"$TRIED/outcome\"""",
}


def tried(command, tree, tools):
    """What ./dev COMMAND said, and whether its build was configured, in a tree that is new."""
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "packages"), "w", encoding="utf-8") as file:
            file.writelines(f"{name} {package}\n" for name, package in PACKAGES.items())
        done = subprocess.run(["./dev", command], cwd=tree, capture_output=True, text=True, timeout=120, check=False,
                              env=os.environ | {"PATH": tools + os.pathsep + os.environ["PATH"], "TRIED": folder})
        return done.stdout + done.stderr, os.path.exists(os.path.join(folder, "outcome"))


failed = []
with tempfile.TemporaryDirectory() as folder:
    tools, tree = os.path.join(folder, "tools"), os.path.join(folder, "tree")
    os.mkdir(tools)
    for name, body in TOOLS.items():
        with open(os.path.join(tools, name), "w", encoding="utf-8") as file:
            file.write(f"#!/usr/bin/env bash\n{body}\n")
        os.chmod(file.name, 0o755)
    for command in COMMANDS:
        subprocess.run(["rm", "-rf", tree], check=True)
        os.mkdir(tree)
        for name in os.listdir(ROOT):
            # Links, but for the script itself: it works in the folder where it lies.
            if name == "dev":
                subprocess.run(["cp", os.path.join(ROOT, name), tree], check=True)
            elif name not in ("build", ".git"):
                os.symlink(os.path.join(ROOT, name), os.path.join(tree, name))
        said, configured = tried(command, tree, tools)
        if not configured:
            failed.append(f"./dev {command} on a machine that has nothing:\n{said[-2000:]}")
if failed:
    sys.exit("\n".join(failed))
print(f"{len(COMMANDS)} commands ask for what they need")
