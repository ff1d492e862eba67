"""What people do to their own account: choose a password with a one-time code, change it, see who came in."""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session, col, select

from lscb_core.accounts import passwords
from lscb_core.accounts.changing import KIND, raise_version, tell_of
from lscb_core.accounts.codes import opens
from lscb_core.accounts.known_passwords import check_not_listed
from lscb_core.accounts.names import account_named
from lscb_core.accounts.password_rules import check_password
from lscb_core.accounts.signing_in import NotSignedIn, throttled
from lscb_core.config import settings
from lscb_core.db.access import OPERATOR, ActorId, person
from lscb_core.db.tables import Account, Board, Event
from lscb_core.errors import BadInput, BoardError


class WrongSecret(BoardError):
    """A code or a password that does not fit its account. Nothing was changed. Tries are worth counting."""


def wrong_code() -> WrongSecret:
    """The words for every code that does not open an account: wrong, used, too old, or of nobody."""
    return WrongSecret(
        "The password was not set.",
        why="The account and the code do not fit together, or the code has ended.",
        advice="Type both again; if that does not help, ask the administrator for a new code.",
    )


def code_fits(session: Session, *, name: str, code: str, now: datetime) -> Account | None:
    """The account that this code opens now. None costs the same whether there is such an account or not."""
    account = account_named(session, name)
    return account if opens(account, code, now) else None


def choose_password(session: Session, *, name: str, code: str, new: str, at: datetime) -> None:
    """Choose a password with a one-time code, which ends with it.

    Raises WrongSecret where the code does not fit, and BadInput where the password cannot be taken; the code
    stays good then.
    """
    account = code_fits(session, name=name, code=code, now=at)
    if account is None:
        raise wrong_code()
    _set(session, account, new, way="code", at=at)


def change_password(session: Session, *, actor: ActorId, old: str, new: str, at: datetime) -> None:
    """Change the own password. Everything signed in with the account ends.

    Raises NotPermitted, WrongSecret where the old one does not fit, BadInput where the new one is not taken.
    """
    if actor == OPERATOR:
        raise BadInput("The command line has no password.", advice="Issue a code for the account instead.")
    who = person(session, actor)
    account = session.get_one(Account, who.id)
    if not passwords.verify(old, account.password_hash or None):
        raise WrongSecret(
            "The password was not changed: the old one does not fit.",
            advice="Type it again; if you have forgotten it, ask the administrator for a code.",
        )
    if new == old:
        raise BadInput("The password was not changed: the new one is the old one.", advice="Take another.")
    _set(session, account, new, way="own", at=at)


def _set(session: Session, account: Account, new: str, *, way: str, at: datetime) -> None:
    assert account.id is not None
    who, names = person(session, account.id), session.exec(select(Board.short_name, Board.name)).all()
    boards = [word for both in names for word in both]
    check_password(new, name=account.name, label=account.label, boards=boards)
    check_not_listed(new, settings().known_passwords)
    tell_of(session, account.id, who=who, act="set_password", at=at, after={"way": way})
    kept = passwords.hash_password(new)
    raise_version(session, account, password_hash=kept, code_hash="", code_expires_at=None)
    session.commit()


def counted(attempt: Callable[[], None], *, name: str, address: str, at: datetime) -> None:
    """Make a try at a code or an old password under the same count as signing in.

    Raises what the try raises; a WrongSecret counts as a failure, and is raised without trying where too many
    have failed.
    """
    wrong: list[WrongSecret] = []

    def fits(_account: Account | None) -> bool:
        try:
            attempt()
        except WrongSecret as refused:
            wrong.append(refused)
        return not wrong

    try:
        throttled(name, address, at, fits)
    except NotSignedIn as refused:
        if wrong:
            raise wrong[0] from None
        raise WrongSecret("The password was not set.", why=refused.why, advice=refused.advice) from None


def own_sign_ins(session: Session, *, actor: ActorId) -> list[datetime]:
    """When this account was signed in, the newest first, at most two."""
    mine = select(Event.at).where(Event.record_kind == KIND, Event.record_id == actor, Event.act == "sign_in")
    return list(session.exec(mine.order_by(col(Event.id).desc()).limit(2)).all())
