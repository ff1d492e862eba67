"""What every change of an account shares: who may, the version that was seen, the claim, the history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from lscb_core.db.access import ActorId, Person, may
from lscb_core.db.recording import record, wait_for_turn
from lscb_core.db.tables import Account, Event
from lscb_core.domain.periods import moment
from lscb_core.domain.permissions import Act
from lscb_core.errors import NotFound, StaleRecord

KIND = "account"


@dataclass(frozen=True, slots=True)
class Seen:
    """The account that somebody has on the screen, in the version that they saw."""

    account_id: int
    version: int


def keeper(session: Session, actor: ActorId) -> Person:
    """Whoever keeps accounts. Raises NotPermitted. Others who keep accounts wait until this one has ended."""
    wait_for_turn(session)  # or two administrators could each disable the other
    return may(session, actor, Act.MANAGE_ACCOUNTS, board_id=None)


def seen_account(session: Session, seen: Seen) -> Account:
    """The account as it is now. Raises NotFound, or StaleRecord where it has been changed since."""
    account = session.get(Account, seen.account_id, populate_existing=True)
    if account is None:
        raise NotFound("There is no such account.", advice="Choose one from the list of accounts.")
    if account.version != seen.version:
        raise _changed_meanwhile(session, account)
    return account


def raise_version(session: Session, account: Account, **values: Any) -> None:
    """Change the account and end every sign-in of it. Raises StaleRecord where somebody else was first."""
    claimed = session.connection().execute(
        sa.update(Account)
        .where(col(Account.id) == account.id, col(Account.version) == account.version)
        .values(version=account.version + 1, **values)
    )
    if claimed.rowcount != 1:
        raise _changed_meanwhile(session, account)


def tell_of(
    session: Session,
    account_id: int,
    *,
    who: Person,
    act: str,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    board_id: int | None = None,
) -> None:
    """Write what was done to an account into the history. No password, code or hash may be handed in."""
    record(
        session,
        who=who,
        board_id=board_id,
        record_kind=KIND,
        record_id=account_id,
        act=act,
        before=before or {},
        after=after or {},
        at=at,
    )


def _changed_meanwhile(session: Session, account: Account) -> StaleRecord:
    """Who was first, and when; the last word on this account is the newest in its history that changed it."""
    last = session.exec(
        select(Event)
        .where(Event.record_kind == KIND, Event.record_id == account.id)
        .where(col(Event.act).not_in(("sign_in", "sign_out", "locked", "refused")))
        .order_by(col(Event.id).desc())
    ).first()
    did = f"{last.actor} did so on {moment(last.at)}." if last else ""
    return StaleRecord(
        f"Nothing was saved: the account “{account.name}” has been changed since you opened it.",
        why=did,
        advice="Look at it again; if your change still holds, make it once more.",
    )
