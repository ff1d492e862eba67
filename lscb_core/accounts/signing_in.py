"""Signing in: the throttle first, then the password, then a sign-in of its own in the database."""

import logging
from collections.abc import Callable
from datetime import datetime
from threading import BoundedSemaphore

from sqlmodel import Session, select

from lscb_core.accounts import sign_ins, throttle
from lscb_core.accounts.names import LONGEST_NAME, account_named, plain_name
from lscb_core.accounts.passwords import verify
from lscb_core.accounts.sign_ins import Begun
from lscb_core.accounts.throttle import Counts
from lscb_core.db.access import Person
from lscb_core.db.engine import reading, writing
from lscb_core.db.recording import tell
from lscb_core.db.refusals import note_refusal
from lscb_core.db.tables import Account, Identity
from lscb_core.errors import BoardError

log = logging.getLogger("lscb")
# A password costs a quarter of a second of a processor. Two at a time: nobody can keep the others waiting
# with many at once, or make many tries between the count and the next.
_turns = BoundedSemaphore(2)

Check = Callable[[Account | None], bool]
SIGN_IN = "sign_in"
"""What the history says that a disabled account has tried."""


class NotSignedIn(BoardError):
    """The account and the password do not fit together, or it is too early for another try."""


class NotLinked(NotSignedIn):
    """The council's directory knows whoever asks, and no account here is linked to them."""


def sign_in(*, name: str, password: str, address: str, tab_binding: str, at: datetime) -> Begun:
    """Begin a sign-in by password. Raises NotSignedIn in the same words for every wrong pair."""
    name = plain_name(name)
    with _turns:
        account = _try(name, address, at, lambda kept: verify(password, kept.password_hash if kept else None))
    return _begin(account, tab_binding=tab_binding, way="password", at=at)


def sign_in_by_directory(*, issuer: str, subject: str, tab_binding: str, at: datetime) -> Begun:
    """Begin a sign-in of whoever the council's directory has let in.

    The account is the one linked to this issuer and subject, never one found by a name or an address. Raises
    NotLinked where there is none, NotSignedIn where it is disabled.
    """
    with reading() as session:
        mine = select(Account).join(Identity).where(Identity.issuer == issuer, Identity.subject == subject)
        account = session.exec(mine).first()
    if account is None:
        raise NotLinked(
            "You are not signed in.",
            why="The directory knows you, but no account of this dashboard is linked to you.",
            advice="Ask the administrator of the board.",
        )
    if account.disabled_at is not None:
        _note_disabled(account)
        # They have proved at the directory who they are: no stranger learns that there is such an account.
        raise NotSignedIn(
            "You are not signed in.",
            why="The directory knows you, but your account of this dashboard is switched off.",
            advice="Ask the administrator of the board, who can let it in again.",
        )
    return _begin(account, tab_binding=tab_binding, way="directory", at=at)


def throttled(
    name: str, address: str, at: datetime, check: Check, counts: Counts = throttle.SIGN_IN
) -> Account:
    """The account of that name, where the check holds. Counts failures; raises NotSignedIn.

    For one-time codes, which are tried under the same count as passwords, and for the own old password.
    """
    with _turns:
        return _try(plain_name(name), address, at, check, counts)


def _try(name: str, address: str, at: datetime, check: Check, counts: Counts = throttle.SIGN_IN) -> Account:
    with reading() as session:
        closed = throttle.closed_until(session, name=name, address=address, at=at, counts=counts)
        if closed is not None:
            log.warning("a try at a password or a code was not looked at: too many have failed")
            raise _too_early(closed)
        account = account_named(session, name) if len(name) <= LONGEST_NAME else None
    if check(account) and account is not None:
        if account.disabled_at is None:
            return account
        _note_disabled(account)
    log.warning("a password or a one-time code did not fit")
    with writing() as session:
        if throttle.note_failure(session, name=name, address=address, at=at, counts=counts):
            _tell_closed(session, account, at, counts)
        session.commit()
    raise no_match()


def _note_disabled(account: Account) -> None:
    """The history says that the owner of a disabled account, or somebody with its password, has tried."""
    assert account.id is not None
    with writing() as session:
        note_refusal(session, account.id, account.label, SIGN_IN, board_id=None)


def no_match() -> NotSignedIn:
    """What is said of every wrong pair, whatever is wrong with it."""
    return NotSignedIn(
        "You are not signed in.",
        why="The account and the password do not fit together.",
        advice="Type both again; if you have forgotten the password, ask the administrator.",
    )


def _begin(account: Account, *, tab_binding: str, way: str, at: datetime) -> Begun:
    with writing() as session:
        here = session.get_one(Account, account.id)
        if here.version != account.version or here.disabled_at is not None:
            raise NotSignedIn("You are not signed in.", why="The account was changed just now.")
        throttle.forget(session, name=here.name)
        begun = sign_ins.begin(session, account=here, tab_binding=tab_binding, way=way, at=at)
        here.last_signed_in_at = at
        session.add(here)
        session.commit()
    return begun


def _tell_closed(session: Session, account: Account | None, at: datetime, counts: Counts) -> None:
    """The history says which account was closed; a name that nobody has is in the log alone, without it."""
    if account is None or account.id is None:
        log.warning("sign-in closed for a name without an account, or for an address")
        return
    who = Person(account.id, account.name, account.label, account.version, ())
    tell(
        session,
        who=who,
        board_id=None,
        record_kind="account",
        record_id=account.id,
        act="locked",
        before={},
        after={"way": "old_password"} if counts == throttle.OWN else {},
        at=at,
    )


def _too_early(closed: datetime) -> NotSignedIn:
    return NotSignedIn(
        "You are not signed in.",
        why=f"Too many tries have failed, so none is made until {closed.astimezone():%H:%M}.",
        advice="Wait until then. If it was not you, tell the administrator.",
    )
