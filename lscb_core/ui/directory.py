"""Single sign-on beside the password form: the way to the council's directory and back.

The way there is `st.login`, and Streamlit asks the directory and checks its answer. What becomes of the
answer is ours: a sign-in in our database, like one by password. Streamlit's own cookie, good for thirty days
and not to be ended from here, is never made.
"""

import logging
from contextlib import suppress
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from streamlit.auth_util import build_logout_url
from streamlit.web.server.starlette import starlette_auth_routes as streamlits

from lscb_core.accounts.directory import CALLBACK, Directory, Vouched, directory, not_vouched, vouched
from lscb_core.accounts.secret import keyed
from lscb_core.accounts.sign_ins import redeem
from lscb_core.accounts.signing_in import NotLinked, NotSignedIn, sign_in_by_directory
from lscb_core.config import now, settings
from lscb_core.db.engine import writing
from lscb_core.errors import BoardError
from lscb_core.ui import directory_trip as trip
from lscb_core.ui.directory_brake import Brake
from lscb_core.ui.directory_words import told
from lscb_core.ui.entering import base_path, has_left, led_out
from lscb_core.ui.gate import new_cookie
from lscb_core.ui.signed_out import first_page

log = logging.getLogger("lscb")
LOGIN, LEAVE = "/auth/login", "/leave_directory"
OPEN = frozenset({LOGIN, CALLBACK})
"""Addresses of the platform that the Gate lets by where there is single sign-on; its logout is not one."""
THE_ONE = "default"

_leaving, _returning = Brake(), Brake()
_answer: ContextVar[list[dict[str, Any]] | None] = ContextVar("answer", default=None)


@lru_cache(maxsize=1)
def the_directory() -> Directory | None:
    """The council's directory, where one is set up. Raises BadInput where it is set up in part."""
    return directory(settings())


def secrets() -> dict[str, Any] | None:
    """What Streamlit is told of the directory; None where there is none.

    Only that somebody is known is asked for ("openid"): neither a name nor an address comes here.
    """
    known = the_directory()
    if known is None:
        return None
    asked = {"scope": "openid", "prompt": "select_account", "code_challenge_method": "S256"}
    auth = {
        "redirect_uri": known.callback,
        "cookie_secret": keyed("cookies", "streamlit"),
        "client_id": known.client_id,
        "client_secret": known.client_secret,
        "server_metadata_url": known.about,
        "client_kwargs": asked,
    }
    return {"auth": auth}


def routes() -> list[Route]:
    """The addresses of the way, in place of Streamlit's; none where no directory is set up."""
    if the_directory() is None:
        return []
    vars(streamlits)["_set_auth_cookie"] = _take_answer
    ways = ((LOGIN, _to_directory), (CALLBACK, _back), (LEAVE, _leave))
    return [Route(base_path() + path, way, methods=["GET"]) for path, way in ways]


def go(binding: str, back: str) -> None:
    """Send this tab's browser to the directory, and from there back to `back` (a button's callback)."""
    trip.want(binding, back)
    st.login()


async def _take_answer(_response: Response, user_info: dict[str, Any], tokens: dict[str, Any]) -> None:
    """In place of Streamlit's own, which gives the browser a cookie: the answer goes no further than here."""
    answers = _answer.get()
    if answers is not None:
        answers.append({"claims": user_info, "id_token": tokens.get("id_token", "")})


async def _to_directory(request: Request) -> Response:
    """On to the directory. The browser's own cookie is noted: only there the way can come to its end."""
    trip.begin(request)
    try:
        _leaving.check(_address(request), at=now())
        answer = await streamlits._auth_login(request, base_path())
        if answer.status_code >= 400:
            raise not_vouched()
    except NotSignedIn as refused:
        log.warning("a way to the directory was not begun")
        return told(refused, _wanted(request))
    return answer


async def _back(request: Request) -> Response:
    """Back from the directory: a sign-in where it vouches for somebody who is linked, else words."""
    if not {"state", "code", "error"} & set(request.query_params):
        return _out(request)
    known, who, back = the_directory(), None, _wanted(request)
    try:
        if known is None or not trip.is_ours(request):
            raise not_vouched()
        _returning.check(_address(request), at=now())
        who = await _vouched(request, known)
        cookie = await run_in_threadpool(_begun, who, trip.binding_of(request))
    except BoardError as refused:
        log.warning("a way through the directory led to no sign-in")
        return told(refused, back, who if isinstance(refused, NotLinked) else None)
    trip.end(request)
    answer = RedirectResponse(back, status_code=303)
    new_cookie(request.scope, answer.headers, cookie)
    return answer


async def _vouched(request: Request, known: Directory) -> Vouched:
    """Have Streamlit fetch and check the directory's answer. Raises NotSignedIn without a good one."""
    answers: list[dict[str, Any]] = []
    before = _answer.set(answers)
    try:
        await streamlits._auth_callback(request, base_path())
    finally:
        _answer.reset(before)
    if len(answers) != 1:
        raise not_vouched()
    return vouched(known, **answers[0])


def _begun(who: Vouched, binding: str) -> str:
    """Begin the sign-in and give the browser's new cookie. Raises NotSignedIn or NotNow."""
    at = now()
    begun = sign_in_by_directory(issuer=who.issuer, subject=who.subject, tab_binding=binding, at=at)
    with writing() as session:
        cookie = redeem(session, ticket=begun.ticket, tab_binding=binding, at=at)
    if cookie is None:
        raise not_vouched()
    return cookie


async def _leave(request: Request) -> Response:
    """A cookie that nobody has been signed in with, and on to the directory's own sign-out if it has one."""
    left = await has_left(request)
    there = await _end_of_session()
    if there and left:
        trip.note_leaving(request)
    return led_out(request, has_left=left, first=there)


def _out(request: Request) -> Response:
    """Back from the directory's own sign-out: the first page, which says so once."""
    first = f"{base_path()}/"
    if trip.has_left(request):
        first = first_page(base_path(), trip.binding_of(request))
    return RedirectResponse(first, status_code=303)


async def _end_of_session() -> str:
    known = the_directory()
    if known is None:
        return ""
    with suppress(Exception):  # whatever is wrong there: here the person has signed out
        client, callback = streamlits._create_oauth_client(THE_ONE)
        address = (await client.load_server_metadata()).get("end_session_endpoint")
        return build_logout_url(address, known.client_id, callback) if address else ""
    return ""


def _address(request: Request) -> str:
    """Where the visitor comes from: the proxy's word, where one stands before."""
    return request.client.host if request.client else ""


def _wanted(request: Request) -> str:
    """The address of the page that was wanted before the way began."""
    return base_path() + trip.wanted(request)
