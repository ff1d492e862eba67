"""The browser's share of Streamlit, sent small: each static file is compressed once and kept.

A first visit fetches some 5 MB in well over a hundred requests; as it comes, none of it is compressed.
"""

import gzip
import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# One way to write each file's address, and only of files: strangers must not be able to fill the memory.
TEXT = re.compile(r"/static(/\w[\w.-]*)+\.(js|css|svg|json|map|wasm)", re.ASCII)
SMALLEST = 1024


class KeptCompressed:
    """Answers requests for static text files from memory, compressed; hands everything else on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.kept: dict[str, tuple[list[tuple[bytes, bytes]], bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if not _wanted(scope):
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        if path not in self.kept:
            answer = _Answer()
            await self.app(scope, receive, answer.take)
            if not answer.may_be_kept():
                await answer.give(send)
                return
            self.kept[path] = answer.compressed()
        headers, body = self.kept[path]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def _wanted(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET" or not TEXT.fullmatch(scope["path"]):
        return False
    headers = Headers(scope=scope)
    asks_for_part = {"range", "if-none-match", "if-modified-since"} & set(headers.keys())
    return not asks_for_part and _takes_gzip(headers.get("accept-encoding", ""))


def _takes_gzip(accepted: str) -> bool:
    """Whether gzip is named, and not with the weight 0 that refuses it."""
    named = (each.replace(" ", "").lower().partition(";q=") for each in accepted.split(","))
    return any(name == "gzip" and (weight.strip("0.") or not given) for name, given, weight in named)


class _Answer:
    """What the application would have sent."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    async def take(self, message: Message) -> None:
        self.messages.append(message)

    async def give(self, send: Send) -> None:
        for message in self.messages:
            await send(message)

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.messages[1:])

    def may_be_kept(self) -> bool:
        """A whole file that never changes. For an address without a file Streamlit answers its first page."""
        start = self.messages[0]
        headers = Headers(raw=start["headers"])
        is_file = start["status"] == 200 and "immutable" in headers.get("cache-control", "")
        return is_file and "content-encoding" not in headers and len(self.body) >= SMALLEST

    def compressed(self) -> tuple[list[tuple[bytes, bytes]], bytes]:
        body = gzip.compress(self.body, compresslevel=9, mtime=0)
        headers = MutableHeaders(raw=list(self.messages[0]["headers"]))
        headers["content-encoding"] = "gzip"
        headers["content-length"] = str(len(body))
        headers.add_vary_header("Accept-Encoding")
        return headers.raw, body
