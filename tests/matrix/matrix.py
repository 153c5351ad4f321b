"""Host and plugin by every pair of builds: compilers, standard libraries, release and debug. What a detector says has to be the same, bit for bit.

matrix.py ROOT [--quick | --sanitized]: builds the small host of tests/compat/host.cpp (the core's own plugin/ code) and each detector with every
configuration, lets every host run every plugin, and prints the table. --quick: only the pairs that differ in everything, clang with libc++ in
debug against gcc in release, both ways round. --sanitized: gcc in release, and the sanitized pairs. Without clang++ or libc++ it says in a line what is skipped, and exits with 77.
"""
import concurrent.futures
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.abspath(sys.argv[1])
with open(os.path.join(ROOT, "cmake", "OddityDetectors.cmake"), encoding="utf-8") as list_of_ours:
    DETECTORS = re.findall(r"^  (\w+)=\w+$", list_of_ours.read(), re.M)
QUICK, SANITIZED_ONLY = "--quick" in sys.argv, "--sanitized" in sys.argv
RELEASE, DEBUG = ["-O2", "-DNDEBUG"], ["-O0", "-g"]
LIBCXX = ["-stdlib=libc++"]

# name: C++ compiler, C compiler, flags
CONFIGURATIONS = {
    "gcc libstdc++ release": ("g++", "gcc", RELEASE),
    "gcc libstdc++ debug": ("g++", "gcc", [*DEBUG, "-D_GLIBCXX_DEBUG"]),
    "clang libstdc++ release": ("clang++", "clang", RELEASE),
    "clang libstdc++ debug": ("clang++", "clang", DEBUG),
    "clang libc++ release": ("clang++", "clang", [*LIBCXX, *RELEASE]),
    "clang libc++ debug": ("clang++", "clang", [*LIBCXX, *DEBUG]),
}
SANITIZED = {  # only in matching pairs
    "gcc address,undefined": ("g++", "gcc", ["-O1", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"]),
    "clang address,undefined": ("clang++", "clang", ["-O1", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"]),
    "gcc thread": ("g++", "gcc", ["-O1", "-g", "-fsanitize=thread"]),
}
PLUGINS = {name: f"plugins/{name}/{name}.cpp" for name in DETECTORS} | {"ranksum": "examples/c_detector/ranksum.c"}
HOST = ["tests/compat/host.cpp", *(f"core/engine/plugin/{name}.cpp" for name in ("library", "description", "handshake", "detector", "abi_window", "reasons")),
        *(f"core/engine/options/{name}.cpp" for name in ("core_options", "parse")),
        "core/engine/base/error.cpp", "core/engine/base/utf8.cpp", "core/engine/numerics/student_t.cpp", "core/engine/numerics/tails.cpp"]
INCLUDES = [f"-I{ROOT}/{folder}" for folder in ("core/include", "core/engine", "core/engine/include", "plugins", "tests")]


def call(command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


def for_c(flags):
    return [flag for flag in flags if not flag.startswith(("-stdlib", "-D_GLIBCXX"))]


def build_plugin(folder, configuration, name):
    cxx, c, flags = configuration
    source = os.path.join(ROOT, PLUGINS[name])
    sources = [source] if source.endswith(".c") else sorted(glob.glob(os.path.join(os.path.dirname(source), "*.cpp")))
    compiler = [c, "-std=c11", *for_c(flags)] if source.endswith(".c") else [cxx, "-std=c++20", *flags]
    file = os.path.join(folder, name + ".so")
    call([*compiler, "-shared", "-fPIC", "-fvisibility=hidden", "-ffp-contract=off", *INCLUDES, *sources, "-o", file,
          f"-Wl,--version-script={ROOT}/cmake/detector.map", "-lm"])
    return file


def build_host(folder, configuration):
    cxx, _, flags = configuration
    file = os.path.join(folder, "host")
    objects = []
    for source in HOST:
        objects.append(os.path.join(folder, os.path.basename(source) + ".o"))
        call([*(["ccache"] if shutil.which("ccache") else []), cxx, "-std=c++20", *flags, "-ffp-contract=off", "-DFMT_HEADER_ONLY", *INCLUDES, "-c",
              os.path.join(ROOT, source), "-o", objects[-1]])
    call([cxx, *flags, *objects, "-o", file, "-ldl"])
    return file


def has(name):
    compiler, _, flags = (CONFIGURATIONS | SANITIZED)[name]
    if not shutil.which(compiler):
        return False
    done = subprocess.run([compiler, *flags, "-x", "c++", "-include", "vector", "-", "-o", "/dev/null"], input="int main() {}",
                          capture_output=True, text=True, timeout=60, check=False)
    return done.returncode == 0


def main():
    everything = ["gcc libstdc++ release", "clang libc++ debug"] if QUICK else list(CONFIGURATIONS)
    if SANITIZED_ONLY:
        everything = everything[:1]
    missing = [name for name in everything if not has(name)]
    for name in missing:
        print(f"skipped: no {name} here (Debian: clang libc++-dev libc++abi-dev)")
    configurations = [name for name in everything if name not in missing]
    if len(configurations) < len(everything[:2]):
        sys.exit(77)
    pairs = [(host, plugin) for host in configurations for plugin in configurations if not QUICK or host != plugin]
    if not QUICK:
        sanitized = [name for name in SANITIZED if has(name)]
        configurations += sanitized
        pairs += [(name, name) for name in sanitized]
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        folders = {name: os.path.join(folder, name.replace(" ", "_").replace(",", "_")) for name in configurations}
        for path in folders.values():
            os.mkdir(path)
        every = CONFIGURATIONS | SANITIZED
        hosts = {name: pool.submit(build_host, folders[name], every[name]) for name in configurations}
        plugins = {name: [pool.submit(build_plugin, folders[name], every[name], plugin) for plugin in PLUGINS] for name in configurations}
        lives = {pair: call([hosts[pair[0]].result(), *(file.result() for file in plugins[pair[1]])]) for pair in pairs}
    reference = lives[pairs[0]]
    verdicts = sum(line.startswith("0 0x") for line in reference.splitlines())
    width = max(map(len, configurations))
    print(f"{'host':{width}}  {'plugins':{width}}  {len(PLUGINS)} detectors, {verdicts} verdicts")
    for (host, plugin), life in lives.items():
        print(f"{host:{width}}  {plugin:{width}}  {'same bits' if life == reference else 'DIFFERENT'}")
    sys.exit(0 if verdicts > 100 and all(life == reference for life in lives.values()) else 1)


main()
