"""The browser's share of Streamlit, sent small: each static file is compressed once and kept.

A first visit fetches some 5 MB in well over a hundred requests; as it comes, none of it is compressed.
"""

import gzip

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TEXT = (".js", ".css", ".html", ".svg", ".json", ".map", ".wasm")
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
    if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].endswith(TEXT):
        return False
    headers = Headers(scope=scope)
    return (
        scope["path"].startswith("/static/")
        and "gzip" in headers.get("accept-encoding", "")
        and not {"range", "if-none-match", "if-modified-since"} & set(headers.keys())
    )


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
        start = self.messages[0]
        plain = "content-encoding" not in Headers(raw=start["headers"])
        return start["status"] == 200 and plain and len(self.body) >= SMALLEST

    def compressed(self) -> tuple[list[tuple[bytes, bytes]], bytes]:
        body = gzip.compress(self.body, compresslevel=9, mtime=0)
        headers = MutableHeaders(raw=list(self.messages[0]["headers"]))
        headers["content-encoding"] = "gzip"
        headers["content-length"] = str(len(body))
        headers.add_vary_header("Accept-Encoding")
        return headers.raw, body
