"""Several Annex A workbooks of one year: which of them counts for a month, and what none of them has told."""

from datetime import date

import pytest
from sqlmodel import select

from lscb_core.commands.imports import undo_import
from lscb_core.db.access import OPERATOR
from lscb_core.db.tables import Import, ReferralCount
from lscb_core.domain.periods import month_ends
from lscb_core.imports.grids.referrals import Spot
from lscb_core.imports.reading import Scope, reading
from tests import make
from tests.make_imports import census, moment, take, tally

YEAR = date(2025, 3, 31)
MONTHS = month_ends(date(2024, 4, 1), YEAR)
HALF, REST = MONTHS[:6], MONTHS[6:]
LATER = date(2025, 6, 2)


@pytest.fixture
def board(session):
    return make.seated_board(session)


def annex_a(months: dict[date, list[dict]], *, parts=()):
    scopes = [
        Scope(f"annex-a/{end}{'/part' * (end in parts)}", end, tuple(rows)) for end, rows in months.items()
    ]
    return reading("annex-a", scopes=scopes, as_at=max(months), title="Annex A")


def referrals(months, count: int) -> dict[date, list[dict]]:
    return {end: [tally(end, detail="other", count=count)] for end in months}


def with_open_plans(months: dict[date, list[dict]], count: int) -> dict[date, list[dict]]:
    """The same, with plans begun each month and open on the last day."""
    last = max(months)
    rows = {end: [*rows, tally(end, step="plan", detail="NEG", count=9)] for end, rows in months.items()}
    return {**rows, last: [*rows[last], tally(last, step="plan_open", detail="NEG|3m", count=count)]}


def standing(session, on, day=LATER) -> dict[Spot, ReferralCount]:
    rows = session.exec(select(ReferralCount).where(ReferralCount.area_id == on.area_id)).all()
    known = [r for r in rows if r.known_on <= day and (r.withdrawn_on is None or r.withdrawn_on > day)]
    known.sort(key=lambda row: row.revision)
    return {Spot(*(getattr(r, name) for name in Spot._fields)): r for r in known}


def seen(session, on, day=LATER) -> dict[Spot, object]:
    return {spot: row.symbol or row.count for spot, row in standing(session, on, day).items()}


def test_plans_open_are_those_of_the_years_last_day_and_not_of_two_days_together(session, board):
    take(session, board, annex_a(with_open_plans(referrals(HALF, 20), 40)), actor=OPERATOR)
    take(session, board, annex_a(with_open_plans(referrals(REST, 20), 50)), actor=OPERATOR)
    told = seen(session, board)
    assert told[Spot(YEAR, "year", step="plan_open")] == 50
    assert told[Spot(YEAR, "year", step="plan")] == 12 * 9


def test_where_the_last_file_does_not_tell_of_open_plans_none_are_told(session, board):
    take(session, board, annex_a(with_open_plans(referrals(HALF, 20), 40)), actor=OPERATOR)
    take(session, board, annex_a(referrals(REST, 20)), actor=OPERATOR)
    told = seen(session, board)
    assert told[Spot(YEAR, "year")] == 240
    assert not any(spot.step == "plan_open" for spot in told)


def test_a_list_that_one_file_lacks_is_not_a_list_of_nobody(session, board):
    rows = {end: [*rows, tally(end, step="contact", detail="")] for end, rows in referrals(HALF, 20).items()}
    take(session, board, annex_a(rows), actor=OPERATOR)
    take(session, board, annex_a(referrals(REST, 20)), actor=OPERATOR)
    told = seen(session, board)
    assert [told.get(Spot(end, step="contact")) for end in MONTHS] == [10] * 6 + [None] * 6
    assert Spot(YEAR, "year", step="contact") not in told


def test_a_month_in_part_never_takes_the_place_of_the_whole_month(session, board):
    june, july = MONTHS[2], MONTHS[3]
    take(session, board, annex_a(referrals([june], 80)), actor=OPERATOR)
    part = take(session, board, annex_a(referrals([june, july], 30), parts=[june]), actor=OPERATOR)
    told = seen(session, board)
    assert (told[Spot(june)], told[Spot(july)]) == (80, 30)
    assert not any("June" in change.what for change in part.changes)


def test_a_whole_month_takes_the_place_of_a_part_and_gives_it_back_when_undone(session, board):
    june = MONTHS[2]
    take(session, board, annex_a(referrals([june], 30), parts=[june]), actor=OPERATOR)
    assert seen(session, board)[Spot(june)] == 30
    whole = take(session, board, annex_a(referrals([june], 80)), actor=OPERATOR)
    assert seen(session, board)[Spot(june)] == 80
    undo_import(session, actor=OPERATOR, import_id=whole.import_id, why="Wrong", at=moment(LATER))
    assert seen(session, board)[Spot(june)] == 30


def test_what_stands_again_after_an_undoing_says_which_file_it_came_from(session, board):
    first = take(session, board, annex_a(referrals(HALF, 20)), actor=OPERATOR)
    whole = [tally(end, detail="assessment", count=33) for end in MONTHS]
    second = take(session, board, census(YEAR, whole), actor=OPERATOR)
    origins = [session.get(Import, one.import_id).origin_id for one in (first, second)]
    assert standing(session, board)[Spot(YEAR, "year")].origin_id == origins[1]
    undo_import(session, actor=OPERATOR, import_id=second.import_id, why="Wrong", at=moment(LATER))
    assert {row.origin_id for row in standing(session, board).values()} == {origins[0]}


def test_a_month_keeps_its_own_file_when_another_month_comes(session, board):
    first = take(session, board, annex_a(referrals(MONTHS[:1], 20)), actor=OPERATOR)
    second = take(session, board, annex_a(referrals(MONTHS[1:2], 20)), actor=OPERATOR)
    rows = standing(session, board)
    numbers = [session.get(Import, one.import_id).origin_id for one in (first, second)]
    assert [rows[Spot(end)].origin_id for end in MONTHS[:2]] == numbers
