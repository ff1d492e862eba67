"""What the filters offer: the days worth opening, and the board's own priorities, groups and agencies."""

from datetime import date

import pytest

from lscb_core.db.tables import Observation
from lscb_core.queries.choices import choices
from tests import make

QUARTERS = [date(2025, 3, 31), date(2024, 12, 31), date(2024, 9, 30), date(2024, 6, 30)]
QUARTERS += [date(2024, 3, 31), date(2023, 12, 31), date(2023, 9, 30), date(2023, 6, 30)]


def offered(session, board, today=make.TODAY):
    return choices(session, view=make.view(board), today=today)


def statistic(session, board, year: int, **fields) -> None:
    """The published referrals of a year to 31 March."""
    plain = {
        "area_id": board.area_id,
        "measure": "referrals",
        "period_start": date(year - 1, 4, 1),
        "period_end": date(year, 3, 31),
        "value": 100.0,
        "is_published": True,
        "known_on": date(year, 12, 31),
        "origin_id": make.origin(session).id,
    }
    make.added(session, Observation(**(plain | fields)))


def test_a_running_board_offers_today_and_the_ends_of_eight_quarters(session):
    assert offered(session, make.board(session)).days == (make.TODAY, *QUARTERS)


def test_today_is_offered_once_where_a_quarter_ends_today(session):
    assert offered(session, make.board(session), QUARTERS[0]).days == (*QUARTERS, date(2023, 3, 31))


def test_meetings_are_offered_but_not_those_to_come_nor_anothers(session):
    board = make.board(session)
    for day in (date(2025, 1, 14), make.TODAY, date(2025, 5, 1)):
        make.meeting(session, board, day)
    make.meeting(session, make.board(session, "elsewhere"), date(2025, 2, 2))
    assert offered(session, board).days == tuple(
        sorted({make.TODAY, date(2025, 1, 14), *QUARTERS}, reverse=True)
    )


def test_a_board_told_by_reports_offers_its_day_today_and_the_years_of_its_statistics(session):
    board = make.board(session, as_at=date(2016, 6, 30))
    for year in (2015, 2023, 2024):
        statistic(session, board, year)
    days = offered(session, board).days
    assert days[:4] == (make.TODAY, date(2024, 12, 31), date(2023, 12, 31), date(2016, 6, 30))
    assert days.count(date(2015, 12, 31)) == 1  # a quarter's end too
    assert days[-1] == date(2014, 6, 30)


@pytest.mark.parametrize("fields", [{"measure": "plans"}, {"span": "month"}, {"is_published": False}, {}])
def test_other_figures_open_no_year_nor_do_those_of_another_area(session, fields):
    board, other = make.board(session, as_at=date(2016, 6, 30)), make.board(session, "elsewhere")
    statistic(session, board if fields else other, 2024, **fields)
    assert date(2024, 12, 31) not in offered(session, board).days


def test_no_day_is_offered_that_is_still_to_come(session):
    board = make.board(session, as_at=date(2016, 6, 30))
    statistic(session, board, 2014)
    make.meeting(session, board, date(2016, 1, 12))
    today = date(2014, 3, 31)
    assert max(offered(session, board, today).days) == today


def test_filters_offer_the_boards_own_in_order(session):
    board, other = make.board(session, name="Testford safeguarding board"), make.board(session, "elsewhere")
    for slug in ("schools", "police", "health"):
        make.agency(session, board, slug)
        make.sub_group(session, board, f"group-{slug}")
    make.agency(session, other, "fire")
    make.sub_group(session, other, "training")
    make.priority(session, other, "voice")
    neglect = make.priority(session, board)
    found = offered(session, board)
    assert found.board_name == "Testford safeguarding board"
    assert [each.key for each in found.agencies] == ["health", "police", "schools"]
    assert [each.key for each in found.sub_groups] == ["group-health", "group-police", "group-schools"]
    assert [(each.id, each.key, each.title) for each in found.priorities] == [
        (neglect.id, "neglect", "Neglect")
    ]


def test_a_choice_is_found_by_its_number(session):
    board = make.board(session)
    police, group, neglect = (
        make.agency(session, board),
        make.sub_group(session, board),
        make.priority(session, board),
    )
    found = offered(session, board)
    assert found.agency(police.id).key == "police"
    assert found.sub_group(group.id).key == "quality-assurance"
    assert found.priority(neglect.id).key == "neglect"
    assert (found.agency(None), found.sub_group(987), found.priority(None)) == (None, None, None)
