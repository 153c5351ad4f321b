"""A detector is built with the SDK's headers and nothing else, needs no library but the compiler's own, and exports one symbol.

nothing_else.py COMPILER ROOT SOURCE LIBRARY
"""
import re
import subprocess
import sys

compiler, root, source, library = sys.argv[1:]
standard = "-std=c11" if source.endswith(".c") else "-std=c++20"
wrong = []


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout


# Headers: the SDK's, the detector's own, and those of the compiler and the C library.
own = (f"{root}/core/include/oddity/", source.rsplit("/", 1)[0] + "/")
system = re.compile(r"/usr/(lib/(gcc|llvm[^/]*|clang)/|include/(c\+\+/|x86_64-linux-gnu/|[a-z0-9_-]+-linux-gnu/|(bits|sys|gnu|asm|asm-generic|linux)/|[^/]+\.h$))")
for header in output(compiler, standard, f"-I{root}/core/include", f"-I{root}/plugins", "-M", source).replace("\\\n", " ").split()[1:]:
    if not header.startswith(own) and not system.match(header):
        wrong.append(f"includes {header}")

for needed in re.findall(r"NEEDED.*\[(.*)\]", output("readelf", "-d", library)):
    if not re.match(r"lib(stdc\+\+|m|c|gcc_s|asan|ubsan|tsan)\.so|ld-linux", needed):
        wrong.append(f"needs {needed}")

exported = [line.split()[-1] for line in output("nm", "-D", "--defined-only", library).splitlines()]
# The linker's own absolute symbols aside, and what sanitizers add.
exported = [name for name in exported if not name.startswith(("_init", "_fini", "__asan", "__tsan", "__ubsan"))]
if exported != ["oddity_plugin_entry_v1"]:
    wrong.append(f"exports {exported}")

print("\n".join(wrong) or "nothing else")
sys.exit(1 if wrong else 0)
