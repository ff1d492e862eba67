"""Nothing is lost: a backup made, and put back, by whoever may."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from lscb_core.accounts.demonstration import refuse_beside_real_boards
from lscb_core.config import now
from lscb_core.db.access import OPERATOR, ActorId, Person, may
from lscb_core.db.backup import keep_copy, prepared
from lscb_core.db.engine import engine, reading, writing
from lscb_core.db.held import Held, held
from lscb_core.db.migrate import migrate
from lscb_core.db.recording import record
from lscb_core.db.restoring import proved, put_in, set_aside_if_damaged
from lscb_core.db.tables import Account, Board, Identity, RoleGrant
from lscb_core.domain.permissions import Act
from lscb_core.errors import BadInput

GRANTED = "role", "board_id", "agency_id", "sub_group_id"


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, and what had been there.

    `kept`: copies of what was there, oldest first. `open_again`: names of accounts that could not sign in
    before and now can. `older`: names of others with a password, a role or a link that they had no longer.
    """

    held: Held
    was: Held
    kept: tuple[Path, ...]
    open_again: tuple[str, ...]
    older: tuple[str, ...]


def make_backup(*, actor: ActorId, target: Path, replace: bool = False) -> Held:
    """One file with all that is held, made while people work. The history notes who made it.

    Raises NotPermitted; BadInput where the file is there already or the database is damaged; NotNow where it
    cannot be written. Then there is no new file.
    """
    who = _asks(actor)
    with prepared(engine(), target, replace=replace) as found, writing() as session:
        _note(session, who, "backup", before={}, after=_told(found))
        session.commit()
    return found


def restore(*, actor: ActorId, file: Path) -> Restored:
    """Put a backup in the place of all that is held. Everybody who is signed in is signed out.

    The file is proved first; then what is there is kept beside; then all is replaced, or nothing. Raises
    NotPermitted; BadInput where the file is not to be trusted or not to be served; NotNow where somebody's
    saving does not end or a copy cannot be kept.
    """
    who = _asks(actor)
    with proved(file) as copy:
        with Session(copy) as session:
            refuse_beside_real_boards(session)
        kept = [set_aside_if_damaged(engine()), migrate(engine())]
        with writing() as session:
            _refuse_demonstration_over_real(session, copy)
            was, closed = held(session.connection()), _names(session, open_ones=False)
            known, ways = {*closed, *_names(session)}, _ways_in(session)
            kept += [keep_copy(engine(), "before-restore")] if was.boards or was.accounts else []
            put_in(session, copy)
            found = held(session.connection())
            _note(session, replace(who, id=OPERATOR), "restore", before=_told(was), after=_told(found))
            back = {name for name in _names(session) if name in closed or name not in known} if known else ()
            older = {name for name, has in _ways_in(session).items() if has - ways.get(name, has)} - set(back)
            session.commit()
    copies = tuple(path for path in kept if path)
    return Restored(found, was, copies, tuple(sorted(back)), tuple(sorted(older)))


def _asks(actor: ActorId) -> Person:
    """Who asks. The command line may in any case, also where the database is too damaged to be asked."""
    if actor == OPERATOR:
        return Person(OPERATOR, "operator", "Command line", 0, ())
    with reading() as session:
        return may(session, actor, Act.BACKUP, board_id=None)


def _note(
    session: Session, who: Person, act: str, *, before: Mapping[str, object], after: Mapping[str, object]
) -> None:
    record(
        session,
        who=who,
        board_id=None,
        record_kind="history",
        record_id=int(str(after["events"])),
        act=act,
        before=before,
        after=after,
        at=now(),
    )


def _told(found: Held) -> dict[str, object]:
    return {"events": found.events, "seal": found.head}


def _refuse_demonstration_over_real(session: Session, copy: Engine) -> None:
    is_real = select(Board.name).where(col(Board.is_demonstration).is_(False))
    with Session(copy) as other:
        brings_known_passwords = other.exec(select(Account.id).where(col(Account.is_demonstration))).first()
    if brings_known_passwords and (real := session.exec(is_real).first()):
        raise BadInput(
            f"The backup was not restored: it is a demonstration, and “{real}” here is a real board.",
            why="The passwords of its accounts stand in the handbook.",
            advice="Name another database in LSCB_DATABASE_URL.",
        )


def _names(session: Session, *, open_ones: bool = True) -> set[str]:
    """Names of the accounts that may sign in, or of those that may not."""
    is_open = col(Account.disabled_at).is_(None)
    names = sa.select(col(Account.name)).where(is_open if open_ones else ~is_open)
    return set(session.connection().execute(names).scalars())


def _ways_in(session: Session) -> dict[str, set[tuple[object, ...]]]:
    """For each account that may sign in: its password, its roles and its links with a directory."""
    asked = (
        sa.select(col(Account.name), col(Account.password_hash)).where(col(Account.password_hash) != ""),
        sa.select(col(Account.name), *(col(getattr(RoleGrant, part)) for part in GRANTED)).join(RoleGrant),
        sa.select(col(Account.name), col(Identity.issuer), col(Identity.subject)).join(Identity),
    )
    found: dict[str, set[tuple[object, ...]]] = {name: set() for name in _names(session)}
    for question in asked:
        for name, *way in session.connection().execute(question.where(col(Account.disabled_at).is_(None))):
            found[name].add(tuple(way))
    return found
