"""The view: only for who may read the board, each part as it was asked for, and made in one place."""

import ast
from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path

import pytest

from lscb_core.db.tables import Account
from lscb_core.domain.vocab import Role
from lscb_core.errors import BadInput, NotFound, NotPermitted
from lscb_core.queries.view import Choice, View, open_view, operator_view
from tests import make

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def town(session):
    """A board with something to filter by, and another board with things of the same names."""
    other, board = make.board(session, "elsewhere"), make.board(session, is_invented=True)
    for each in (other, board):
        make.agency(session, each)
        make.priority(session, each)
        make.sub_group(session, each)
    make.agency(session, other, "fire")
    make.priority(session, other, "voice")
    make.sub_group(session, other, "training")
    return board


def opened(session, board, role=Role.LAY, today=make.TODAY, *, sits_in=None, **choice) -> View:
    leads = make.agency(session, board, f"led-{role}") if role is Role.AGENCY_LEAD else None
    actor = make.account(session, role, board, leads=leads, sits_in=sits_in)
    return open_view(session, actor=actor, choice=Choice(board.slug, **choice), today=today)


def test_a_view_holds_the_board_the_day_and_the_filters(session, town):
    view = opened(
        session,
        town,
        as_at=date(2025, 3, 20),
        priority="neglect",
        sub_group="quality-assurance",
        agency="police",
    )
    assert (view.board_id, view.board, view.area_id) == (town.id, "testford", town.area_id)
    assert (view.as_at, view.is_invented, view.exact_deaths) == (date(2025, 3, 20), True, False)
    assert session.get(make.Priority, view.priority_id).board_id == town.id
    assert session.get(make.SubGroup, view.sub_group_id).board_id == town.id
    assert session.get(make.Agency, view.agency_id).slug == "police"


def test_filters_not_asked_for_are_off(session, town):
    view = opened(session, town)
    assert (view.priority_id, view.sub_group_id, view.agency_id) == (None, None, None)


@pytest.mark.parametrize(
    ("own_day", "day"),
    [(None, make.TODAY), (date(2016, 6, 30), date(2016, 6, 30)), (date(2030, 1, 1), make.TODAY)],
)
def test_without_a_day_it_is_the_boards_own_or_today_and_never_a_day_to_come(session, own_day, day):
    assert opened(session, make.board(session, as_at=own_day)).as_at == day


@pytest.mark.parametrize(("role", "exact"), [(role, role in (Role.CHAIR, Role.MANAGER)) for role in Role])
def test_exact_deaths_are_for_chair_and_manager(session, town, role, exact):
    assert opened(session, town, role).exact_deaths is exact


@pytest.mark.parametrize("is_panel", [True, False])
def test_exact_deaths_are_for_members_of_the_panels_sub_group_too(session, town, is_panel):
    group = make.sub_group(session, town, "cdop", is_panel=is_panel)
    assert opened(session, town, Role.SUBGROUP, sits_in=group).exact_deaths is is_panel


def test_the_command_line_sees_no_exact_deaths(session, town):
    assert not operator_view(session, choice=Choice("testford"), today=make.TODAY).exact_deaths


@pytest.mark.parametrize("choice", [{"priority": "voice"}, {"sub_group": "training"}, {"agency": "fire"}])
def test_a_filter_of_another_board_is_not_found(session, town, choice):
    [word] = choice.values()
    with pytest.raises(NotFound, match=f"This board has no .*{word}"):
        opened(session, town, **choice)


@pytest.mark.parametrize("day", [make.TODAY + timedelta(days=1), date.max, date(1999, 12, 31), date.min])
def test_days_to_come_and_before_all_figures_are_refused(session, town, day):
    with pytest.raises(BadInput):
        opened(session, town, as_at=day)


@pytest.mark.parametrize("day", [make.TODAY, date(2000, 1, 1)])
def test_the_first_and_the_last_day_are_shown(session, town, day):
    assert opened(session, town, as_at=day).as_at == day


def test_a_board_that_is_not_there_is_not_found(session, town):
    chair = make.account(session, Role.CHAIR, town)
    with pytest.raises(NotFound, match="no board “nowhere”"):
        open_view(session, actor=chair, choice=Choice("nowhere"), today=make.TODAY)


def test_another_boards_figures_are_not_for_this_boards_chair(session, town):
    chair = make.account(session, Role.CHAIR, town)
    session.commit()
    with pytest.raises(NotPermitted, match="no seat"):
        open_view(session, actor=chair, choice=Choice("elsewhere"), today=make.TODAY)


def test_a_disabled_account_opens_nothing(session, town):
    chair = make.account(session, Role.CHAIR, town)
    session.get(Account, chair).disabled_at = make.NOW
    session.flush()
    with pytest.raises(NotPermitted):
        open_view(session, actor=chair, choice=Choice("testford"), today=make.TODAY)


def test_filters_are_taken_off_one_by_one_or_all(session, town):
    view = make.view(town, priority_id=1, sub_group_id=2, agency_id=3, exact_deaths=True)
    assert view.without("priority") == make.view(town, sub_group_id=2, agency_id=3, exact_deaths=True)
    assert view.without("agency", "sub_group") == make.view(town, priority_id=1, exact_deaths=True)
    assert view.without() == make.view(town, exact_deaths=True)
    assert view.at(date(2024, 1, 1)).as_at == date(2024, 1, 1)


def test_every_part_of_a_view_tells_it_from_another(session, town):
    """A view is the key of what is kept in memory: two that differ anywhere must not be taken for one."""
    view = make.view(town)
    other = {"board": "x", "as_at": date(2020, 1, 1), "is_invented": True, "exact_deaths": True}
    changed = [View(**{**_parts(view), part.name: other.get(part.name, 99)}) for part in fields(View)]
    assert len({view, *changed}) == len(fields(View)) + 1


def _parts(view: View) -> dict:
    return {part.name: getattr(view, part.name) for part in fields(View)}


def test_only_the_views_own_module_makes_a_view_or_says_who_sees_exact_deaths():
    """Whoever holds a view may see what it shows, so nobody else may put one together."""
    makers = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for folder in ("lscb_core", "pages")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and _makes_a_view(node)
    ]
    assert {maker.rsplit(":")[0] for maker in makers} == {"lscb_core/queries/view.py"}


def _makes_a_view(call: ast.Call) -> bool:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    changes = {word.arg for word in call.keywords}
    return name == "View" or (name in ("replace", "seen_as") and bool(changes & {"exact_deaths", "board_id"}))


def test_only_the_command_line_uses_the_operators_view():
    named = {
        path.relative_to(ROOT).as_posix()
        for folder in ("lscb_core", "pages")
        for path in (ROOT / folder).rglob("*.py")
        if "operator_view" in path.read_text()
    }
    assert named == {"lscb_core/queries/view.py", "lscb_core/cli.py"}
