"""How the pages are served: loaded before the first visitor comes, compressed, faults kept to a number."""

import gc
import importlib
import logging
import pkgutil
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

from lscb_core import ui
from lscb_core.accounts.demonstration import refuse_beside_real_boards
from lscb_core.db.engine import reading
from lscb_core.errors import BoardError
from lscb_core.ui.notices import show_error
from lscb_core.ui.static_files import KeptCompressed
from lscb_core.ui.uploads import UploadLimit, keep_uploads_in_memory

log = logging.getLogger("lscb")

# The sign-in library is not among them: loaded this early, its own parts are not found.
HEAVY = ("altair", "pandas", "pyarrow", "sqlmodel", "openpyxl")
MAIN_SCRIPT = "lscb_core.ui.shell"


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Import the libraries and our own parts once, then leave them out of every later collection.

    A collection over the libraries costs 46-61 ms; with them frozen next to nothing. Raises BadInput, and
    so does not start, where demonstration accounts stand beside a real board.
    """
    keep_uploads_in_memory()
    with reading() as session:
        refuse_beside_real_boards(session)
    for name in (*HEAVY, *_our_own()):
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    yield


def _our_own() -> list[str]:
    """Every part of the pages: the first visitor of a page should not wait for it to be read."""
    found = pkgutil.iter_modules(ui.__path__, prefix="lscb_core.ui.")
    return [each.name for each in found if each.name != MAIN_SCRIPT]


def middleware() -> list[Middleware]:
    """The layers around the pages, outermost first.

    The Gate (binding cookie, sessions, checks of host and origin, closed downloads) takes its place
    before the compression; until then the sign-in holds for one browser tab.
    """
    return [Middleware(KeptCompressed), Middleware(UploadLimit)]


def report_fault(error: BaseException) -> bool:
    """Log a fault in full, show its number alone. True: nothing else is shown of it.

    What a user may be told (from outside a page: a busy register while signing in) is shown in its words.
    """
    if isinstance(error, BoardError):
        show_error(error)
        return True
    number = reference()
    log.error("fault %s", number, exc_info=error)
    st.error(
        "**This page could not be shown.** Nothing was lost. Try again; if it happens twice, "
        f"give the board manager this number: **{number}**.",
        icon=":material/error:",
    )
    return True


def reference() -> str:
    """A number for one fault, short enough to read out."""
    digits = secrets.token_hex(3).upper()
    return f"{digits[:4]}-{digits[4:]}"
