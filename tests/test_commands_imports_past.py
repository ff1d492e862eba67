"""Pages of past days around an undoing: before a file came as they were, while it stood with its figures."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from lscb_core.commands.imports import undo_import
from lscb_core.db.access import OPERATOR
from lscb_core.db.tables import DeathCount, Import, Observation, ReferralCount
from lscb_core.imports.reading import Scope, reading
from tests import make, make_counts
from tests.death_returns import drawn, report, year
from tests.make_imports import census, moment, take, tally

YEAR, MAY = date(2025, 3, 31), date(2024, 5, 31)
DAY = timedelta(days=1)
CAME, WENT = date(2025, 5, 10), date(2025, 6, 20)
DAYS = (MAY, YEAR, CAME - DAY, CAME, WENT - DAY, WENT)


@pytest.fixture
def board(session):
    return make.seated_board(session)


def referrals(count: int):
    return census(YEAR, [tally(MAY, count=count)])


def statistics(value: float):
    row = {"measure": "referrals", "period_end": "2024-03-31", "numerator": None, "denominator": None}
    rows = ({**row, "value": value, "symbol": ""},)
    return reading("dfe", scopes=[Scope("dfe/referrals/ENG", None, rows)], title="Statistics")


def shown(session, table, day: date, **wanted) -> list[float]:
    """The newest revision on a day of a figure, as pages have it: none, or one number."""
    rows = session.exec(select(table).execution_options(populate_existing=True)).all()
    same = [row for row in rows if all(getattr(row, name) == value for name, value in wanted.items())]
    stood = [r for r in same if r.known_on <= day and (r.withdrawn_on is None or r.withdrawn_on > day)]
    stood.sort(key=lambda row: row.revision)
    return [row.count if table is not Observation else row.value for row in stood[-1:]]


def undo(session, taken, day=WENT):
    undo_import(session, actor=OPERATOR, import_id=taken.import_id, why="Wrong", at=moment(day))


def months(session):
    wanted = {"step": "referral", "split": "all", "level": "all", "outcome": "all", "span": "month"}
    return [shown(session, ReferralCount, day, period_end=MAY, **wanted) for day in DAYS]


def test_a_file_that_is_undone_was_there_from_its_own_day_and_not_before(session, board):
    taken = take(session, board, referrals(40), actor=OPERATOR, day=CAME)
    assert months(session) == [[40]] * 6
    undo(session, taken)
    assert months(session) == [[], [], [], [40], [40], []]


def test_a_file_that_came_and_went_on_one_day_leaves_no_trace_on_any_page(session, board):
    undo(session, take(session, board, referrals(40), actor=OPERATOR, day=CAME), day=CAME)
    assert months(session) == [[]] * 6
    take(session, board, referrals(33), actor=OPERATOR, day=CAME)
    assert months(session) == [[33]] * 6, "the right file comes first, as far as any reader knows"


def test_what_stood_before_keeps_its_past_when_the_later_file_is_undone(session, board):
    take(session, board, referrals(40), actor=OPERATOR, day=CAME - 9 * DAY)
    later = take(session, board, referrals(50), actor=OPERATOR, day=CAME)
    assert months(session) == [[40], [40], [40], [50], [50], [50]]
    undo(session, later)
    assert months(session) == [[40], [40], [40], [50], [50], [40]]


def test_undoing_what_was_replaced_changes_no_page_and_leaves_no_figure_its_own(session, board):
    first = take(session, board, referrals(40), actor=OPERATOR, day=CAME - 9 * DAY)
    second = take(session, board, referrals(50), actor=OPERATOR, day=CAME)
    before = months(session)
    undo(session, first)
    assert months(session) == before
    origin = session.get(Import, second.import_id).origin_id
    rows = session.exec(select(ReferralCount).order_by(ReferralCount.revision)).all()
    newest = {(r.period_end, r.span, r.step, r.split, r.part, r.level, r.outcome): r for r in rows}
    assert {row.origin_id for row in newest.values()} == {origin}


def test_published_figures_likewise(session, board):
    make_counts.area(session, "ENG", "England")
    taken = take(session, board, statistics(4000.0), actor=OPERATOR, day=CAME)
    days = (date(2024, 3, 31), CAME, WENT)
    assert [shown(session, Observation, day, measure="referrals") for day in days] == [[4000.0]] * 3
    undo(session, taken)
    assert [shown(session, Observation, day, measure="referrals") for day in days] == [[], [4000.0], []]


def test_child_deaths_count_from_the_end_of_their_year_until_they_are_undone(session, board):
    taken = report(session, board, {2024: drawn(1)}, day=CAME)
    wanted = {"dimension": "all", "key": "all", "span": "year"}
    days = (year(2024), CAME, WENT)
    assert all(shown(session, DeathCount, day, **wanted) for day in days)
    undo(session, taken)
    assert [bool(shown(session, DeathCount, day, **wanted)) for day in days] == [False, True, False]
