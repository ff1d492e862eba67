"""Tries to sign in are counted, for each account and each address, in the database.

After five failures within fifteen minutes nothing is tried for fifteen minutes. Tries during that time are
not counted, so nobody can make it longer. Names that do not exist are counted alike: nobody learns which do.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.accounts.secret import keyed
from lscb_core.db.tables import FailedTry

TRIES = 5
WINDOW = timedelta(minutes=15)
CLOSED_FOR = timedelta(minutes=15)
KEPT_FOR = timedelta(days=1)


def closed_until(session: Session, *, name: str, address: str, at: datetime) -> datetime | None:
    """When the next try may be made; None where it may be made now."""
    ends = (_closed_until(session, kind, key, at) for kind, key in _keys(name, address).items())
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


def note_failure(session: Session, *, name: str, address: str, at: datetime) -> bool:
    """Count a failure for both; true where the account or the address is closed from now on.

    Does not commit. Tries older than a day are forgotten.
    """
    session.connection().execute(sa.delete(FailedTry).where(col(FailedTry.at) < at - KEPT_FOR))
    session.add_all(FailedTry(kind=kind, key=key, at=at) for kind, key in _keys(name, address).items())
    session.flush()
    return closed_until(session, name=name, address=address, at=at) is not None


def forget(session: Session, *, name: str) -> None:
    """The account's own failures, once its owner is in. Those of the address stay. Does not commit."""
    key = _keys(name, "")["account"]
    mine = sa.delete(FailedTry).where(col(FailedTry.kind) == "account", col(FailedTry.key) == key)
    session.connection().execute(mine)


def _keys(name: str, address: str) -> Mapping[str, str]:
    """What is kept of both; an address that is not known is not counted."""
    found = {"account": name, "address": address}
    return {kind: keyed(kind, text) for kind, text in found.items() if text}
