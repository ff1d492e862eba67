"""A reader that does what its file says: the first line names one of the functions below."""

import io
import os
import resource
import signal
import sys
import time
from dataclasses import asdict
from pathlib import Path

from lscb_core.imports.reading import Problems, Refused, Scope, reading, to_json

SECRET = "Jemima Puddleduck 12 May 2014"


def read(stream, *, asked, progress):
    """Do what the first line says."""
    name, _, rest = stream.read().decode().partition("\n")
    return globals()[f"_{name}"](stream, rest, asked=asked, progress=progress)


def _rows(rows, **more):
    return reading("odd", scopes=[Scope("odd/one", None, tuple(rows))], **more)


def _count(stream, rest, *, asked, progress):
    progress("Counting", 0.25)
    progress("Counted", 1.0)
    return _rows([{"count": len(rest)}], counts={"bytes": len(rest)}, as_at=asked.today)


def _echo(stream, rest, *, asked, progress):
    return _rows([asdict(asked) | {"today": asked.today.isoformat()}])


def _surroundings(stream, rest, *, asked, progress):
    opened = sorted(int(name) for name in os.listdir("/proc/self/fd"))
    files = [os.readlink(f"/proc/self/fd/{number}") for number in opened if number > 2 and _open(number)]
    loaded = sorted({name.split(".")[0] for name in sys.modules})
    return _rows([{"environment": dict(os.environ), "files": files, "modules": loaded}])


def _open(number):
    return os.path.exists(f"/proc/self/fd/{number}")


def _seek(stream, rest, *, asked, progress):
    stream.seek(0, io.SEEK_END)
    return _rows([{"size": stream.tell()}])


def _swallow(stream, rest, *, asked, progress):
    return _rows([{"length": len(bytearray(800_000_000))}])


def _limits(stream, rest, *, asked, progress):
    names = {"memory": "AS", "core": "CORE", "files": "FSIZE", "seconds": "CPU"}
    held = {name: resource.getrlimit(getattr(resource, f"RLIMIT_{what}"))[0] for name, what in names.items()}
    return _rows([held])


def _abort(stream, rest, *, asked, progress):
    os.abort()


def _kill(stream, rest, *, asked, progress):
    os.kill(os.getpid(), signal.SIGKILL)


def _sleep(stream, rest, *, asked, progress):
    progress("Sleeping", 0.0)
    time.sleep(60)


def _spin(stream, rest, *, asked, progress):
    while True:
        pass


def _talk(stream, rest, *, asked, progress):
    return _rows([{"words": "x" * 1_000_000} for _ in range(40)])


def _write(stream, rest, *, asked, progress):
    with open(rest, "w") as file:
        file.write("x" * 100_000)


def _chatter(stream, rest, *, asked, progress):
    print(SECRET)
    print(SECRET, file=sys.stderr)
    os.write(1, SECRET.encode())
    os.write(2, SECRET.encode())
    raise ValueError(SECRET)


def _refuse(stream, rest, *, asked, progress):
    problems = Problems()
    problems.add("It is not a census.", "Choose another kind.", row=3)
    raise Refused(problems)


def _refuse_bare(stream, rest, *, asked, progress):
    raise Refused


def _ours(stream, rest, *, asked, progress):
    return to_json(SECRET)  # a fault of our own: a frame of our code below the reader's


def _where(stream, rest, *, asked, progress):
    return _rows([{"folder": str(Path.cwd())}])
