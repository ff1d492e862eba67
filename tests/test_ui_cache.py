"""What is kept in memory: shared by who may see the same, worked out anew after any change, and bounded."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from sqlmodel import Session

from lscb_core.charts.theme import DARK, LIGHT
from lscb_core.db.access import person
from lscb_core.db.recording import raise_revision
from lscb_core.domain.vocab import Role
from lscb_core.queries.choices import choices
from lscb_core.queries.view import Choice, open_view
from lscb_core.ui import cache
from lscb_core.ui.context import Page
from tests import make


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.forget()
    yield
    cache.forget()


@pytest.fixture
def asked() -> list:
    """Every time that `counted` was really worked out."""
    return []


@pytest.fixture
def counted(asked):
    def exact_or_not(_session, *, view, **more):
        asked.append((view, more))
        return f"exact deaths: {view.exact_deaths}"

    return exact_or_not


@pytest.fixture
def town(session):
    return make.board(session)


def visit(session, board, role: Role = Role.LAY, **fields) -> Page:
    """A page as this person opens it now."""
    actor = make.account(session, role, board)
    view = open_view(session, actor=actor, choice=Choice(board.slug), today=make.TODAY)
    offered = choices(session, view=view, today=make.TODAY)
    plain = {"stand": cache.stand(session), "ink": LIGHT} | fields
    return Page(session, person(session, actor), view, offered, **plain)


def test_what_the_chair_sees_never_reaches_a_lay_member(session, town, counted, asked):
    assert visit(session, town, Role.CHAIR).ask(counted) == "exact deaths: True"
    assert visit(session, town, Role.LAY).ask(counted) == "exact deaths: False"
    assert visit(session, town, Role.CHAIR).ask(counted) == "exact deaths: True"
    assert len(asked) == 2


def test_two_readers_with_the_same_rights_share_an_answer(session, town, counted, asked):
    visit(session, town, Role.LAY).ask(counted)
    visit(session, town, Role.SUBGROUP).ask(counted)
    assert len(asked) == 1


@pytest.mark.parametrize("changes", [{"as_at": date(2025, 1, 1)}, {"agency_id": 5}, {"priority_id": 5}])
def test_another_day_or_filter_is_another_question(session, town, counted, asked, changes):
    page = visit(session, town)
    page.ask(counted)
    page.seen_as(**changes).ask(counted)
    assert len(asked) == 2


def test_another_option_is_another_question_and_its_order_is_none(session, town, counted, asked):
    page = visit(session, town)
    page.ask(counted, level=1, by="agency")
    page.ask(counted, by="agency", level=1)
    page.ask(counted, by="agency", level=2)
    assert [more["level"] for _, more in asked] == [1, 2]


def test_two_questions_of_the_same_name_in_one_module_are_told_apart(session, town):
    def first(_session, *, view):
        return "first"

    def second(_session, *, view):
        return "second"

    page = visit(session, town)
    assert (page.ask(first), page.ask(second)) == ("first", "second")


def test_a_change_of_the_data_gives_new_answers(session, town, counted, asked):
    before = visit(session, town)
    before.ask(counted)
    raise_revision(session)
    after = visit(session, town)
    after.ask(counted)
    assert after.stand.number == before.stand.number + 1
    assert len(asked) == 2


def test_after_a_change_nothing_of_before_stays_in_memory(session, town, counted):
    for days in range(20):
        visit(session, town).seen_as(as_at=make.TODAY - timedelta(days=days)).ask(counted)
    raise_revision(session)
    visit(session, town).ask(counted)
    assert len(cache._on_the_rest) + len(cache._on_states) == 1


def test_a_change_that_is_not_kept_raises_nothing(racing_engine):
    with Session(racing_engine) as session:
        before = cache.stand(session)
    with Session(racing_engine.execution_options(writes=True)) as session:
        raise_revision(session)
    with Session(racing_engine) as session:
        assert cache.stand(session) == before


def test_a_drawing_is_kept_for_its_view_its_colours_and_its_options(session, town, asked):
    def draw():
        asked.append("drawn")
        return "drawing"

    day, night = visit(session, town), visit(session, town, ink=DARK)
    for page in (day, night, day, night):
        page.keep("chart", draw)
    assert len(asked) == 2
    day.keep("chart", draw, "phone")
    day.seen_as(as_at=make.TODAY - timedelta(days=1)).keep("chart", draw)
    day.keep("other chart", draw)
    assert len(asked) == 5


def test_a_drawing_for_the_chair_is_none_for_a_lay_member(session, town):
    def drawn_for(page):
        return page.keep("chart", lambda: page.view.exact_deaths)

    assert drawn_for(visit(session, town, Role.CHAIR)) is True
    assert drawn_for(visit(session, town, Role.LAY)) is False


def kept(session, key, work_out):
    """As pages keep it, where the data stands at 1."""
    return cache.kept(session, cache.Stand(1, 1), key, work_out)


def test_memory_holds_so_much_and_drops_what_was_asked_longest_ago(session):
    for number in range(cache.MOST_KEPT):
        kept(session, number, lambda number=number: number)
    kept(session, 0, lambda: "asked again, so not the oldest")
    kept(session, "one more", lambda: "new")
    assert kept(session, 0, lambda: "worked out anew") == 0
    assert kept(session, 1, lambda: "worked out anew") == "worked out anew"
    assert len(cache._on_the_rest) == cache.MOST_KEPT


def test_an_answer_that_failed_is_not_kept(session):
    def fail():
        raise ValueError("not today")

    with pytest.raises(ValueError, match="not today"):
        kept(session, "key", fail)
    assert kept(session, "key", lambda: "fine") == "fine"


def test_a_slow_answer_holds_nobody_else_up(session):
    """Two visits that work out different answers at once: each waits for the other to have begun."""
    both_work = Barrier(2, timeout=10)

    def slow(key):
        return kept(session, key, lambda: both_work.wait() is not None and key)

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(slow, ["one", "two"])) == ["one", "two"]
