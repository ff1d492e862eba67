"""Uploads stay in memory, come only where a page asks for one, and are no larger than it allows.

A file about children may not lie in a temporary file, not even for a moment; Starlette would put every upload
above 1 MB there. Streamlit's own limit is one for all pages, so what a page allows is held here.
"""

from io import BytesIO
from typing import Any

from cachetools import TTLCache
from starlette import formparsers
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec

from lscb_core.ui.gate import BINDING
from lscb_core.ui.signin import binding

MEGABYTE = 1024 * 1024
FRAME = 64 * 1024
"""Bytes that a form adds around its file."""
UPLOADS = "/_stcore/upload_file/"
SECONDS = 12 * 3600

# Session of the server -> the most bytes that its page asks for just now; the file that it has got.
_allowed: TTLCache[str, int] = TTLCache(maxsize=10_000, ttl=SECONDS)
_held: TTLCache[str, str] = TTLCache(maxsize=10_000, ttl=SECONDS)
# Session -> its browser, as the Gate names it. A session's number stands in addresses, so others may know it.
_browsers: TTLCache[str, str] = TTLCache(maxsize=10_000, ttl=SECONDS)


class InMemory(BytesIO):
    """Where an upload is gathered, in place of a file that goes to disk when it grows."""

    _rolled = False  # so Starlette asks whether it lies on disk
    _max_size = 0  # and how large it may grow: without end

    def __init__(self, max_size: int = 0) -> None:
        super().__init__()

    def read(self, size: int | None = -1, /) -> bytes:
        """All at once comes without a second copy, which matters for a census."""
        whole = self.tell() == 0 and (size is None or size < 0)
        return self.getvalue() if whole else super().read(size)


def keep_uploads_in_memory() -> None:
    """Have Starlette gather uploads in memory, whatever their size, and Streamlit keep them there once.

    Streamlit copies the value of each widget on every run of a page; the copy of a file shares its bytes.
    """
    vars(formparsers)["SpooledTemporaryFile"] = InMemory
    for copying in ("__copy__", "__deepcopy__"):
        setattr(UploadedFile, copying, _sharing)


def _sharing(file: UploadedFile, _memory: Any = None) -> UploadedFile:
    record = UploadedFileRec(file.file_id, file.name, file.type, file.getvalue())
    return UploadedFile(record, file._file_urls)


def allow_upload(megabytes: int) -> None:
    """Say how large a file this session's page asks for."""
    if context := get_script_run_ctx():
        _allowed[context.session_id] = megabytes * MEGABYTE
        _browsers[context.session_id] = binding()


def hold_upload(file_id: str) -> None:
    """Note which file this session is looking at; one that it looked at before is dropped."""
    if context := get_script_run_ctx():
        before = _held.get(context.session_id)
        if before not in (None, file_id):
            drop_upload(before)
        _held[context.session_id] = file_id


def leave_uploads() -> None:
    """Drop what this session has uploaded and left; no file may come until a page asks for one again."""
    if context := get_script_run_ctx():
        _allowed.pop(context.session_id, None)
        if file_id := _held.pop(context.session_id, None):
            drop_upload(file_id)


def drop_upload(file_id: str) -> None:
    """Take an uploaded file of this session out of memory."""
    context = get_script_run_ctx()
    if context and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(context.session_id, file_id)


class UploadLimit:
    """Refuses an upload before its first byte: no page of that browser asks for one, or it is too large."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let by what is not an upload, or one that may come."""
        refused = _refused(scope) if scope["type"] == "http" and scope["method"] in ("PUT", "DELETE") else 0
        if refused:
            words = {
                403: "No page asks for a file.",
                411: "The size is not told.",
                413: "The file is too large.",
            }
            await PlainTextResponse(words[refused], status_code=refused)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _refused(scope: Scope) -> int:
    """The status of the refusal; 0 where it may come."""
    _, is_upload, rest = scope["path"].partition(UPLOADS)
    if not is_upload:
        return 0
    session, is_sent = rest.partition("/")[0], scope["method"] == "PUT"
    browser, most = Headers(scope=scope).get(BINDING.decode(), ""), _allowed.get(session, 0)
    if browser != _browsers.get(session, "") or (is_sent and not most):
        return 403
    size = _length(scope) if is_sent else 0
    return 411 if size is None else 413 if size > most + FRAME else 0


def _length(scope: Scope) -> int | None:
    headers: dict[bytes, Any] = dict(scope["headers"])
    told = headers.get(b"content-length", b"")
    return int(told) if told.isdigit() else None
