"""liboddity as a stranger has it: a program that links it and nothing else, what it needs, and what it shows.

library_test.py PROGRAM LIBRARY PLUGINS SANDBOX
"""
import re
import subprocess
import sys

program, library, plugins, sandbox = sys.argv[1:]
wrong = []


def output(*command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


needed = re.findall(r"NEEDED.*\[(.*)\]", output("readelf", "-d", program))
others = [name for name in needed if not re.match(r"liboddity\.so\.1$|lib(stdc\+\+|m|c|gcc_s|asan|ubsan|tsan)\.so|ld-linux", name)]
if others or "liboddity.so.1" not in needed:
    wrong.append(f"the program needs {needed}, where liboddity and the compiler's own libraries were expected")

all_needed = output("ldd", program)
print(all_needed)
if "protobuf" in all_needed:
    wrong.append("the engine pulls protobuf in")

for line in output("nm", "-DC", "--defined-only", library).splitlines():
    name = line.split(" ", 2)[-1]
    if not re.match(r"(typeinfo( name)? for |vtable for )?oddity::(Engine|Error|Diagnostic)\b|LIBODDITY_1|LIBODDITY_1@@", name):
        if not name.startswith(("__asan", "__ubsan", "__tsan", "_init", "_fini")):
            wrong.append(f"the library shows {name}")

for arguments in ((plugins,), (plugins, sandbox)):
    said = output(program, *arguments)
    print(said)
    lines = said.splitlines()
    words = [line.split()[0] for line in lines[:8]]
    if words != ["silent"] + ["calm"] * 5 + ["odd", "calm"]:
        wrong.append(f"expected a calm series with one odd minute, got {words}")
    for line in lines[1:8]:
        numbers = dict(re.findall(r"(\w+)=([-+.\w]+)", line))
        if (numbers["p"], numbers["s"]) != (numbers["pvalue"], numbers["score"]):
            wrong.append(f"expected p and score as the fields have them, got {line}")
    for expected in ("restored 1 group, 1 detector\n", "\nodd p=", "did you mean 'alpha'?", "why=''\n", "why='jump'\n"):
        if expected not in said:
            wrong.append(f"expected {expected!r}")

print("\n".join(wrong) or "one library, and it judges")
sys.exit(1 if wrong else 0)
