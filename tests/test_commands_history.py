"""Who may write down that the chain of seals was looked at: every role, on the own board and on another."""

import pytest
from sqlmodel import select

from lscb_core.db.tables import Event
from lscb_core.domain.vocab import Role
from lscb_core.errors import NotPermitted
from tests import make
from tests.walked_history import WALKS

MAY = {Role.CHAIR, Role.MANAGER, Role.ADMIN}


@pytest.mark.parametrize("role", list(Role))
def test_whoever_reads_the_history_checks_it_and_nobody_else(session, role):
    here, there = make.board(session), make.board(session, "elsewhere")
    leads = make.agency(session, here) if role is Role.AGENCY_LEAD else None
    actor = make.account(session, role, None if role is Role.ADMIN else here, leads=leads)
    session.commit()
    for on in (here.id, there.id):
        allowed = role is Role.ADMIN or (role in MAY and on == here.id)
        for act, walk in WALKS.items():
            if allowed:
                walk(session, actor=actor, board_id=on)
            else:
                with pytest.raises(NotPermitted):
                    walk(session, actor=actor, board_id=on)
            newest = session.exec(select(Event).order_by(Event.id.desc())).first()
            told = (newest.account_id, newest.act, newest.board_id)
            assert told == (actor, act if allowed else "refused", on)
