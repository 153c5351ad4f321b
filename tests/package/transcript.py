"""The commands of docs/writing-a-detector.md on a machine with only the .deb and a compiler: the transcript.

transcript.py BUILD CMAKE: packs BUILD, unpacks the .deb into a folder, and runs the page's commands there in the order they stand, with
nothing of the checkout in reach: PATH and CMAKE_PREFIX_PATH name the unpacked package. Then the host of docs/library.md, by pkg-config and
by CMake, and other projects: one of an awkward name under another prefix by `cmake --install`, the plain C detector out of the package,
and names that are refused.
"""
import glob
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "docs"))
from run_commands import ROOT, blocks, run  # noqa: E402

build, cmake = os.path.abspath(sys.argv[1]), sys.argv[2]
page = os.path.join(ROOT, "docs", "writing-a-detector.md")
checkout = os.path.realpath(ROOT)


def call(*command, where=None, environment=None, fails=False):
    done = subprocess.run(command, cwd=where, env=environment, capture_output=True, text=True, timeout=250, check=False)
    if (done.returncode != 0) != fails:
        sys.exit(f"{' '.join(command)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def expect(text, *parts):
    for part in parts:
        if part not in text:
            sys.exit(f"expected '{part}' in:\n{text}")


def of_package(prefix):
    """Only the system's folders and the package's."""
    return {"PATH": f"{prefix}/bin:/usr/bin:/bin", "CMAKE_PREFIX_PATH": prefix, "HOME": prefix, "LANG": "C.UTF-8",
            "CMAKE_BUILD_PARALLEL_LEVEL": "2"}


def transcript(folder, prefix):
    """Runs the page's blocks; returns what they said."""
    environment, said = of_package(prefix), ""
    for block in blocks(page, "sh-with-package"):
        for line in block.splitlines():
            code, text = run(line, folder, environment, 250)
            print(f"$ {line}\n{text}")
            said += text
            if code != 0:
                sys.exit(f"exit {code}")
    return said


def nothing_of_the_checkout(folder):
    for name in glob.glob(f"{folder}/**/*", recursive=True):
        if os.path.isfile(name):
            with open(name, "rb") as file:
                if checkout.encode() in file.read():
                    sys.exit(f"{name} speaks of the checkout")


def from_the_deb(folder):
    call("cpack", "--config", f"{build}/CPackConfig.cmake", "-B", f"{folder}/packed", where=folder)
    (deb,) = glob.glob(f"{folder}/packed/*.deb")
    depends = call("dpkg-deb", "-f", deb, "Depends")
    expect(depends, "libc6", "libstdc++6", "libelf1")
    root, work = f"{folder}/machine", f"{folder}/work"
    call("dpkg", "-x", deb, root)
    os.mkdir(work)
    said = transcript(work, f"{root}/usr")
    expect(said, "100% tests passed", "of the 3 planted faults", "picture: level.svg", "installed ", "lib/oddity/plugins/level.so", "option  warmUp",
           '"time":"2016-01-01T01:05:00Z"')
    nothing_of_the_checkout(work)
    nothing_of_the_checkout(f"{root}/usr/lib/cmake")
    return root, work


def host_of_the_library(folder, prefix):
    """The page's program judges by what the package brought, however it was built."""
    library_page = os.path.join(ROOT, "docs", "library.md")
    os.mkdir(folder)
    for language, name in (("cpp", "host.cpp"), ("cmake", "CMakeLists.txt")):
        with open(f"{folder}/{name}", "w", encoding="utf-8") as file:
            file.write(blocks(library_page, language)[0].replace('"/usr/', f'"{prefix}/'))
    environment = dict(of_package(prefix), PKG_CONFIG_PATH=f"{prefix}/lib/pkgconfig", LD_LIBRARY_PATH=f"{prefix}/lib")
    code, by_pkg_config = run(blocks(library_page, "sh-with-library")[0], folder, environment, 250)
    call(cmake, "-S", folder, "-B", f"{folder}/build", where=folder, environment=environment)
    call(cmake, "--build", f"{folder}/build", where=folder, environment=environment)
    by_cmake = call(f"{folder}/build/host", where=folder, environment=environment)
    lines = [f"minute {index}: {'anomalous' if index == 6 else 'normal'}" for index in range(1, 8)]
    if code != 0 or by_pkg_config.splitlines() != lines or by_cmake.splitlines() != lines:
        sys.exit(f"expected {lines} of both, got\n{by_pkg_config}\n{by_cmake}")


def from_a_prefix(folder):
    """An awkward name, another prefix, and what is refused."""
    prefix, work = f"{folder}/a prefix", f"{folder}/elsewhere"
    call(cmake, "--install", build, "--prefix", prefix)
    os.mkdir(work)
    environment = of_package(prefix)
    call("oddity", "plugin", "new", "a_1_b2", "--folder", "deep/project", where=work, environment=environment)
    with open(f"{work}/deep/project/a_1_b2.cpp", encoding="utf-8") as source:
        expect(source.read(), "class A1B2 {", "ODDITY_EXPORT_DETECTOR(A1B2)")
    call(cmake, "-S", "deep/project", "-B", "deep/build", where=work, environment=environment)
    call(cmake, "--build", "deep/build", where=work, environment=environment)
    expect(call("ctest", "--test-dir", "deep/build", "--output-on-failure", where=work, environment=environment),
           "conformance.a_1_b2", "replay.a_1_b2", "100% tests passed")
    for name in ("Level", "9lives", "a-b", "../x", "test", "ttest", "x" * 65):
        expect(call("oddity", "plugin", "new", name, where=work, environment=environment, fails=True), "expected a name")
    expect(call("oddity", "plugin", "new", "b", "--folder", "deep", where=work, environment=environment, fails=True), "expected a new or empty folder")
    if os.listdir(work) != ["deep"]:
        sys.exit(f"a refused name left something behind: {os.listdir(work)}")
    # The plain C detector, as it lies in the package.
    call(cmake, "-S", f"{prefix}/share/oddity/examples/c_detector", "-B", "ranksum", where=work, environment=environment)
    call(cmake, "--build", "ranksum", where=work, environment=environment)
    expect(call("ctest", "--test-dir", "ranksum", "--output-on-failure", where=work, environment=environment), "100% tests passed")
    # A golden replay that no longer finds what it found fails.
    with open(f"{work}/deep/project/test/expected.txt", "a", encoding="utf-8") as expected:
        expected.write("2016-01-01T00:30:00Z\n")
    expect(call("ctest", "--test-dir", "deep/build", where=work, environment=environment, fails=True), "replay.a_1_b2 (Failed)")


with tempfile.TemporaryDirectory() as everything:
    installed, _ = from_the_deb(everything)
    host_of_the_library(f"{everything}/host", f"{installed}/usr")
    from_a_prefix(everything)
