"""From contact to plan, and referrals by source, level and outcome over the years."""

from datetime import date

import pytest

from lscb_core.db.tables import ThresholdLevel
from lscb_core.queries.referral_flow import (
    CONVERSION,
    OVER_YEARS,
    conversion,
    referrals_by_level,
    referrals_by_outcome,
    referrals_by_source,
)
from tests import make, make_counts

YEAR, BEFORE = date(2025, 3, 31), date(2024, 3, 31)


@pytest.fixture
def held(session, board):
    """Add a cell of a year: held(count, year, step=…, agency=…, level=…)."""

    def add(count, end=YEAR, **fields):
        fields.setdefault("span", "year")
        return make_counts.referrals(session, board, count, end, **fields)

    return add


def plain(frame, *names):
    """The frame's cells as plain values, None for what is missing."""
    cells = frame[list(names)].astype(object)
    return cells.where(cells.notna(), None).values.tolist()


def test_each_step_is_a_share_of_the_step_before_with_last_year_s_beside(session, board, held):
    steps = {"contact": (200, 160), "referral": (80, 80), "assessment": (60, 20)}
    for step, (now, before) in steps.items():
        held(now, step=step)
        held(before, BEFORE, step=step)
    found = plain(conversion(session, view=make.view(board)), "code", "n", "share", "was", "n_before")
    assert found[:3] == [
        ["contact", 200, None, None, 160],
        ["referral", 80, 0.4, 0.5, 80],
        ["assessment", 60, 0.75, 0.25, 20],
    ]
    assert found[3:] == [[step, None, None, None, None] for step in ("section_47", "conference", "plan")]


def test_a_hidden_step_has_no_share_and_neither_has_the_next(session, board, held):
    for step, count in (("referral", 80), ("section_47", 12), ("conference", None), ("plan", 8)):
        held(count, step=step)
    found = {
        row[0]: row[1:]
        for row in plain(conversion(session, view=make.view(board)), "code", "n", "share", "symbol")
    }
    assert found["conference"] == [None, None, "c"]
    assert found["plan"] == [8, None, ""]


def test_of_under_ten_no_share_is_said(session, board, held):
    for step, count in (("referral", 80), ("section_47", 10), ("conference", 9), ("plan", 7)):
        held(count, step=step)
    shares = dict(plain(conversion(session, view=make.view(board)), "code", "share"))
    assert (shares["conference"], shares["plan"]) == (0.9, None)


def test_a_step_sent_by_month_alone_is_added_up_over_twelve_shown_months(session, board, held):
    held(100)
    make_counts.twelve_months(session, board, list(range(1, 13)), YEAR, step="contact")
    make_counts.twelve_months(session, board, [5] * 11, YEAR, step="assessment")  # March is not there
    make_counts.twelve_months(session, board, [7] * 11 + [None], YEAR, step="plan")  # March is hidden
    found = {
        row[0]: row[1:] for row in plain(conversion(session, view=make.view(board)), "code", "n", "symbol")
    }
    assert found["contact"] == [78, ""]  # 1 + 2 + … + 12
    assert found["assessment"] == [None, ""]
    assert found["plan"] == [None, "c"]


def test_a_hidden_year_is_not_worked_out_from_its_months(session, board, held):
    held(100)
    held(None, step="conference")
    make_counts.twelve_months(session, board, [7] * 12, YEAR, step="conference")
    found = {
        row[0]: row[1:] for row in plain(conversion(session, view=make.view(board)), "code", "n", "symbol")
    }
    assert found["conference"] == [None, "c"]


def test_the_last_year_that_ended_by_the_day_is_shown(session, board, held):
    held(80, BEFORE)
    held(90, YEAR)
    ends = [
        conversion(session, view=make.view(board, day))["period_end"].iloc[0]
        for day in (date(2025, 3, 30), date(2025, 3, 31), date(2025, 4, 1))
    ]
    assert ends == [BEFORE, YEAR, YEAR]


def test_sources_come_with_the_largest_first_and_names_as_the_board_says_them(session, board, held):
    police, gps = make.agency(session, board, name="Police force"), make.agency(session, board, "gps", "GPs")
    held(300)
    for count, before, part in ((90, 99, gps.slug), (150, 140, police.slug), (60, None, "others")):
        held(count, split="agency", part=part)
        held(before, BEFORE, split="agency", part=part)
    found = plain(referrals_by_source(session, view=make.view(board)), "group", "period", "count", "symbol")
    assert found == [
        ["Police force", "2023-24", 140, ""],
        ["Police force", "2024-25", 150, ""],
        ["GPs", "2023-24", 99, ""],
        ["GPs", "2024-25", 90, ""],
        ["Everybody else", "2023-24", None, "c"],
        ["Everybody else", "2024-25", 60, ""],
    ]


def test_one_agency_chosen_shows_its_referrals_alone(session, board, held):
    police, gps = make.agency(session, board), make.agency(session, board, "gps")
    held(300)
    held(150, agency=police)
    held(90, agency=gps)
    held(40, agency=police, level="2")
    held(70, level="2")
    view = make.view(board, agency_id=police.id)
    assert plain(referrals_by_source(session, view=view), "group", "count") == [["Police", 150]]
    assert plain(referrals_by_level(session, view=view), "count") == [[40]]
    assert plain(referrals_by_level(session, view=make.view(board)), "count") == [[70]]


def test_levels_bear_the_board_s_own_names_and_the_common_ones_else(session, board, held):
    make.added(session, ThresholdLevel(board_id=board.id, level=3, label="Child in need"))
    held(90)
    for level, count in (("1", 20), ("3", 50), ("4", None)):
        held(count, level=level)
    held(33, level="below")  # no level of its own
    found = plain(referrals_by_level(session, view=make.view(board)), "group", "count", "symbol")
    assert found == [
        ["Level 1, universal", 20, ""],
        ["Level 3, child in need", 50, ""],
        ["Level 4, specialist", None, "c"],
    ]


def test_outcomes_are_added_up_from_months_where_no_year_is_stored(session, board, held):
    held(100)
    make_counts.twelve_months(session, board, [2] * 12, YEAR, outcome="nfa")
    make_counts.twelve_months(session, board, [4] * 12, YEAR, outcome="assessment")
    found = plain(referrals_by_outcome(session, view=make.view(board)), "group", "count")
    assert found == [["No further action", 24], ["Assessment", 48]]


def test_five_years_are_shown_and_none_before_them(session, board, held):
    for year in range(2018, 2026):
        held(100 + year - 2000, date(year, 3, 31))
        held(50, date(year, 3, 31), level="2")
    found = referrals_by_level(session, view=make.view(board))
    assert found["period"].tolist() == ["2020-21", "2021-22", "2022-23", "2023-24", "2024-25"]


def test_without_counts_the_frames_are_empty_and_have_their_columns(session, board):
    view = make.view(board)
    assert list(conversion(session, view=view).columns) == list(CONVERSION)
    for question in (referrals_by_source, referrals_by_level, referrals_by_outcome):
        found = question(session, view=view)
        assert found.empty
        assert list(found.columns) == list(OVER_YEARS)
