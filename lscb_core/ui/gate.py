"""The Gate: the outer layer around the pages. Everything that comes from outside passes here first.

It gives each browser a cookie of its own and hands the pages its hash, which nobody can forge; refuses hosts
and origins that are not ours; closes downloads and uploads to whoever is not signed in; hides the platform's
internal addresses; bounds what may be sent, and how fast; and adds the security headers.
"""

import logging
import re
import secrets
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lscb_core.accounts.sign_ins import hashed
from lscb_core.ui import gate_rules as rules
from lscb_core.ui.gate_pace import Pace
from lscb_core.ui.gate_rules import Asked

log = logging.getLogger("lscb")
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
BINDING = b"x-lscb-bind"
OURS = b"x-lscb-"

IsSignedIn = Callable[[str], bool]
"""Whether the browser with this cookie's hash is signed in; may ask the database."""


class Gate:
    """The layer itself; `base` is the path below which all is served, "" for the whole host.

    `is_signed_in` is asked for downloads and uploads alone; `open_too` are addresses of the platform that
    this installation needs.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        allowed_hosts: str,
        base: str,
        is_signed_in: IsSignedIn,
        open_too: frozenset[str] = frozenset(),
    ) -> None:
        self.app, self.base = app, base.strip("/")
        self.allowed_hosts = frozenset(filter(None, allowed_hosts.lower().replace(" ", "").split(",")))
        self.is_signed_in, self.open_too = is_signed_in, open_too
        self.pace = Pace()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request or one websocket."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        asked = Asked.of(scope, base=self.base)
        token = asked.cookie(rules.cookie_name(asked))
        fresh = not TOKEN.fullmatch(token)
        token = secrets.token_urlsafe(32) if fresh else token
        again = fresh and rules.follows_link(asked)
        sends = _answers(send, asked, token if fresh and rules.may_get_cookie(asked) else "")
        status = rules.refusal(asked, self.allowed_hosts, self.open_too)
        if refused := status or await self._stranger(asked, token):
            log.warning("the Gate refused (%s): %s", asked.kind, refused)
            await _refuse(refused, scope, receive, sends)
            return
        if again:
            address = rules.once_more(asked, base=self.base, query=scope["query_string"])
            await Response(headers={"refresh": f"0;url={address}"})(scope, receive, sends)
            return
        binding = hashed(token)
        bound = {**scope, "headers": _bound(scope["headers"], binding)}
        await self.app(bound, self.pace.paced(rules.bounded(asked, receive), binding), sends)

    async def _stranger(self, asked: Asked, token: str) -> int:
        """403 for a download or an upload of somebody who is not signed in."""
        if not rules.needs_sign_in(asked) or await run_in_threadpool(self.is_signed_in, hashed(token)):
            return 0
        return 403


def _bound(headers: list[tuple[bytes, bytes]], binding: str) -> list[tuple[bytes, bytes]]:
    """The headers with ours, and with none of that name that a visitor has sent."""
    theirs = [(name, value) for name, value in headers if not name.lower().startswith(OURS)]
    return [*theirs, (BINDING, binding.encode("ascii"))]


async def _refuse(status: int, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()  # the offer to connect; closed before it is taken up, it is answered with 403
        await send({"type": "websocket.close", "code": 1008})
        return
    await PlainTextResponse(rules.WORDS[status], status_code=status)(scope, receive, send)


def _answers(send: Send, asked: Asked, new_token: str) -> Send:
    """Send on, with the security headers, and with the cookie where the browser has none yet."""

    async def sending(message: Message) -> None:
        if message["type"] in ("http.response.start", "websocket.accept"):
            headers = MutableHeaders(raw=list(message.get("headers", [])))
            if message["type"] == "http.response.start":
                rules.secure(headers, asked)
                if message["status"] >= 400:
                    headers.setdefault("content-type", "text/plain; charset=utf-8")
            if new_token and not _sets(headers, rules.cookie_name(asked)):
                headers.append("set-cookie", rules.cookie(asked, new_token))
            message = {**message, "headers": headers.raw}
        await send(message)

    return sending


def new_cookie(scope: Scope, headers: MutableHeaders, token: str = "") -> None:
    """Give the browser another cookie with this answer: the one given, or one that nobody has seen."""
    headers.append("set-cookie", rules.cookie(Asked.of(scope), token or secrets.token_urlsafe(32)))


def _sets(headers: MutableHeaders, name: str) -> bool:
    """Whether the answer brings this cookie already (just after signing in)."""
    return any(value.startswith(f"{name}=") for value in headers.getlist("set-cookie"))
