#!/usr/bin/env python3
"""The board's dashboard, from a fresh copy and with nothing installed by hand.

python3 manage.py run      serves the dashboard on http://localhost:8501 (Streamlit's options)
python3 manage.py test     every test, in Chromium and on both databases (pytest's options; -n 0: one by one)
python3 manage.py check    format, lint, types and layers, then test (--long: tests of minutes too)
python3 manage.py bench    the speed table
python3 manage.py ...      anything else goes to the dashboard's own command line: try --help

Needs Python 3.11 or newer. Makes .venv from the locked requirements, once, and again only when
they change; after that no network is needed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

OLDEST_PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed-locks.txt"
UNFINISHED = VENV / "unfinished"
RUNTIME, TESTS = "requirements.txt", "requirements-dev.txt"
PIP = ("install", "--quiet", "--disable-pip-version-check", "--require-hashes")


class Stop(Exception):
    """What went wrong and what to do about it, for the person at the keyboard."""


def say(text: str) -> None:
    """Tell what is going on, at once."""
    print(text, flush=True)


def environment(lock: str) -> None:
    """See to it that .venv holds what the lock asks for. Does nothing when it already does."""
    if fingerprint(lock) in installed():
        return
    if UNFINISHED.exists() or not sound():
        make()
    install(lock)


def fingerprint(lock: str) -> str:
    """The lock's content and the Python that it was installed for."""
    content = hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()
    return f"{lock} {content} {os.path.realpath(PYTHON)}"


def installed() -> list[str]:
    """Fingerprints of the locks that .venv holds."""
    known = PYTHON.exists() and STAMP.exists() and not UNFINISHED.exists()
    return STAMP.read_text(encoding="utf-8").splitlines() if known else []


def sound() -> bool:
    """Whether .venv is a Python that is new enough and can install packages."""
    question = f"import pip, sys; sys.exit(sys.version_info < {OLDEST_PYTHON})"
    try:
        return subprocess.run([PYTHON, "-c", question], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def make() -> None:
    """A new, empty .venv."""
    say("Making the Python environment in .venv ...")
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"  # a package of its own on Debian
    if not (importlib.util.find_spec("ensurepip") or (may_use_apt() and apt_install(package))):
        raise Stop(f"This Python cannot make environments. Install the package {package}, then try again.")
    shutil.rmtree(VENV, ignore_errors=True)
    if call([sys.executable, "-m", "venv", VENV]):
        raise Stop("Python could not make .venv here. Its message stands above.")


def install(lock: str) -> None:
    """Install what the lock names, each file checked against its hash."""
    packages = len(re.findall("^[^ #]+==", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))
    say(f"Installing {packages} packages from {lock} into .venv: about a minute, once ...")
    STAMP.unlink(missing_ok=True)
    UNFINISHED.touch()  # stays behind when this is cut off: the next run then starts afresh
    failed = call([PYTHON, "-m", "pip", *PIP, "-r", ROOT / lock])
    UNFINISHED.unlink()
    if failed:
        raise Stop(f"Not all of {lock} could be installed; pip's message stands above. Is there a network?")
    locks = [RUNTIME, TESTS] if lock == TESTS else [lock]  # the tests' lock holds all of the other one
    STAMP.write_text("".join(fingerprint(lock) + "\n" for lock in locks), encoding="utf-8")


def may_use_apt() -> bool:
    """Whether this is root on Debian or its kin."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(package: str) -> bool:
    """Install a package of the system; whether it worked."""
    quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=quietly, check=False)
    order = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
    return subprocess.run(order, env=quietly, check=False).returncode == 0


def run(options: list[str]) -> int:
    """Serve the dashboard, with its database ready."""
    failed = hand_on(["init"]) or hand_on(["demo", "--if-empty"])
    if failed:
        return failed
    say("Starting the dashboard. Ctrl+C stops it.")
    return become([PYTHON, "-m", "streamlit", "run", "app.py", *address(options), *options])


def address(options: list[str]) -> list[str]:
    """Only this machine may connect, unless somebody has decided otherwise."""
    decided = "STREAMLIT_SERVER_ADDRESS" in os.environ or any("--server.address" in word for word in options)
    return [] if decided else ["--server.address=localhost"]


def test(options: list[str]) -> int:
    """Run the tests, a worker for each core. An `-n` among the options comes later and therefore counts."""
    cores = [] if "no:xdist" in " ".join(options) else ["-n", "logical"]
    environment(TESTS)
    call([PYTHON, "-m", "tests.browser.nginx"])  # where it cannot be had, the tests that need it say so
    return with_chromium("pytest", [*cores, *options])


def bench(options: list[str]) -> int:
    """Print the speed table."""
    return with_chromium("tests.benchmarks", options)


def with_chromium(module: str, options: list[str]) -> int:
    """Run a module of the tests, once there is a browser for it."""
    environment(TESTS)
    return call([PYTHON, "-m", "tests.browser.chromium"]) or call([PYTHON, "-m", module, *options])


def check(options: list[str]) -> int:
    """Run every check, the tests among them; then say all that failed."""
    environment(TESTS)
    return call([PYTHON, "-m", "tests.checks", *options])


def hand_on(words: list[str]) -> int:
    """The dashboard's own command line. File names count from where the caller stands."""
    environment(RUNTIME)
    return call([PYTHON, "-m", "lscb_core", *words], cwd=None)


VERBS = {"run": run, "test": test, "check": check, "bench": bench}


def call(words: Sequence[str | Path], *, cwd: Path | None = ROOT) -> int:
    """Run a program to its end and give its exit status."""
    return subprocess.run(list(map(str, words)), cwd=cwd, env=surroundings(), check=False).returncode


def become(words: Sequence[str | Path]) -> int:
    """Turn into another program, so that whoever stops this one stops that one."""
    if os.name == "nt":
        return call(words)
    os.chdir(ROOT)
    return os.execve(str(words[0]), list(map(str, words)), surroundings())


def surroundings() -> dict[str, str]:
    """The caller's environment, in which the project's own packages are found from anywhere."""
    path = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path)}


def main(words: list[str]) -> int:
    """Do what the first word says."""
    if sys.version_info < OLDEST_PYTHON:
        needed, here = ".".join(map(str, OLDEST_PYTHON)), sys.version.split()[0]
        print(f"manage.py: this needs Python {needed} or newer; you have {here}.", file=sys.stderr)
        return 1
    if not words or words[0] in ("-h", "--help", "help"):
        say(str(__doc__))
        return 0
    try:
        return VERBS[words[0]](words[1:]) if words[0] in VERBS else hand_on(words)
    except Stop as stop:
        print(f"manage.py: {stop}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
