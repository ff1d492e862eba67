"""Published statistics: the council beside England and its neighbours, as known on a day."""

from datetime import date, timedelta

import pytest

from lscb_core.db.tables import Origin
from lscb_core.domain.intervals import wilson
from lscb_core.queries.choices import choices
from lscb_core.queries.comparisons import (
    AREAS,
    COMPARISON,
    YEARS,
    compared_areas,
    compared_years,
    comparison,
)
from lscb_core.queries.referral_sources import (
    REFERRALS,
    SOURCE_SHARES,
    referrals_beside,
    sources_of_referral,
)
from tests import make, make_counts

DAY = timedelta(days=1)
AS_AT = date(2024, 12, 31)


@pytest.fixture
def england(session):
    """England's own number."""
    return make_counts.area(session, "ENG", "England").id


@pytest.fixture
def near(session, board):
    """The numbers of the board's neighbours, the second nearest first."""
    return [
        make_counts.neighbour(session, board, name, rank).id for name, rank in (("Nextby", 2), ("Nearby", 1))
    ]


@pytest.fixture
def figure(session):
    """Add a figure: figure(area, value, year, measure=…)."""

    def add(area_id, value, year=2024, measure="re_referrals", **fields):
        return make_counts.figure(session, area_id, measure, value, year, **fields)

    return add


def plain(frame, *names):
    """The frame's cells as plain values, None for what is missing."""
    cells = frame[list(names)].astype(object)
    return cells.where(cells.notna(), None).values.tolist()


def test_the_council_stands_beside_england_and_its_neighbours_range(session, board, england, near, figure):
    figure(board.area_id, 30.0, numerator=30, denominator=100)
    figure(england, 22.4)
    for area, value in zip(near, (25.8, 31.0), strict=True):
        figure(area, value)
    found = comparison(session, view=make.view(board, AS_AT))
    names = ("value", "england", "lowest", "highest", "neighbours", "higher")
    assert plain(found, *names) == [[30.0, 22.4, 25.8, 31.0, 2, 1]]
    low, high = wilson(30, 100)
    assert plain(found, "low", "high")[0] == pytest.approx([100 * low, 100 * high])


def test_england_s_figure_names_its_own_release_and_licence(session, board, england, figure):
    release = Origin(key="c1", kind="statistic", title="Table C1", licence="Open licence")
    figure(board.area_id, 30.0)
    figure(england, 22.4, origin_id=make.added(session, release).id)
    found = comparison(session, view=make.view(board, AS_AT))
    names = ("origin", "england_origin", "licence")
    assert plain(found, *names) == [["Made by a test", "Table C1", "Open licence"]]


def test_a_rate_has_no_likely_range(session, board, england, figure):
    for area in (board.area_id, england):
        figure(area, 514.0, measure="referrals_rate", numerator=400)
    assert plain(comparison(session, view=make.view(board, AS_AT)), "low", "high") == [[None, None]]


def test_symbols_stay_and_are_never_a_neighbour_s_value(session, board, england, near, figure):
    figure(board.area_id, None, symbol="x")
    figure(england, 22.4)
    figure(near[0], None)
    figure(near[1], 20.0)
    found = comparison(session, view=make.view(board, AS_AT))
    names = ("value", "symbol", "lowest", "highest", "neighbours", "higher")
    assert plain(found, *names) == [[None, "x", 20.0, 20.0, 1, None]]
    areas = compared_areas(session, view=make.view(board, AS_AT), measure="re_referrals")
    assert plain(areas, "area", "kind", "rank", "value", "symbol") == [
        ["Testford", "board", 0, None, "x"],
        ["England", "england", 0, 22.4, ""],
        ["Nearby", "neighbour", 1, 20.0, ""],
        ["Nextby", "neighbour", 2, None, "c"],
    ]


def test_the_year_shown_is_the_last_that_council_and_england_both_have(session, board, england, figure):
    for year in (2023, 2024):
        figure(england, 22.0, year)
    for year in (2023, 2024, 2025):
        figure(board.area_id, 30.0, year)
    ends = [
        comparison(session, view=make.view(board, day))["period_end"].iloc[0]
        for day in (date(2024, 3, 30), date(2024, 3, 31), date(2025, 4, 1))
    ]
    assert ends == [date(2023, 3, 31), date(2024, 3, 31), date(2024, 3, 31)]


def test_a_figure_counts_from_the_day_it_was_known_in_its_latest_revision(session, board, england, figure):
    figure(england, 22.0)
    figure(board.area_id, 30.0)
    figure(board.area_id, 29.0, revision=2, known_on=date(2024, 10, 31))
    values = [
        comparison(session, view=make.view(board, date(2024, 10, 31) + days * DAY))["value"].iloc[0]
        for days in (-1, 0)
    ]
    assert values == [30.0, 29.0]
    areas = compared_areas(session, view=make.view(board, AS_AT), measure="re_referrals")
    assert plain(areas, "area", "value") == [["Testford", 29.0], ["England", 22.0]]


def test_a_neighbour_with_the_same_value_is_not_higher(session, board, england, near, figure):
    for area in (board.area_id, england, *near):
        figure(area, 30.0)
    assert comparison(session, view=make.view(board, AS_AT))["higher"].tolist() == [0]


def test_figures_of_months_and_of_one_agency_are_no_yearly_figures(session, board, england, figure):
    figure(england, 22.0)
    figure(board.area_id, 30.0, span="month")
    figure(board.area_id, 31.0, agency_id=make.agency(session, board).id)
    assert comparison(session, view=make.view(board, AS_AT)).empty


def test_years_run_without_a_gap_and_say_why_one_is_missing(session, board, england, near, figure):
    for year, value in ((2021, 20.0), (2023, None), (2024, 22.0)):
        figure(board.area_id, value, year)
    for year in range(2019, 2025):
        figure(england, 20.0 + year - 2019, year)
    figure(near[0], 10.0, 2022)
    figure(near[1], 40.0, 2022)
    found = compared_years(session, view=make.view(board, AS_AT), measure="re_referrals")
    assert plain(found, "year", "board", "england", "low", "high", "symbol") == [
        [2021, 20.0, 22.0, None, None, ""],
        [2022, None, 23.0, 10.0, 40.0, ""],
        [2023, None, 24.0, None, None, "c"],
        [2024, 22.0, 25.0, None, None, ""],
    ]


def test_who_refers_is_a_share_with_its_range_against_england(session, board, england, figure):
    police = {"measure": "referrals_from_police"}
    figure(board.area_id, 30.0, numerator=300, denominator=1000, **police)
    figure(england, 25.0, numerator=2500, denominator=10000, **police)
    figure(board.area_id, None, measure="referrals_from_housing")
    figure(england, 1.0, numerator=100, denominator=10000, measure="referrals_from_housing")
    found = sources_of_referral(session, view=make.view(board, AS_AT))
    names = ("group", "count", "referrals", "share", "england", "position", "symbol")
    # 300 of 1,000 against 25%: (0.30 - 0.25) / 0.01369 = 3.65 standard errors, beyond 3.09
    assert plain(found, *names) == [
        ["Police", 300, 1000, 0.3, 0.25, "well above", ""],
        ["Housing", None, None, None, 0.01, "", "c"],
    ]
    assert plain(found, "low", "high")[0] == pytest.approx(list(wilson(300, 1000)))


def test_counts_stand_beside_each_other_with_their_symbols(session, board, england, near, figure):
    figure(board.area_id, 4031.0, measure="referrals")
    figure(board.area_id, 4.2, measure="no_further_action", numerator=171, denominator=4031)
    figure(england, 621880.0, measure="referrals")
    figure(england, 6.3, measure="no_further_action", numerator=38920, denominator=621880)
    figure(near[1], 1539.0, measure="referrals")
    figure(near[1], None, measure="no_further_action")
    found = referrals_beside(session, view=make.view(board, AS_AT))
    assert plain(found, "year", "area", "referrals", "no_further_action", "police") == [
        [2024, "Testford", 4031, 171, None],
        [2024, "England", 621880, 38920, None],
        [2024, "Nearby", 1539, "c", None],
    ]


def test_without_figures_the_frames_are_empty_and_have_their_columns(session, board):
    view = make.view(board, AS_AT)
    frames = {
        tuple(COMPARISON): comparison(session, view=view),
        tuple(AREAS): compared_areas(session, view=view, measure="re_referrals"),
        tuple(YEARS): compared_years(session, view=view, measure="re_referrals"),
        tuple(SOURCE_SHARES): sources_of_referral(session, view=view),
        tuple(REFERRALS): referrals_beside(session, view=view),
    }
    assert all(found.empty and tuple(found.columns) == names for names, found in frames.items())


def test_the_filter_offers_the_ends_of_years_with_statistics_up_to_today(session, figure):
    board = make.board(session, "reported", as_at=date(2016, 6, 30))
    for year in (2015, 2024, 2026):
        figure(board.area_id, 4000.0, year, measure="referrals")
    view = make.view(board, board.as_at)
    days = choices(session, view=view, today=date(2026, 4, 1)).days
    assert {date(2015, 12, 31), date(2024, 12, 31)} <= set(days)
    assert date(2026, 12, 31) not in days  # still to come
    assert date(2019, 12, 31) not in days  # nothing was published for it
