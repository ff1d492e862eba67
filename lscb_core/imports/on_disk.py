"""A file of the server's own disk: opened only where it is a real file, and read as it was hashed."""

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

from lscb_core.errors import BadInput


def name_of(path: Path) -> str:
    """The file's name as it can be shown and stored: without signs that cannot be seen."""
    return "".join(sign for sign in path.name if sign.isprintable()) or "file"


@contextmanager
def opened(path: Path) -> Iterator[BufferedReader]:
    """The file, open at its beginning.

    Raises BadInput where it cannot be opened or is no file (a folder, a pipe), and at the end of the block
    where it was changed meanwhile: its hash would then be another file's.
    """
    with _stream_of(path) as stream:
        before = _state(stream)
        yield stream
        if _state(stream) != before:
            raise BadInput(
                "The file was changed while it was read.",
                why="Nothing was saved.",
                advice="Wait until it is complete, then send it again.",
            )


def _stream_of(path: Path) -> BufferedReader:
    try:
        # Asked before it is opened: a pipe would wait for somebody to write.
        is_file = stat.S_ISREG(path.stat().st_mode)
        stream = path.open("rb") if is_file else None
    except (OSError, ValueError) as problem:
        raise BadInput(
            "The file could not be opened.",
            why=f"{getattr(problem, 'strerror', None) or 'This is no name of a file'}.",
            advice="Check its name.",
        ) from problem
    if stream is None:
        raise BadInput(
            "This is not a file.",
            why="It is a folder, a pipe or a device.",
            advice="Save what you want to take in as a file, and name that.",
        )
    return stream


def _state(stream: BufferedReader) -> tuple[int, int]:
    held = os.fstat(stream.fileno())
    return held.st_size, held.st_mtime_ns


def size_and_hash(stream: BufferedReader, *, most: int) -> tuple[int, str]:
    """Bytes, and SHA-256 in hexadecimal; of a file larger than `most` bytes, which is refused, no hash."""
    size = os.fstat(stream.fileno()).st_size
    return size, hashlib.file_digest(stream, "sha256").hexdigest() if size <= most else ""
