"""Two addresses between the pages: one brings a browser its new cookie after signing in, one after that ends.

A page speaks with the browser over a websocket, which cannot set a cookie. So it sends the browser here, with
a ticket that is good once, for a minute, and only beside the cookie with which it was asked for.
"""

import secrets
from datetime import datetime
from urllib.parse import urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from streamlit import config
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

from lscb_core.accounts.sign_ins import hashed, redeem
from lscb_core.config import now
from lscb_core.db.engine import writing
from lscb_core.errors import NotNow
from lscb_core.ui.gate import BINDING, new_cookie
from lscb_core.ui.signed_out import first_page, has_signed_out

ENTER, LEAVE = "/enter", "/leave"
FORGET = {"clear-site-data": '"cache", "storage"'}
"""Tells a browser to drop what it keeps of these pages (not the cookie: a new one comes along)."""


def routes() -> list[Route]:
    """Both addresses, for the application; the Gate stands before them as before everything."""
    ways = ((ENTER, _enter), (LEAVE, _leave))
    return [Route(base_path() + path, way, methods=["GET"]) for path, way in ways]


def send_to_enter(ticket: str, *, back: str) -> None:
    """Send this tab's browser for its new cookie, and from there back to `back` (a path with its query)."""
    send_to(f"{ENTER}?{urlencode({'ticket': ticket, 'to': back})}")


def send_to_leave() -> None:
    """Send this tab's browser for a cookie that nobody has been signed in with."""
    send_to(LEAVE)


def send_to(address: str) -> None:
    """The platform's own message for a sign-in elsewhere: the browser goes there with the whole tab."""
    context = get_script_run_ctx()
    if context is not None:
        message = ForwardMsg()
        message.auth_redirect.url = base_path() + address
        context.enqueue(message)


async def _enter(request: Request) -> Response:
    """The new cookie for a ticket; without a good one the browser comes back as it was."""
    ticket, back = request.query_params.get("ticket", ""), request.query_params.get("to", "/")
    binding = request.headers.get(BINDING.decode(), "")
    cookie = await run_in_threadpool(_redeemed, ticket, binding, now())
    answer = RedirectResponse(base_path() + local(back), status_code=303)
    if cookie is not None:
        new_cookie(request.scope, answer.headers, cookie)
    return answer


def _redeemed(ticket: str, binding: str, at: datetime) -> str | None:
    try:
        with writing() as session:
            return redeem(session, ticket=ticket, tab_binding=binding, at=at)
    except NotNow:
        return None  # the tab is then asked to sign in again


async def _leave(request: Request) -> Response:
    """A new cookie: the old one, with which somebody was signed in, is of no use any more."""
    return led_out(request, has_left=await has_left(request))


async def has_left(request: Request) -> bool:
    """Whether somebody has just signed out in the browser that asks."""
    return await run_in_threadpool(has_signed_out, request.headers.get(BINDING.decode(), ""))


def led_out(request: Request, *, has_left: bool, first: str = "") -> Response:
    """An answer with a cookie that nobody has been signed in with, on the way to `first` or the first page.

    That page says once that somebody `has_left`.
    """
    token = secrets.token_urlsafe(32)
    first = first or (first_page(base_path(), hashed(token)) if has_left else f"{base_path()}/")
    answer = RedirectResponse(first, status_code=303, headers=FORGET)
    new_cookie(request.scope, answer.headers, token)
    return answer


def local(back: str) -> str:
    """A path of ours with its query, whatever was asked for: never another host."""
    try:
        parts = urlsplit(back.replace("\\", "/"))
    except ValueError:  # no address at all, such as "//["
        return "/"
    path = "/" + parts.path.strip("/")
    plain = path.replace("/", "").replace("_", "").isalnum() or path == "/"
    if parts.scheme or parts.netloc or not plain or not path.isascii():
        return "/"
    return f"{path}?{parts.query}" if parts.query else path


def base_path() -> str:
    """The path below which all is served, with a slash before it; "" for the whole host."""
    base = config.get_option("server.baseUrlPath").strip("/")
    return f"/{base}" if base else ""
