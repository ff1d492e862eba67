"""Returns on templates as their reader would hand them over, taken in and undone."""

from sqlmodel import select

from lscb_core.commands.imports import save_import, undo_import
from lscb_core.db.access import OPERATOR
from lscb_core.db.tables import Agency
from lscb_core.imports.reading import Scope, reading
from tests import make
from tests.make_imports import facts, moment

NEXT_DAY, DAY_AFTER = make.TODAY.replace(month=5, day=1), make.TODAY.replace(month=5, day=2)
"""The days after make.TODAY: on these a return is corrected and undone."""


def scope(template, whose, day, *rows):
    """One scope; `whose` is an agency's short name, or all."""
    agency = "" if whose == "all" else whose
    return Scope(f"template/{template}/{whose}/{day}", day, tuple(rows), agency)


def audit_scope(key, whose, *rows):
    return Scope(f"template/audits/{key}/{whose}", None, tuple(rows), "" if whose == "all" else whose)


def agency_of(session, slug):
    return session.exec(select(Agency).where(Agency.slug == slug)).one()


def send(session, on, *scopes, day=make.TODAY, actor=OPERATOR):
    """Take a file with these scopes in on that day; gives back what `save_import` does."""
    made = reading("template", scopes=scopes, title="Return")
    return save_import(session, actor=actor, board_id=on.id, file=facts(), reading=made, at=moment(day))


def undo(session, taken, *, day=DAY_AFTER, actor=OPERATOR):
    """Undo it on that day."""
    return undo_import(session, actor=actor, import_id=taken.import_id, why="Wrong file", at=moment(day))
