"""Who is signed in, kept in the database, so that it can be ended at once and everywhere.

A sign-in belongs to the cookie of one browser, of which only a hash is kept. It ends after 30 minutes without
use, after 10 hours in any case, when its owner signs out, and when the account's version is raised (password,
role, disabled).
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from lscb_core.db.access import Person, person
from lscb_core.db.recording import tell
from lscb_core.db.tables import Account, SignIn
from lscb_core.db.tables.accounts import IDLE
from lscb_core.errors import NotPermitted

LONGEST = timedelta(hours=10)
SEEN_EVERY = timedelta(minutes=1)
TICKET_LASTS = timedelta(minutes=1)
KEPT_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in that has just begun: its number, and the ticket that fetches the browser's new cookie."""

    sign_in_id: int
    ticket: str


def hashed(token: str) -> str:
    """What is kept of a cookie or a ticket (SHA-256; both are random, so nothing slower is needed)."""
    return hashlib.sha256(token.encode("ascii", "replace")).hexdigest()


def begin(session: Session, *, account: Account, tab_binding: str, way: str, at: datetime) -> Begun:
    """Begin one for the tab that asked, and write it into the history. Does not commit."""
    assert account.id is not None
    session.connection().execute(sa.delete(SignIn).where(col(SignIn.began_at) < at - KEPT_FOR))
    ticket = secrets.token_urlsafe(32)
    row = SignIn(
        account_id=account.id,
        version=account.version,
        way=way,
        binding="",
        tab_binding=tab_binding,
        ticket=hashed(ticket),
        ticket_expires_at=at + TICKET_LASTS,
        began_at=at,
        seen_at=at,
    )
    session.add(row)
    session.flush()
    assert row.id is not None
    _tell(session, row, "sign_in", at)
    return Begun(row.id, ticket)


def redeem(session: Session, *, ticket: str, tab_binding: str, at: datetime) -> str | None:
    """The browser's new cookie for a ticket, once, and only for the browser that signed in. Commits.

    From then on the sign-in belongs to the new cookie alone. None where the ticket is not good.
    """
    row = session.exec(select(SignIn).where(SignIn.ticket == hashed(ticket)).with_for_update()).first()
    fresh = row is not None and row.ticket_expires_at is not None and at <= row.ticket_expires_at
    if row is None or not fresh or not tab_binding or row.tab_binding != tab_binding or row.ended_at:
        return None
    cookie = secrets.token_urlsafe(32)
    row.binding, row.tab_binding, row.ticket, row.ticket_expires_at = hashed(cookie), "", "", None
    session.add(row)
    session.commit()
    return cookie


@dataclass(frozen=True, slots=True)
class Held:
    """A browser's sign-in that holds and whose it is; or neither, and why the last one ended."""

    row: SignIn | None = None
    account: Account | None = None
    why: str = ""


def held(session: Session, *, binding: str, at: datetime, sign_in_id: int | None = None) -> Held:
    """The sign-in of this browser with its account. `why` is "" where there was none.

    `sign_in_id` is the one that this very tab began; without it any tab of the browser that began one counts.
    """
    if not binding:
        return Held()
    tab = sa.and_(col(SignIn.tab_binding) == binding, col(SignIn.ticket) != "")
    if sign_in_id is not None:
        tab = sa.and_(tab, col(SignIn.id) == sign_in_id)
    mine = select(SignIn, Account).join(Account, col(Account.id) == SignIn.account_id)
    mine = mine.where(sa.or_(col(SignIn.binding) == binding, tab)).order_by(col(SignIn.id).desc()).limit(1)
    # What is in memory may be older than what another process has saved.
    found = session.exec(mine.execution_options(populate_existing=True)).first()
    if found is None:
        return Held()
    why = _ended(*found, at)
    return Held(why=why) if why else Held(*found)


def standing(
    session: Session, *, binding: str, at: datetime, sign_in_id: int | None = None
) -> tuple[SignIn | None, str]:
    """As `held`, for whoever need not know whose it is."""
    found = held(session, binding=binding, at=at, sign_in_id=sign_in_id)
    return found.row, found.why


def _ended(row: SignIn, account: Account, at: datetime) -> str:
    """Why a sign-in no longer holds; "" while it does."""
    if row.ended_at is not None:
        return row.ended_why
    if account.disabled_at is not None:
        return "disabled"
    if row.version != account.version:
        return "changed"
    if at - row.seen_at > IDLE:
        return "idle"
    return "longest" if at - row.began_at > LONGEST else ""


def left(row: SignIn, at: datetime) -> tuple[timedelta, bool]:
    """How long it still holds without further use, and whether use can make that longer."""
    unused, whole = IDLE - (at - row.seen_at), LONGEST - (at - row.began_at)
    return min(unused, whole), unused <= whole


def is_old(row: SignIn, at: datetime) -> bool:
    """Whether its use should be noted again."""
    return abs(at - row.seen_at) >= SEEN_EVERY


def seen(session: Session, *, sign_in_id: int, at: datetime) -> None:
    """Note that it is in use. Commits."""
    used = sa.update(SignIn).where(col(SignIn.id) == sign_in_id, col(SignIn.ended_at).is_(None))
    session.connection().execute(used.values(seen_at=at))
    session.commit()


def end(session: Session, *, sign_in_id: int, at: datetime) -> None:
    """End it for every tab and process, and write that into the history. Commits."""
    row = session.get(SignIn, sign_in_id)
    if row is None or row.ended_at is not None:
        return
    _end(session, row, at)
    session.commit()


def others(session: Session, *, besides: SignIn, at: datetime) -> list[SignIn]:
    """The account's other sign-ins that hold, the oldest first: in other browsers, on other machines."""
    mine = select(SignIn, Account).join(Account, col(Account.id) == SignIn.account_id)
    mine = mine.where(SignIn.account_id == besides.account_id, SignIn.id != besides.id)
    found = session.exec(mine.where(col(SignIn.ended_at).is_(None)).order_by(col(SignIn.id))).all()
    return [row for row, account in found if not _ended(row, account, at)]


def end_others(session: Session, *, besides: SignIn, at: datetime) -> int:
    """End them all, each told in the history; gives back how many. Commits."""
    found = others(session, besides=besides, at=at)
    for row in found:
        _end(session, row, at)
    session.commit()
    return len(found)


def _end(session: Session, row: SignIn, at: datetime) -> None:
    row.ended_at, row.ended_why = at, "signed_out"
    session.add(row)
    _tell(session, row, "sign_out", at)


def _tell(session: Session, row: SignIn, act: str, at: datetime) -> None:
    tell(
        session,
        who=_owner(session, row.account_id),
        board_id=None,
        record_kind="account",
        record_id=row.account_id,
        act=act,
        before={},
        after={"way": row.way},
        at=at,
    )


def _owner(session: Session, account_id: int) -> Person:
    """The account's owner; also one who has been disabled meanwhile may sign out."""
    try:
        return person(session, account_id)
    except NotPermitted:
        account = session.get_one(Account, account_id)
        return Person(account_id, account.name, account.label, account.version, ())
