"""Starts the process that reads a file, hands it the file, and sees to its end.

An upload goes to it through a pipe and never lies in a temporary file; a file of the command line is handed
on open. What it says on its standard error is thrown away: it could hold a row of the file.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import BufferedReader, FileIO
from typing import Any, BinaryIO

from lscb_core.config import ROOT

ORDER = (sys.executable, "-B", "-s", "-m", "lscb_core.imports.reading_here")
SURROUNDINGS = {
    "LANG": "C.UTF-8",
    "MALLOC_ARENA_MAX": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",  # Arrow's own would set aside addresses by the gigabyte
}
"""All that it is told of where it runs: no address of a database, nobody's secrets."""
CHUNK = 1_000_000


@dataclass(slots=True)
class Running:
    """A process at work; `late` is set when it was stopped for taking too long."""

    process: subprocess.Popen[bytes]
    late: threading.Event = field(default_factory=threading.Event)

    def stop(self) -> None:
        """End it and whatever it may have started."""
        if self.process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def end(self) -> None:
        """End it, and wait until it is gone."""
        self.stop()
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()

    def stop_late(self) -> None:
        """End it because its time is over."""
        self.late.set()
        self.stop()


def _descriptor(stream: BinaryIO) -> int | None:
    """The descriptor of a real file. Others are not asked: some would write themselves to disk for it."""
    if not isinstance(stream, BufferedReader | FileIO):
        return None
    with suppress(OSError):
        return stream.fileno()
    return None


@contextmanager
def started(stream: BinaryIO, *, order: bytes, seconds: float) -> Iterator[Running]:
    """A process that has its order and gets the file; it is gone when the block ends, however it ends."""
    with _from_its_beginning(_descriptor(stream)) as real:
        running = Running(_spawn(real, order))
        clock = threading.Timer(seconds, running.stop_late)
        clock.daemon = True
        clock.start()
        feeder = threading.Thread(target=_feed, args=(running.process.stdin, stream), daemon=True)
        if real is None:
            feeder.start()
        try:
            yield running
        finally:
            clock.cancel()
            running.end()
            if real is None:
                feeder.join()


@contextmanager
def _from_its_beginning(real: int | None) -> Iterator[int | None]:
    """Set a real file to its beginning, and afterwards back: Python's own position must hold again."""
    try:
        before = None if real is None else os.lseek(real, 0, os.SEEK_CUR)
    except OSError:  # a pipe given as a file: it can only be read on
        before = None
    if real is None or before is None:
        yield real
        return
    os.lseek(real, 0, os.SEEK_SET)
    try:
        yield real
    finally:
        os.lseek(real, before, os.SEEK_SET)


def _spawn(real: int | None, order: bytes) -> subprocess.Popen[bytes]:
    reads, writes = os.pipe()
    try:
        process = subprocess.Popen(
            (*ORDER, str(reads)),
            stdin=subprocess.PIPE if real is None else real,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=SURROUNDINGS,
            pass_fds=(reads,),
            start_new_session=True,
        )
    except BaseException:
        os.close(writes)
        raise
    finally:
        os.close(reads)
    threading.Thread(target=_hand_over, args=(writes, order), daemon=True).start()
    return process


def _hand_over(writes: int, order: bytes) -> None:
    with suppress(BrokenPipeError), open(writes, "wb") as pipe:
        pipe.write(order)


def _feed(pipe: Any, stream: BinaryIO) -> None:
    with suppress(BrokenPipeError, ValueError), pipe:
        while chunk := stream.read(CHUNK):
            pipe.write(chunk)
