"""Every role through every question that asks who: pages, the history, exact counts, files that were sent."""

from datetime import date
from itertools import product

import pytest
from sqlmodel import select

from lscb_core.db.access import person as who_is
from lscb_core.db.tables import Event, Import, RoleGrant
from lscb_core.domain.permissions import TABLE, Act, Reach
from lscb_core.domain.vocab import Role
from lscb_core.errors import NotFound, NotPermitted
from lscb_core.queries.deaths import death_counts
from lscb_core.queries.imports import files, imports
from lscb_core.queries.one_import import one_import, sent_rows
from lscb_core.queries.view import view_for
from tests import make
from tests.make_imports import returns, take
from tests.test_ui_permissions_walk import ELSEWHERE, NOBODY, PLACES, everything, person, refused
from tests.walked_questions import WALKS, Step

END = date(2025, 1, 31)
SENT = {Reach.OWN: ("police",), Reach.OTHER: ("health",), Reach.NONE: ("police", "health")}
ANYBODY = [*Role, NOBODY]


@pytest.fixture
def world(session):
    """Two boards with the same agencies; on each a file of the police, one of health, and one of both."""
    here, there = make.board(session), make.board(session, "elsewhere")
    police, health = make.agency(session, here), make.agency(session, here, "health")
    make.agency(session, there), make.agency(session, there, "health")
    numbers = {}
    for board in (here, there):
        manager = make.account(session, Role.MANAGER, board)
        for place, slugs in SENT.items():
            sent = returns({(slug, END): [("4", "nfa", 7)] for slug in slugs})
            numbers[board.slug, place] = take(session, board, sent, actor=manager).import_id
    session.commit()
    return {"here": here, "there": there, "police": police, "health": health, "files": numbers}


def step_at(session, world, actor: int, place) -> Step:
    board = world["there" if place == ELSEWHERE else "here"]
    agency = {Reach.OWN: world["police"], Reach.OTHER: world["health"]}.get(place)
    return Step(session, actor, board, agency)


def expected(role: Role | None, act: Act, place) -> str:
    """What the table says. An administrator's role holds on every board; any other on its own alone."""
    if role is NOBODY or (place == ELSEWHERE and role is not Role.ADMIN):
        return "refused"
    return "done" if (Reach.NONE if place == ELSEWHERE else place) in TABLE[role].get(act, ()) else "refused"


def outcome(session, actor: int, go, leaves: str | None = None) -> str:
    """'done', leaving what it should in the history and nothing else; 'refused'; or what went wrong."""
    before = everything(session)
    try:
        go()
    except NotPermitted:
        return refused(session, actor, before)
    session.rollback()
    after, newest = everything(session), session.exec(select(Event).order_by(Event.id.desc())).first()
    if leaves is None:
        return "done" if after == before else "done, but something was changed"
    return "done" if (newest.account_id, newest.act) == (actor, leaves) else "done, and not told"


@pytest.mark.parametrize("role", ANYBODY)
def test_each_question_and_note_of_the_history_is_for_those_whom_the_table_names(session, world, role):
    actor = person(session, world, role)
    for (walk, (act, leaves, go)), place in product(WALKS.items(), PLACES):
        step = step_at(session, world, actor, place)
        found = outcome(session, actor, lambda go=go, step=step: go(step), leaves)
        assert (walk, place, found) == (walk, place, expected(role, act, place))


def on_panel(session, world) -> int:
    """A member of the sub-group that is the panel."""
    group = make.sub_group(session, world["here"], "panel", is_panel=True)
    actor = make.account(session, Role.SUBGROUP, world["here"], sits_in=group)
    session.commit()
    return actor


@pytest.mark.parametrize("role", [*ANYBODY, "on the panel"])
def test_exact_counts_of_deaths_are_in_the_view_of_those_whom_the_table_names(session, world, role):
    panel = role == "on the panel"
    actor = on_panel(session, world) if panel else person(session, world, role)
    for place in PLACES:
        step = step_at(session, world, actor, place)
        if expected(Role.SUBGROUP if panel else role, Act.READ, place) == "refused":
            assert outcome(session, actor, lambda step=step: WALKS["open a page"][2](step)) == "refused"
            continue
        view = view_for(session, who=step.who, choice=step.choice, today=make.TODAY)
        may = panel or expected(role, Act.SEE_EXACT_DEATHS, place) == "done"
        assert view.exact_deaths == may
        if may:
            death_counts(session, view=view, exact=True)
        else:
            with pytest.raises(NotPermitted, match="panel see them"):
                death_counts(session, view=view, exact=True)


def seen_files(role: Role | None, place) -> list[str]:
    """What the list of files holds for that role: all to whoever takes files in, a lead the own agency's."""
    if expected(role, Act.IMPORT, place) == "done":
        return [Reach.NONE, Reach.OTHER, Reach.OWN]
    return [Reach.OWN] if expected(role, Act.SEND_RETURN, Reach.OWN) == "done" and place != ELSEWHERE else []


@pytest.mark.parametrize("role", ANYBODY)
@pytest.mark.parametrize("ask", [files, imports])
def test_the_list_of_files_is_the_managers_and_the_own_ones_a_leads(session, world, role, ask):
    actor = person(session, world, role)
    for place in (Reach.NONE, ELSEWHERE):
        step, listed = step_at(session, world, actor, place), []
        found = outcome(session, actor, lambda s=step, to=listed: to.append(ask(s.session, **s.asks)))
        wanted = seen_files(role, place)
        assert found == ("done" if wanted else "refused")
        if wanted:
            rows = listed[0] if ask is files else listed[0].to_dict("records")
            numbers = [row["id" if ask is files else "number"] for row in rows]
            assert numbers == [world["files"][step.board.slug, each] for each in wanted]


def read_file(step: Step, number: int) -> None:
    one_import(step.session, **step.asks, number=number)
    scope = one_import(step.session, **step.asks, number=number).pieces[0].key
    sent_rows(step.session, **step.asks, number=number, scope=scope)


@pytest.mark.parametrize("role", ANYBODY)
def test_a_file_of_another_agency_is_not_there_for_a_lead_and_no_file_for_anybody_else(session, world, role):
    actor = person(session, world, role)
    for place in PLACES:
        step = step_at(session, world, actor, place)
        number = world["files"][step.board.slug, Reach.OWN if place == ELSEWHERE else place]
        try:
            found = outcome(session, actor, lambda s=step, n=number: read_file(s, n))
        except NotFound:
            found = "not there"
        seen = seen_files(role, place)
        assert found == ("refused" if not seen else "done" if place in seen else "not there")


def test_a_file_of_the_own_agency_with_anothers_rows_in_it_is_refused_too(session, world):
    """No command makes such a file; the rows that were sent ask for themselves all the same."""
    actor = person(session, world, Role.AGENCY_LEAD)
    step = step_at(session, world, actor, Reach.OTHER)
    number = world["files"][step.board.slug, Reach.OTHER]
    session.get_one(Import, number).agency_id = world["police"].id
    session.commit()
    assert outcome(session, actor, lambda: read_file(step, number)) == "refused"


def test_an_administrator_of_one_board_alone_reads_that_board_and_its_history_only(session, world):
    actor = person(session, world, Role.ADMIN)
    grant = session.exec(select(RoleGrant).where(RoleGrant.account_id == actor)).one()
    grant.board_id = world["here"].id
    session.commit()
    for walk, place in product(WALKS, PLACES):
        step = step_at(session, world, actor, place)
        found = outcome(session, actor, lambda s=step, w=walk: WALKS[w][2](s), WALKS[walk][1])
        assert found == ("refused" if place == ELSEWHERE else "done"), walk
    assert not who_is(session, actor).may(Act.MANAGE_ACCOUNTS, board_id=None)
