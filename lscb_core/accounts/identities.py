"""Linking an account with whom the council's directory knows, and taking the link or the password away.

An account may have several links; whom the directory knows is linked with one account at most.
"""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from lscb_core.accounts.changing import Seen, keeper, raise_version, seen_account, tell_of
from lscb_core.accounts.directory import LONGEST_ISSUER, LONGEST_SUBJECT
from lscb_core.accounts.roles import check_an_administrator_stays
from lscb_core.db.access import ActorId, may_see
from lscb_core.db.tables import Account, Identity, SignIn
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


def take_password(session: Session, *, actor: ActorId, seen: Seen, issuer: str, at: datetime) -> None:
    """Take an account's password and one-time code away: it comes in through this directory alone.

    What was signed in with it ends. Raises NotPermitted, NotFound, StaleRecord, or BadInput where it has no
    link with this directory or nothing to take, and for a last administrator who never came in that way.
    """
    who = keeper(session, actor)
    account = seen_account(session, seen)
    links = [each for each in _of(session, seen.account_id) if each.issuer == issuer]
    if not links:
        raise _no_way_in_left()
    if not account.password_hash and not account.code_hash:
        raise BadInput("Nothing was changed: the account has no password.")
    if _last_through(session, links) is None:
        _check_it_works(session, account)
    before = {"has_password": bool(account.password_hash), "code_expires_at": account.code_expires_at}
    after = {"has_password": False, "code_expires_at": None}
    tell_of(session, seen.account_id, who=who, act="take_password", at=at, before=before, after=after)
    raise_version(session, account, password_hash="", code_hash="", code_expires_at=None)
    session.commit()


def last_through_directory(session: Session, *, actor: ActorId, account_id: int) -> datetime | None:
    """When the account last came in through the directory since its newest link; None where it did not.

    Sign-ins are kept for 90 days. Raises NotOpen.
    """
    may_see(session, actor, Act.MANAGE_ACCOUNTS, board_id=None)
    return _last_through(session, _of(session, account_id))


def linked_identities(session: Session, *, actor: ActorId, account_id: int) -> list[Identity]:
    """The links of an account, the oldest first. Raises NotOpen."""
    may_see(session, actor, Act.MANAGE_ACCOUNTS, board_id=None)
    return _of(session, account_id)


def _last_through(session: Session, links: Sequence[Identity]) -> datetime | None:
    """The last sign-in since the newest of these links: one before it came by an older link."""
    if not links:
        return None
    since = max(each.linked_at for each in links)
    mine = select(sa.func.max(SignIn.began_at)).where(SignIn.account_id == links[0].account_id)
    return session.exec(mine.where(SignIn.way == "directory", col(SignIn.began_at) >= since)).one()


def _check_it_works(session: Session, account: Account) -> None:
    """Raise BadInput where the only administrator would have to rely on a way that was never gone."""
    try:
        check_an_administrator_stays(session, account)
    except BadInput:
        raise BadInput(
            "The password was not taken away: this is the last administrator.",
            why="Nobody has come in through the directory with this account yet.",
            advice="Sign in through the directory once, then do it again.",
        ) from None


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


def _no_way_in_left() -> BadInput:
    return BadInput(
        "The password was not taken away: the account would have no way in.",
        why="It is not linked with the directory that is set up here.",
        advice="Link it first, on the server: `accounts link`.",
    )


def _linked_already(name: str) -> BadInput:
    return BadInput(
        f"No link was made: they sign in as “{name}” already.",
        why="Whoever the directory knows is linked with one account.",
        advice="Take that link away first, if it is wrong.",
    )
