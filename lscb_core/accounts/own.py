"""What people do to their own account: prove by a code or the password that it is theirs, see who came in."""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session, col, select

from lscb_core.accounts import passwords
from lscb_core.accounts.changing import KIND, Seen
from lscb_core.accounts.choosing import Proved
from lscb_core.accounts.codes import opens
from lscb_core.accounts.names import account_named
from lscb_core.accounts.signing_in import NotSignedIn, throttled
from lscb_core.accounts.throttle import SIGN_IN, Counts
from lscb_core.db.access import OPERATOR, ActorId, person
from lscb_core.db.tables import Account, Event
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


def prove_by_code(session: Session, *, name: str, code: str, now: datetime) -> Proved:
    """Whoever has the code may choose the account's password. Raises WrongSecret where it does not fit."""
    account = code_fits(session, name=name, code=code, now=now)
    if account is None:
        raise wrong_code()
    return _proved(account, "code")


def prove_by_password(session: Session, *, actor: ActorId, old: str) -> Proved:
    """Whoever is signed in and knows the password may change it.

    Raises NotPermitted, or WrongSecret where the password does not fit.
    """
    if actor == OPERATOR:
        raise BadInput("The command line has no password.", advice="Issue a code for the account instead.")
    account = session.get_one(Account, person(session, actor).id)
    if not passwords.verify(old, account.password_hash or None):
        raise WrongSecret(
            "The password was not changed: the old one does not fit.",
            advice="Type it again; if you have forgotten it, ask the administrator for a code.",
        )
    return _proved(account, "own")


def _proved(account: Account, way: str) -> Proved:
    assert account.id is not None
    return Proved(Seen(account.id, account.version), way)


def counted(
    proof: Callable[[], Proved], *, name: str, address: str, at: datetime, counts: Counts = SIGN_IN
) -> Proved:
    """What the proof gives, made under the count of failed tries: that of signing in, or `OWN`.

    Raises what it raises; a WrongSecret counts as a failure, and is raised without trying where too many have
    failed.
    """
    proved: list[Proved] = []
    wrong: list[WrongSecret] = []

    def fits(_account: Account | None) -> bool:
        try:
            proved.append(proof())
        except WrongSecret as refused:
            wrong.append(refused)
        return not wrong

    try:
        throttled(name, address, at, fits, counts)
    except NotSignedIn as refused:
        if wrong:
            raise wrong[0] from None
        raise WrongSecret("The password was not set.", why=refused.why, advice=refused.advice) from None
    return proved[0]


def own_sign_ins(session: Session, *, actor: ActorId) -> list[datetime]:
    """When this account was signed in, the newest first, at most two."""
    mine = select(Event.at).where(Event.record_kind == KIND, Event.record_id == actor, Event.act == "sign_in")
    return list(session.exec(mine.order_by(col(Event.id).desc()).limit(2)).all())
