"""Every role through every command about files, on own and others' returns: what the table says, no more."""

from datetime import date
from functools import partial
from itertools import product

import pytest
from sqlmodel import select

from lscb_core.commands.imports import preview
from lscb_core.db.tables import Import, ReturnAsked
from lscb_core.domain.permissions import Act, Reach
from lscb_core.domain.vocab import Role
from lscb_core.errors import NotPermitted
from tests import make
from tests.make_imports import returns, take
from tests.test_ui_permissions_walk import (
    ELSEWHERE,
    NOBODY,
    PLACES,
    attempted,
    everything,
    expected,
    person,
    refused,
)
from tests.walked_files import MONTH, WALKS, Step, file_of

OWNERS = {Reach.OWN: "police", Reach.OTHER: "health", Reach.NONE: "", ELSEWHERE: "police"}
ONCE = ("undo", "ask no more", "say whose a source is")


@pytest.fixture
def world(session):
    """Two boards with the same agencies; on each a return that was sent, and one that is asked for."""
    here, there = make.board(session), make.board(session, "elsewhere")
    police, health = make.agency(session, here), make.agency(session, here, "health")
    for slug in ("police", "health"):
        make.agency(session, there, slug)
    for board in (here, there):
        manager = make.account(session, Role.MANAGER, board)
        sent = returns({(slug, date(2025, 1, 31)): [("4", "nfa", 7)] for slug in ("police", "health")})
        take(session, board, sent, actor=manager)
        row = {"template": "thresholds", "every": "month", "first_period_end": MONTH}
        make.added(session, ReturnAsked(board_id=board.id, agency_id=police.id, **row))
    session.commit()
    return {"here": here, "there": there, "police": police, "health": health}


def step_at(session, world, actor: int, place) -> Step:
    board = world["there" if place == ELSEWHERE else "here"]
    agency = OWNERS[place]
    taken = session.exec(select(Import.id).where(Import.board_id == board.id)).first()
    asked = session.exec(select(ReturnAsked.id).where(ReturnAsked.board_id == board.id)).first()
    number = world[agency or "police"].id
    return Step(session, actor, board.id, agency, number, taken, asked)


def outcome(session, world, actor: int, walk: str, place) -> str:
    _, act, step = WALKS[walk]
    tried = partial(step, step_at(session, world, actor, place))
    return attempted(session, actor, tried, act=act, before=everything(session))


@pytest.mark.parametrize("role", [*Role, NOBODY])
@pytest.mark.parametrize("walk", WALKS)
def test_each_role_can_do_with_files_what_the_table_says_and_nothing_else(session, world, role, walk):
    actor = person(session, world, role)
    found = {}
    for place in PLACES:
        found[place] = outcome(session, world, actor, walk, place)
        if found[place] == "done" and walk in ONCE:
            break  # it is done once, and cannot be done again
    wanted = {place: expected(role, WALKS[walk][0], place) for place in found}
    assert found == wanted


@pytest.mark.parametrize("role", [*Role, NOBODY])
def test_a_preview_is_for_those_who_may_send_and_keeps_nothing(session, world, role):
    actor = person(session, world, role)
    for place in PLACES:
        before = everything(session)
        there = step_at(session, world, actor, place)
        try:
            file_of(there, there.sent(), preview)
            found = "done"
        except NotPermitted:
            found = refused(session, actor, before)
        assert found == expected(role, Act.SEND_RETURN, place)
        assert found == "refused" or everything(session) == before


def test_the_table_gives_each_walk_to_somebody_and_to_somebody_not():
    for walk in WALKS:
        assert {expected(role, WALKS[walk][0], place) for role, place in product(Role, Reach)} == {
            "done",
            "refused",
        }
