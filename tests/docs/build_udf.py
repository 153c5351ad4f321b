"""The function of docs/udf-in-cpp.md is that of examples/udf, and builds as a project of its own with the page's CMake file.

build_udf.py CMAKE [LAUNCHER]: builds it in a folder beside a link to this repository, and runs the page's command.
"""
import os
import subprocess
import sys
import tempfile

from run_commands import ROOT, blocks, run

cmake, launcher = sys.argv[1], sys.argv[2:]
page = os.path.join(ROOT, "docs", "udf-in-cpp.md")
code = blocks(page, "cpp")[0]
with open(os.path.join(ROOT, "examples", "udf", "mirror.cpp"), encoding="utf-8") as file:
    if file.read() != code:
        sys.exit("the page's function is not that of examples/udf/mirror.cpp")


def call(*command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=550, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


with tempfile.TemporaryDirectory() as folder:
    os.symlink(os.path.realpath(ROOT), os.path.join(folder, "oddity"))
    for language, name in (("cpp", "mirror.cpp"), ("cmake", "CMakeLists.txt")):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(blocks(page, language)[0])
    build = os.path.join(folder, "build")
    call(cmake, "-S", folder, "-B", build, "-G", "Ninja", *(f"-DCMAKE_CXX_COMPILER_LAUNCHER={one}" for one in launcher if one))
    call(cmake, "--build", build, "--target", "mirror")
    environment = dict(os.environ, PATH=build + os.pathsep + os.environ["PATH"])
    code, text = run(blocks(page, "sh-with-mirror")[0], folder, environment)
    print(text)
    sys.exit(code)
