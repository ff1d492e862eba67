"""The browser's files: compressed once, the same when unpacked; everything else passes as it is."""

import asyncio
import gzip
from typing import NamedTuple

import pytest
from starlette.applications import Starlette
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from lscb_core.ui.static_files import KeptCompressed

CODE = "export const answer = 42; // nothing new under the sun\n" * 200
APP = "/static/js/app.js"
FOR_EVER = {"cache-control": "public, immutable, max-age=31536000"}
UNTOUCHED = {
    "the page": "/",
    "a page's address": "/actions",
    "the address of a file that is not there": "/static/js/none.js",
    "a file that may change": "/static/manifest.json",
    "a tiny file": "/static/js/tiny.js",
    "a picture": "/static/media/icon.png",
    "a file of the application": "/app/static/logo.svg",
    "a download": "/media/table.json",
    "a fault": "/static/js/fault.js",
    "a second way to write a file's address": "/static/./js/app.js",
    "a third way": "/static//js/app.js",
    "a fourth way": "/static/js/../js/app.js",
}


class Files:
    """Stands in for Streamlit: files that never change, its first page for the rest. Counts requests."""

    def __init__(self, folder) -> None:
        self.code, self.page = folder / "app.js", folder / "index.html"
        self.code.write_text(CODE)
        self.page.write_text("<!doctype html>" + "<p></p>" * 400)
        self.asked: list[str] = []

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/{path:path}", self.answer, methods=["GET", "POST"])])

    async def answer(self, request) -> Response:
        path = request.url.path
        self.asked.append(path)
        if path.endswith("fault.js"):
            return PlainTextResponse("no" * 2000, status_code=500, headers=FOR_EVER)
        if path.endswith("tiny.js"):
            return PlainTextResponse("1", headers=FOR_EVER)
        is_code = path.endswith(("app.js", "lib.js", "icon.png", "logo.svg", "table.json"))
        return FileResponse(self.code if is_code else self.page, headers=FOR_EVER if is_code else {})


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture
def files(tmp_path):
    return Files(tmp_path)


@pytest.fixture
def kept(files):
    """The layer around the files, to look into."""
    return KeptCompressed(files.app())


@pytest.fixture
def ask(kept):
    return lambda path=APP, **more: asyncio.run(asked(kept, path, **more))


async def asked(app, path: str = APP, *, method: str = "GET", **headers: str) -> Answer:
    """One request that takes gzip, unless a header says otherwise."""
    sent = []
    named = {"accept-encoding": "gzip, br"} | {key.replace("_", "-"): text for key, text in headers.items()}
    scope = {"type": "http", "method": method, "path": path, "query_string": b"", "root_path": ""}
    scope["headers"] = [(key.encode(), text.encode()) for key, text in named.items()]

    async def take(message) -> None:
        sent.append(message)

    await app(scope, asyncio.Event().wait, take)  # nothing more comes from the visitor
    told = {key.decode(): text.decode() for key, text in sent[0]["headers"]}
    return Answer(sent[0]["status"], told, b"".join(each.get("body", b"") for each in sent[1:]))


def test_a_file_comes_compressed_and_unpacks_to_itself(ask):
    answer = ask()
    assert (answer.status, answer.headers["content-encoding"]) == (200, "gzip")
    assert gzip.decompress(answer.body) == CODE.encode()
    assert answer.headers["content-length"] == str(len(answer.body))
    assert len(answer.body) < len(CODE) / 10


def test_the_file_is_read_and_compressed_once(ask, files):
    assert len({ask().body for _ in range(3)}) == 1
    assert files.asked == [APP]


def test_each_file_is_kept_for_itself(ask, files):
    ask()
    ask("/static/js/lib.js")
    assert files.asked == [APP, "/static/js/lib.js"]


def test_the_headers_for_caching_stay_and_a_proxy_is_told_of_the_two_forms(ask):
    plain, packed = ask(accept_encoding="identity"), ask()
    for name in ("cache-control", "etag", "last-modified", "content-type"):
        assert packed.headers[name] == plain.headers[name]
    assert packed.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", UNTOUCHED.values(), ids=UNTOUCHED)
def test_everything_else_passes_as_it_is_and_takes_no_memory(ask, kept, files, path):
    plain = asyncio.run(asked(files.app(), path))
    assert [ask(path), ask(path)] == [plain, plain]
    assert "content-encoding" not in plain.headers
    assert kept.kept == {}
    assert len(files.asked) == 3


@pytest.mark.parametrize("accepted", ["identity", "br", "gzip;q=0", "br, gzip; q=0.0", "gzip-like", ""])
def test_who_does_not_take_gzip_gets_the_file_as_it_is(ask, accepted):
    ask()  # already kept
    answer = ask(accept_encoding=accepted)
    assert "content-encoding" not in answer.headers
    assert answer.body == CODE.encode()


@pytest.mark.parametrize("accepted", ["gzip", "GZIP", "br;q=1.0, gzip;q=0.8", "deflate,gzip"])
def test_who_takes_gzip_in_whatever_words_gets_it(ask, accepted):
    assert ask(accept_encoding=accepted).headers["content-encoding"] == "gzip"


def test_a_part_of_a_file_is_handed_on(ask):
    ask()
    part = ask(range="bytes=0-5")
    assert (part.status, part.body) == (206, CODE[:6].encode())


@pytest.mark.parametrize(
    ("condition", "known_by"), [("if_none_match", "etag"), ("if_modified_since", "last-modified")]
)
def test_whether_a_visitor_has_the_file_already_is_not_ours_to_say(ask, files, condition, known_by):
    first = ask()
    ask(**{condition: first.headers[known_by]})
    assert files.asked == [APP, APP]


@pytest.mark.parametrize("method", ["HEAD", "POST"])
def test_other_methods_are_handed_on(ask, kept, method):
    assert "content-encoding" not in ask(method=method).headers
    assert kept.kept == {}


def test_many_first_requests_at_once_all_get_the_whole_file(kept):
    async def all_at_once() -> list[Answer]:
        return await asyncio.gather(*(asked(kept) for _ in range(8)))

    assert {gzip.decompress(answer.body) for answer in asyncio.run(all_at_once())} == {CODE.encode()}
    assert len(kept.kept) == 1
