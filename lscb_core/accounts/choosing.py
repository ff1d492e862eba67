"""Choosing a password, in steps: who it is for is proved, the password is judged, and then it is set.

Only the last step holds the writers' turn. Judging reads a list that may be long, and hashing takes a quarter
of a second: nobody waits for either to save something.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, select

from lscb_core.accounts import passwords
from lscb_core.accounts.changing import Seen, raise_version, seen_account, tell_of
from lscb_core.accounts.known_passwords import check_not_listed
from lscb_core.accounts.password_rules import check_password
from lscb_core.config import settings
from lscb_core.db.access import person
from lscb_core.db.recording import wait_for_turn
from lscb_core.db.tables import Board
from lscb_core.errors import BadInput


@dataclass(frozen=True, slots=True)
class Proved:
    """An account whose owner asks, in the version in which that was proved; `way` is "code" or "own"."""

    seen: Seen
    way: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """A password that is taken for the account, as the hash to keep."""

    proved: Proved
    kept: str = field(repr=False)


def judged(session: Session, proved: Proved, new: str) -> Chosen:
    """The password, judged and hashed; nothing is written, so hand in a session that only reads.

    Raises BadInput where it cannot be the account's new one, NotFound, or NotNow where a list of known ones
    cannot be read.
    """
    account = seen_account(session, proved.seen)
    if account.password_hash and passwords.verify(new, account.password_hash):
        raise BadInput("The password was not changed: the new one is the old one.", advice="Take another.")
    names = session.exec(select(Board.short_name, Board.name)).all()
    boards = [word for both in names for word in both]
    check_password(new, name=account.name, label=account.label, boards=boards)
    check_not_listed(new, settings().known_passwords)
    return Chosen(proved, passwords.hash_password(new))


def set_password(session: Session, chosen: Chosen, *, at: datetime) -> None:
    """Set the password; a one-time code ends, and so does everything signed in with the account.

    Raises NotPermitted, NotFound, or StaleRecord where the account has been changed since the proof: another
    password, another code, disabled.
    """
    wait_for_turn(session)
    account = seen_account(session, chosen.proved.seen)
    number = chosen.proved.seen.account_id
    who, told = person(session, number), {"way": chosen.proved.way}
    tell_of(session, number, who=who, act="set_password", at=at, after=told)
    raise_version(session, account, password_hash=chosen.kept, code_hash="", code_expires_at=None)
    session.commit()
