"""Reading an upload with its progress on screen, and working out what it would change."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import PurePath
from threading import BoundedSemaphore
from typing import Any

import streamlit as st

from lscb_core.commands.imports import FileFacts, Taken, note_refusal, preview
from lscb_core.config import now, today
from lscb_core.imports.confined import read_file
from lscb_core.imports.reading import Reading
from lscb_core.queries.import_asking import asked_for
from lscb_core.ui import import_memory as memory
from lscb_core.ui.acting import acting
from lscb_core.ui.cache import stand
from lscb_core.ui.context import Page
from lscb_core.ui.import_memory import Seen

CHUNK = 1_000_000
AT_ONCE = BoundedSemaphore(2)
"""So many files are read at the same time; others wait, so that memory stays bounded."""
UNSEEN = re.compile("[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def read_upload(page: Page, kind: str, upload: Any) -> tuple[Seen, Reading]:
    """What stands in the file, read now or taken from memory. Raises ReadingFailed."""
    file = _facts(upload)
    asked = asked_for(page.session, board_id=page.view.board_id, file=file.name, today=today())
    key = memory.key_of(kind, file, page.view.board_id, asked)
    made = memory.reading_of(key)
    if made is None:
        with _progress() as told:
            upload.seek(0)
            made = read_file(kind, upload, asked=asked, progress=told)
        memory.keep_reading(key, made)
    return Seen(key, file, upload.file_id, page.person.id, page.stand.number), made


def _facts(upload: Any) -> FileFacts:
    """The file's name, hash and size. In pieces: the upload is not copied for it."""
    digest = hashlib.sha256()
    upload.seek(0)
    while piece := upload.read(CHUNK):
        digest.update(piece)
    name = UNSEEN.sub("", PurePath(upload.name.replace("\\", "/")).name).strip()
    return FileFacts(name or "file", digest.hexdigest(), upload.size)


@contextmanager
def _progress() -> Iterator[Any]:
    """A bar with what is being done; it goes when the reading ends."""
    bar = st.progress(0.0, "Waiting for another file to be read")
    last = 0.0

    def told(what: str, part: float) -> None:
        nonlocal last
        last = min(max(part, 0.0), 1.0) if part >= 0 else last
        bar.progress(last, what)

    while not AT_ONCE.acquire(timeout=0.5):
        bar.progress(0.0, "Waiting for another file to be read")
    try:
        told("Opening the file", 0.0)
        yield told
    finally:
        AT_ONCE.release()
        bar.empty()


def worked_out(seen: Seen, made: Reading) -> tuple[Seen, Taken]:
    """What the file would change, and on which state of the register that stands. Raises BoardError."""
    taken = memory.preview_of(seen)
    if taken is None:
        with st.spinner("Comparing it with what is held"), acting() as session:
            seen = replace(seen, revision=stand(session).number)
            taken = preview(session, **_what(seen, made))
        memory.keep_preview(seen, taken)
    return seen, taken


def note_refused(seen: Seen, made: Reading) -> bool:
    """Keep that the file was refused; False where that was noted before. Raises NotPermitted."""
    if memory.is_told(seen.key, seen.actor):
        return False
    with acting() as session:
        note_refusal(session, **_what(seen, made))
    return True


def _what(seen: Seen, made: Reading) -> dict[str, Any]:
    return {
        "actor": seen.actor,
        "board_id": seen.key.board_id,
        "file": seen.file,
        "reading": made,
        "at": now(),
    }
