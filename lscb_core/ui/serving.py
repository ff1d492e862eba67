"""How the pages are served: loaded before the first visitor comes, compressed, faults kept to a number."""

import gc
import hashlib
import importlib
import logging
import pkgutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from itsdangerous import Signer
from starlette.middleware import Middleware
from streamlit import config

from lscb_core import ui
from lscb_core.accounts.demonstration import refuse_beside_real_boards
from lscb_core.accounts.secret import keyed
from lscb_core.accounts.sign_ins import standing
from lscb_core.config import now, settings
from lscb_core.db import line
from lscb_core.db.engine import reading
from lscb_core.db.health import warnings
from lscb_core.errors import BoardError, NotNow
from lscb_core.ui import directory
from lscb_core.ui.faults import keep_faults_to_a_number
from lscb_core.ui.gate import Gate
from lscb_core.ui.health import Health
from lscb_core.ui.server_log import take_over_log
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
    take_over_log()
    keep_faults_to_a_number()
    keep_uploads_in_memory()
    if line.is_open(settings().database_url):
        log.warning(line.IN_WORDS)
    try:
        with reading() as session:
            refuse_beside_real_boards(session)
    except BoardError as refusal:
        log.error("The server does not start. %s", refusal)
        raise
    for name in (*HEAVY, *_our_own()):
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    log.info("The server is ready.")
    yield
    log.info("The server has stopped.")


def _our_own() -> list[str]:
    """Every part of the pages: the first visitor of a page should not wait for it to be read."""
    found = pkgutil.iter_modules(ui.__path__, prefix="lscb_core.ui.")
    return [each.name for each in found if each.name != MAIN_SCRIPT]


def middleware() -> list[Middleware]:
    """The layers around the pages, outermost first."""
    base = config.get_option("server.baseUrlPath")
    hosts = settings().allowed_hosts
    open_too = directory.OPEN if directory_is_set_up() else frozenset[str]()
    # Servers of one board that share the secret take each other's signed cookies: a way to the directory that
    # begins at one may end at another. Set before the layers are made.
    config.set_option("server.cookieSecret", keyed("cookies", "streamlit"))
    # The way to the directory is signed with what this says; as it comes, SHA-1.
    Signer.default_digest_method = staticmethod(hashlib.sha256)
    return [
        Middleware(Health, base=base, warnings=warnings(settings().database_url)),
        Middleware(Gate, allowed_hosts=hosts, base=base, is_signed_in=is_signed_in, open_too=open_too),
        Middleware(KeptCompressed),
        Middleware(UploadLimit),
    ]


def directory_is_set_up() -> bool:
    """Whether there is single sign-on. Raises BadInput, and so does not start, where it is set up in part."""
    try:
        return directory.the_directory() is not None
    except BoardError as refusal:
        log.error("The server does not start. %s", refusal)
        raise


def is_signed_in(binding: str) -> bool:
    """Whether the browser with this cookie's hash is signed in: the Gate asks for downloads and uploads."""
    with suppress(NotNow), reading() as session:
        row, _ = standing(session, binding=binding, at=now())
        return row is not None
    return False
