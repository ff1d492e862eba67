"""Why a sign-in has ended, in words; and how a browser that was led away after signing out is told so.

It comes back with a new cookie, and what its tab knew is gone. The word goes along in the address, signed for
this one browser's new cookie and good for a minute. Nobody else who opens such an address is told anything.
"""

import hmac
from contextlib import suppress
from datetime import datetime, timedelta

import streamlit as st

from lscb_core.accounts.secret import keyed
from lscb_core.accounts.sign_ins import standing
from lscb_core.config import now
from lscb_core.db.engine import reading
from lscb_core.errors import NotNow

LEFT = "left"
GOOD_FOR = timedelta(minutes=1)
SIGNED_OUT = "signed_out"
ENDED = {
    SIGNED_OUT: "You have signed out.",
    "idle": "You were signed out after 30 minutes without use.",
    "longest": "You were signed out: ten hours are the longest that anybody stays signed in.",
    "changed": "You were signed out, because your password or your role has been changed.",
    "disabled": "You were signed out, because this account may no longer sign in.",
}


def has_signed_out(binding: str) -> bool:
    """Whether whoever was signed in in this browser has signed out; no, while the database is away."""
    with suppress(NotNow), reading() as session:
        return standing(session, binding=binding, at=now())[1] == SIGNED_OUT
    return False


def first_page(base: str, binding: str) -> str:
    """The address of the first page, with the word for the browser whose new cookie has this hash."""
    until = int((now() + GOOD_FOR).timestamp())
    return f"{base}/?{LEFT}={until}.{_sign(until, binding)}"


def is_told_so(binding: str) -> bool:
    """Whether this tab's address says, for this very browser, that somebody has just left. Said once."""
    until, _, sign = st.query_params.pop(LEFT, "").partition(".")
    if not (binding and until.isdecimal() and len(until) < 12):
        return False
    good = hmac.compare_digest(sign.encode(), _sign(int(until), binding).encode())
    return good and now() <= datetime.fromtimestamp(int(until), now().tzinfo)


def _sign(until: int, binding: str) -> str:
    return keyed(LEFT, f"{until} {binding}")[:32]
