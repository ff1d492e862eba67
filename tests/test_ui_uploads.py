"""Uploads stay in memory, come only where a page asks for one, and are no larger than it allows."""

import asyncio
import os
from copy import deepcopy
from pathlib import Path

import pytest
from starlette import formparsers
from starlette.datastructures import Headers
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec
from streamlit.testing.v1 import AppTest

from lscb_core.ui import uploads
from lscb_core.ui.uploads import InMemory, UploadLimit, keep_uploads_in_memory

FORM = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.xml"\r\n\r\n'
MEGABYTE = 1024 * 1024


def gathered(content: bytes) -> bytes:
    """An upload as Starlette takes it in, piece by piece. Fails where it lies on disk meanwhile."""

    async def pieces():
        yield FORM
        for start in range(0, len(content), MEGABYTE):
            yield content[start : start + MEGABYTE]
            seen.append(on_disk() - before)
        yield b"\r\n--x--\r\n"

    async def take():
        head = Headers({"Content-Type": "multipart/form-data; boundary=x"})
        form = await formparsers.MultiPartParser(head, pieces()).parse()
        whole = await form["file"].read()
        await form["file"].close()
        return whole

    seen: list[set[str]] = []
    before = on_disk()  # the tests' own capture of what is printed
    whole = asyncio.run(take())
    assert len(seen) == len(range(0, len(content), MEGABYTE))
    assert not any(seen), "the upload lay on disk"
    return whole


def on_disk() -> set[str]:
    """The files that this process holds and that are in no folder: so a temporary one looks."""
    links = (Path("/proc/self/fd") / name for name in os.listdir("/proc/self/fd"))
    return {name for link in links if link.is_symlink() and "(deleted)" in (name := os.readlink(link))}


def test_an_upload_is_gathered_in_memory_whatever_its_size(monkeypatch):
    monkeypatch.setattr(formparsers, "SpooledTemporaryFile", formparsers.SpooledTemporaryFile)
    keep_uploads_in_memory()
    content = os.urandom(3 * MEGABYTE)
    assert gathered(content) == content


def test_without_our_part_an_upload_would_lie_on_disk(monkeypatch):
    """Otherwise the test above could not tell."""
    from tempfile import SpooledTemporaryFile

    monkeypatch.setattr(formparsers, "SpooledTemporaryFile", SpooledTemporaryFile)
    with pytest.raises(AssertionError, match="lay on disk"):
        gathered(os.urandom(3 * MEGABYTE))


def test_a_gathered_file_is_handed_on_without_a_second_copy():
    held = InMemory(max_size=10)
    held.write(b"a" * 1000)
    held.seek(0)
    first = held.read()
    assert first is held.getvalue()
    held.seek(998)
    assert held.read() == b"aa"
    held.seek(0)
    assert held.read(2) == b"aa"


def test_the_copy_that_streamlit_makes_on_each_run_shares_the_bytes(monkeypatch):
    monkeypatch.setattr(formparsers, "SpooledTemporaryFile", formparsers.SpooledTemporaryFile)
    keep_uploads_in_memory()
    file = UploadedFile(UploadedFileRec("1", "a.xml", "text/xml", os.urandom(1000)), FileURLs())
    again = deepcopy(file)
    assert again.getvalue() is file.getvalue()
    assert (again.name, again.file_id, again.size, again) == ("a.xml", "1", 1000, file)
    again.read(10)
    assert file.tell() == 0


@pytest.fixture
def asked(monkeypatch):
    """The sessions whose page asks for a file."""
    sessions: dict[str, int] = {"mine": 2 * MEGABYTE}
    monkeypatch.setattr(uploads, "_allowed", sessions)
    return sessions


def answer(path: str, *, method="PUT", size: object = 10) -> int:
    """The status of the answer; 200 is what stands behind the layer."""

    async def behind(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def ask():
        heads = [] if size is None else [(b"content-length", str(size).encode())]
        scope = {"type": "http", "method": method, "path": path, "headers": heads}
        await UploadLimit(behind)(scope, None, send)

    async def send(message):
        sent.append(message)

    sent: list[dict] = []
    asyncio.run(ask())
    return sent[0]["status"]


UPLOAD = "/_stcore/upload_file/mine/1"


@pytest.mark.usefixtures("asked")
def test_an_upload_comes_only_where_a_page_asks_for_one_and_as_large_as_it_allows():
    assert answer(UPLOAD) == 200
    assert answer(UPLOAD, size=2 * MEGABYTE) == 200
    assert answer(UPLOAD, size=2 * MEGABYTE + uploads.FRAME + 1) == 413
    assert answer(UPLOAD, size=None) == 411
    assert answer(UPLOAD, size="1e3") == 411
    assert answer("/_stcore/upload_file/another/1") == 403
    assert answer("/base/_stcore/upload_file/another/1") == 403
    assert answer(UPLOAD, method="DELETE", size=None) == 200
    assert answer("/_stcore/health", size=None) == 200


def small_page() -> None:
    """Asks for a file of 7 MB; drops it when told to, or when it is left."""
    import streamlit as st
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    from lscb_core.ui.uploads import allow_upload, drop_upload, hold_upload, leave_uploads

    allow_upload(7)
    given = st.file_uploader("File")
    if given:
        hold_upload(given.file_id)
        st.button("Drop", on_click=drop_upload, args=(given.file_id,))
        st.button("Leave", on_click=leave_uploads)
    context = get_script_run_ctx()
    st.markdown(f"HELD {context.uploaded_file_mgr.get_stats() != {}}")


@pytest.mark.parametrize("button", ["Drop", "Leave"])
def test_a_page_allows_its_size_and_drops_the_file_out_of_memory(asked, button):
    app = AppTest.from_function(small_page).run()
    assert asked["test session id"] == 7 * MEGABYTE
    app.file_uploader[0].set_value(("a.csv", b"1,2", "text/csv")).run()
    assert app.markdown[0].value == "HELD True"
    next(each for each in app.button if each.label == button).click().run()
    assert app.markdown[0].value == "HELD False"
