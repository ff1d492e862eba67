"""Tries to sign in are counted, for each account and each address, in the database.

After five failures within fifteen minutes nothing is tried for fifteen minutes. Tries during that time are
not counted, so nobody can make it longer. Names that do not exist are counted alike: nobody learns which do.

Whoever is signed in and types the old password, to change it, is counted apart: strangers who fail at the
sign-in cannot keep the owner from changing it, and somebody at a screen left open cannot guess without end.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.accounts.secret import keyed
from lscb_core.db.tables import FailedTry

TRIES = 5
WINDOW = timedelta(minutes=15)
CLOSED_FOR = timedelta(minutes=15)
KEPT_FOR = timedelta(days=1)
Counts = Literal["sign_in", "own"]
SIGN_IN: Counts = "sign_in"
"""Tries of strangers: passwords and one-time codes, for each account and each address."""
OWN: Counts = "own"
"""Tries of whoever is signed in at their own old password, for each account and from wherever."""


def closed_until(
    session: Session, *, name: str, address: str, at: datetime, counts: Counts = SIGN_IN
) -> datetime | None:
    """When the next try may be made; None where it may be made now."""
    keys = _keys(name, address, counts)
    ends = (_closed_until(session, kind, key, at) for kind, key in keys.items())
    return max((end for end in ends if end is not None), default=None)


def _closed_until(session: Session, kind: str, key: str, at: datetime) -> datetime | None:
    last = (
        sa.select(col(FailedTry.at))
        .where(col(FailedTry.kind) == kind, col(FailedTry.key) == key, col(FailedTry.at) <= at)
        .order_by(col(FailedTry.at).desc(), col(FailedTry.id).desc())
        .limit(TRIES)
    )
    tries = session.connection().execute(last).scalars().all()
    if len(tries) < TRIES or tries[0] - tries[-1] > WINDOW:
        return None
    end: datetime = tries[0] + CLOSED_FOR
    return end if at < end else None


def note_failure(
    session: Session, *, name: str, address: str, at: datetime, counts: Counts = SIGN_IN
) -> bool:
    """Count a failure; true where the account or the address is closed from now on.

    Does not commit. Tries older than a day are forgotten.
    """
    session.connection().execute(sa.delete(FailedTry).where(col(FailedTry.at) < at - KEPT_FOR))
    keys = _keys(name, address, counts)
    session.add_all(FailedTry(kind=kind, key=key, at=at) for kind, key in keys.items())
    session.flush()
    return closed_until(session, name=name, address=address, at=at, counts=counts) is not None


def forget(session: Session, *, name: str) -> None:
    """The account's failures at the sign-in, once its owner is in. All others stay. Does not commit.

    Who comes in through the directory need not know the password, so tries at the old one are not forgotten.
    """
    key = _keys(name, "", SIGN_IN)["account"]
    mine = sa.delete(FailedTry).where(col(FailedTry.kind) == "account", col(FailedTry.key) == key)
    session.connection().execute(mine)


def _keys(name: str, address: str, counts: Counts) -> Mapping[str, str]:
    """What is kept of both; an address that is not known is not counted, nor any at the own old password."""
    if counts == OWN:
        return {"account": keyed(OWN, name)}
    found = {"account": name, "address": address}
    return {kind: keyed(kind, text) for kind, text in found.items() if text}
