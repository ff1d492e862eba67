"""Linking an account with whom the council's directory knows, and taking the link away.

An account may have several links; whom the directory knows is linked with one account at most.
"""

from datetime import datetime

from sqlmodel import Session, col, select

from lscb_core.accounts.changing import Seen, keeper, raise_version, seen_account, tell_of
from lscb_core.accounts.directory import LONGEST_ISSUER, LONGEST_SUBJECT
from lscb_core.accounts.roles import check_an_administrator_stays
from lscb_core.db.access import ActorId, may_see
from lscb_core.db.tables import Account, Identity
from lscb_core.domain.permissions import Act
from lscb_core.errors import BadInput, NotFound


def link_identity(
    session: Session, *, actor: ActorId, seen: Seen, issuer: str, subject: str, at: datetime
) -> None:
    """Let whoever the directory knows so sign in with the account; what was signed in with it ends.

    Raises NotPermitted, NotFound, StaleRecord, or BadInput where they are linked with an account already.
    """
    who = keeper(session, actor)
    account = seen_account(session, seen)
    issuer = _checked(issuer, "issuer", LONGEST_ISSUER)
    subject = _checked(subject, "subject", LONGEST_SUBJECT)
    if (held := _held(session, issuer, subject)) is not None:
        raise _linked_already(session.get_one(Account, held.account_id).name)
    session.add(Identity(account_id=seen.account_id, issuer=issuer, subject=subject, linked_at=at))
    after = {"issuer": issuer, "subject": subject}
    tell_of(session, seen.account_id, who=who, act="link_identity", at=at, after=after)
    raise_version(session, account)
    session.commit()


def unlink_identity(session: Session, *, actor: ActorId, seen: Seen, identity_id: int, at: datetime) -> None:
    """Take a link away; what was signed in with the account ends.

    Raises NotPermitted, NotFound, StaleRecord, or BadInput where no administrator could sign in any more.
    """
    who = keeper(session, actor)
    account = seen_account(session, seen)
    held = session.get(Identity, identity_id, populate_existing=True)
    if held is None or held.account_id != seen.account_id:
        raise NotFound("The account has no such link.", advice="Look at its links again.")
    if not account.password_hash and len(_of(session, seen.account_id)) == 1:
        check_an_administrator_stays(session, account)
    before = {"issuer": held.issuer, "subject": held.subject}
    session.delete(held)
    session.flush()
    gone = dict.fromkeys(before)
    tell_of(session, seen.account_id, who=who, act="unlink_identity", at=at, before=before, after=gone)
    raise_version(session, account)
    session.commit()


def linked_identities(session: Session, *, actor: ActorId, account_id: int) -> list[Identity]:
    """The links of an account, the oldest first. Raises NotOpen."""
    may_see(session, actor, Act.MANAGE_ACCOUNTS, board_id=None)
    return _of(session, account_id)


def _of(session: Session, account_id: int) -> list[Identity]:
    mine = select(Identity).where(Identity.account_id == account_id).order_by(col(Identity.id))
    return list(session.exec(mine).all())


def _held(session: Session, issuer: str, subject: str) -> Identity | None:
    same = select(Identity).where(Identity.issuer == issuer, Identity.subject == subject)
    return session.exec(same).first()


def _checked(typed: str, what: str, longest: int) -> str:
    """An issuer or a subject, letter for letter: they are compared as they stand. Raises BadInput."""
    word = typed.strip()
    if not word or len(word) > longest or not word.isprintable():
        raise BadInput(
            f"No link was made: this {what} cannot be one.",
            why=f"It has 1 to {longest} characters in one line.",
            advice="Copy it from the page that the person saw after the directory had let them in.",
        )
    return word


def _linked_already(name: str) -> BadInput:
    return BadInput(
        f"No link was made: they sign in as “{name}” already.",
        why="Whoever the directory knows is linked with one account.",
        advice="Take that link away first, if it is wrong.",
    )
