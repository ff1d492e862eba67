"""Every role makes a backup and puts one back: the administrator of all boards may, and nobody else."""

import pytest
from sqlmodel import Session, select

from lscb_core.backups import make_backup, restore
from lscb_core.db.access import OPERATOR
from lscb_core.db.migrate import migrate
from lscb_core.db.tables import Event
from lscb_core.domain.permissions import TABLE, Act
from lscb_core.domain.vocab import Role
from lscb_core.errors import NotPermitted
from tests import make
from tests.fresh import address, fresh_databases
from tests.terminal import pointed_at
from tests.test_ui_permissions_accounts import ELSEWHERE, NOBODY, person
from tests.test_ui_permissions_walk import everything, refused


@pytest.fixture(params=["sqlite", "postgresql"])
def register(request, monkeypatch, tmp_path):
    """A session on a register as an installation has it; the commands open theirs for themselves."""
    with fresh_databases(request, tmp_path, request.param) as database:
        made = database("register")
        migrate(made)
        with pointed_at(monkeypatch, address(made)), Session(made.execution_options(writes=True)) as session:
            yield session


def outcome(session, actor: int, go) -> str:
    before = everything(session)
    session.rollback()  # nobody's place is kept while the command runs
    try:
        go()
    except NotPermitted:
        return refused(session, actor, before)
    session.rollback()
    return session.exec(select(Event.act).order_by(Event.id.desc())).first()


@pytest.mark.parametrize("role", [*Role, NOBODY, ELSEWHERE])
def test_copies_are_made_and_put_back_by_whom_the_table_names(register, tmp_path, role):
    board = make.board(register)
    actor = person(register, board, role)
    copy = tmp_path / "copy.db"
    make_backup(actor=OPERATOR, target=copy)
    may = isinstance(role, Role) and Act.BACKUP in TABLE[role]
    made = outcome(register, actor, lambda: make_backup(actor=actor, target=tmp_path / "own.db"))
    assert made == ("backup" if may else "refused")
    assert (tmp_path / "own.db").exists() == may
    put_back = outcome(register, actor, lambda: restore(actor=actor, file=copy))
    assert put_back == ("restore" if may else "refused")
