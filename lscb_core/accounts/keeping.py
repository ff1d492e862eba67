"""What an administrator does to accounts: add one, issue a code, disable it, let it in again.

Each command reads who asks in its own transaction, makes sure that the account is still as it was seen,
writes the change with its history, and commits. When it raises, nothing is kept. Every change ends what was
signed in with the account.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, select

from lscb_core.accounts.changing import Seen, keeper, raise_version, seen_account, tell_of
from lscb_core.accounts.codes import LASTS, Issued, hashed_code, new_code
from lscb_core.accounts.names import check_label_is_free, checked_label, checked_name
from lscb_core.accounts.roles import add_grant, check_an_administrator_stays
from lscb_core.db.access import ActorId, Person
from lscb_core.db.tables import Account
from lscb_core.domain.permissions import Grant
from lscb_core.errors import BadInput


def add_account(
    session: Session, *, actor: ActorId, name: str, label: str, grants: Iterable[Grant] = (), at: datetime
) -> Issued:
    """Add an account with its first roles and a one-time code. Raises NotPermitted, BadInput or NotFound."""
    who = keeper(session, actor)
    account = Account(name=checked_name(name), label=checked_label(label))
    if session.exec(select(Account.id).where(Account.name == account.name)).first() is not None:
        raise BadInput(
            f"The account was not added: there is one called “{account.name}” already.",
            advice="Take another name, or give that account the role.",
        )
    check_label_is_free(session, account.label)
    session.add(account)
    session.flush()
    assert account.id is not None
    after = {"name": account.name, "label": account.label}
    tell_of(session, account.id, who=who, act="add_account", at=at, after=after)
    for grant in grants:
        add_grant(session, account, grant, who=who, at=at)
    issued = _issue(session, account, who, at)
    session.commit()
    return issued


def issue_code(session: Session, *, actor: ActorId, seen: Seen, at: datetime) -> Issued:
    """Issue a one-time code, good for 24 hours. The password and any earlier code end with it.

    Raises NotPermitted, NotFound, StaleRecord, or BadInput for the own account and a disabled one.
    """
    who = keeper(session, actor)
    account = seen_account(session, seen)
    if account.id == who.id:
        raise BadInput(
            "No code was issued: this is your own account.",
            why="You would be signed out before you could read the code.",
            advice="Change your password under your name instead, or ask another administrator.",
        )
    if account.disabled_at is not None:
        raise BadInput("No code was issued: the account is disabled.", advice="Let it in again first.")
    issued = _issue(session, account, who, at)
    session.commit()
    return issued


def _issue(session: Session, account: Account, who: Person, at: datetime) -> Issued:
    assert account.id is not None
    code, until = new_code(), at + LASTS
    before = {"code_expires_at": account.code_expires_at, "has_password": bool(account.password_hash)}
    after = {"code_expires_at": until, "has_password": False}
    tell_of(session, account.id, who=who, act="issue_code", at=at, before=before, after=after)
    name = account.name
    raise_version(session, account, password_hash="", code_hash=hashed_code(code), code_expires_at=until)
    return Issued(account.id, name, code, until)


def disable_account(session: Session, *, actor: ActorId, seen: Seen, at: datetime) -> None:
    """Keep an account out, at once and until it is let in again; a waiting code ends.

    Raises NotPermitted, NotFound, StaleRecord, or BadInput for the own account and the last administrator.
    """
    who = keeper(session, actor)
    account = seen_account(session, seen)
    if account.id == who.id:
        raise BadInput(
            "The account was not disabled: it is your own.", advice="Ask another administrator to do it."
        )
    if account.disabled_at is not None:
        raise BadInput("Nothing was changed: the account is disabled already.")
    check_an_administrator_stays(session, account)
    after = {"disabled_at": at}
    tell_of(session, seen.account_id, who=who, act="disable_account", at=at, after=after)
    raise_version(session, account, disabled_at=at, code_hash="", code_expires_at=None)
    session.commit()


def enable_account(session: Session, *, actor: ActorId, seen: Seen, at: datetime) -> None:
    """Let a disabled account in again, with the password it had. Raises as `disable_account` does."""
    who = keeper(session, actor)
    account = seen_account(session, seen)
    if account.disabled_at is None:
        raise BadInput("Nothing was changed: the account is not disabled.")
    before, after = {"disabled_at": account.disabled_at}, {"disabled_at": None}
    tell_of(session, seen.account_id, who=who, act="enable_account", at=at, before=before, after=after)
    raise_version(session, account, disabled_at=None)
    session.commit()
