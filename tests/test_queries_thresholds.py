"""Shares below the threshold: by agency in the last year, by month before and since the document."""

from datetime import date, timedelta
from math import sqrt

import pandas as pd
import pytest

from lscb_core.queries.thresholds import (
    BELOW_BY_AGENCY,
    BELOW_BY_MONTH,
    BY_ERA,
    WHOLE_BOARD,
    below_threshold_by_agency,
    below_threshold_by_month,
    by_era,
    months_held,
    whole_board,
)
from tests import make, make_counts

YEAR = date(2025, 3, 31)
DAY = timedelta(days=1)


@pytest.fixture
def sent(session, board):
    """Add the share of a year or month: sent(below, all, end, agency=…, span=…)."""

    def add(below, of, end=YEAR, **fields):
        fields.setdefault("span", "year")
        make_counts.share(session, board, below, of, end, **fields)

    return add


def rows(frame):
    """The frame's rows by agency, with None for what is missing."""
    plain = frame.astype(object).where(frame.notna(), None)
    return {row["agency"]: row for row in plain.to_dict("records")}


def wilson_by_hand(met, of, z=1.959963984540054):
    """The interval's two ends from the text-book formula, written out."""
    p = met / of
    middle = p + z**2 / (2 * of)
    half = z * sqrt(p * (1 - p) / of + z**2 / (4 * of**2))
    return (middle - half) / (1 + z**2 / of), (middle + half) / (1 + z**2 / of)


def test_a_share_carries_its_counts_and_its_likely_range(session, board, sent):
    police = make.agency(session, board)
    sent(40, 100, agency=police)
    sent(300, 1000)
    row = rows(below_threshold_by_agency(session, view=make.view(board)))["Police"]
    assert (row["below"], row["referrals"], row["share"]) == (40, 100, 0.4)
    assert (row["low"], row["high"]) == pytest.approx(wilson_by_hand(40, 100))


def test_an_agency_is_read_against_the_whole_board_s_share(session, board, sent):
    for slug, below in (("police", 400), ("gps", 330), ("housing", 300), ("schools", 200)):
        sent(below, 1000, agency=make.agency(session, board, slug))
    sent(300, 1000)  # standard error 0.0145: 95% reaches 0.272 to 0.328, 99.8% 0.255 to 0.345
    found = rows(below_threshold_by_agency(session, view=make.view(board)))
    placed = {name: row["position"] for name, row in found.items()}
    assert placed == {"Police": "well above", "Gps": "above", "Housing": "within", "Schools": "well below"}


def test_under_ten_referrals_the_counts_are_there_and_no_share(session, board, sent):
    few, enough = make.agency(session, board, "gps"), make.agency(session, board, "housing")
    sent(0, 9, agency=few)
    sent(0, 10, agency=enough)  # ten: the first number that gets a percentage
    sent(6, 19)
    found = rows(below_threshold_by_agency(session, view=make.view(board)))
    assert (found["Gps"]["referrals"], found["Gps"]["share"], found["Gps"]["position"]) == (9, None, "")
    assert found["Housing"]["share"] == 0


def test_a_hidden_count_hides_the_share_and_says_why(session, board, sent):
    sent(None, 40, agency=make.agency(session, board, "gps"))
    sent(12, None, agency=make.agency(session, board, "housing"))
    sent(20, 80)
    found = rows(below_threshold_by_agency(session, view=make.view(board)))
    assert [(row["share"], row["symbol"]) for row in found.values()] == [(None, "c"), (None, "c")]
    assert (found["Gps"]["referrals"], found["Housing"]["below"]) == (40, 12)


def test_an_agency_that_sent_nothing_is_listed_last_without_counts(session, board, sent):
    make.agency(session, board, "ambulance")
    sent(10, 40, agency=make.agency(session, board, "gps"))
    sent(30, 90, agency=make.agency(session, board, "police"))
    sent(40, 130)
    found = below_threshold_by_agency(session, view=make.view(board))
    assert found["agency"].tolist() == ["Police", "Gps", "Ambulance"]
    assert pd.isna(found["referrals"].iloc[2])


def test_parts_that_are_no_agency_of_the_board_have_no_row(session, board, sent):
    sent(30, 90, split="agency", part="others")
    sent(30, 90, agency=make.agency(session, board))
    sent(60, 180)
    assert below_threshold_by_agency(session, view=make.view(board))["agency"].tolist() == ["Police"]


def test_the_agency_filter_leaves_the_others_there_to_be_read_against(session, board, sent):
    police, gps = make.agency(session, board), make.agency(session, board, "gps")
    sent(30, 90, agency=police)
    sent(10, 40, agency=gps)
    sent(40, 130)
    assert len(below_threshold_by_agency(session, view=make.view(board, agency_id=gps.id))) == 2


def test_a_year_counts_from_the_day_it_was_known(session, board, sent):
    sent(25, 100, date(2024, 3, 31))
    sent(40, 100, known_on=YEAR + 20 * DAY)
    known = YEAR + 20 * DAY
    ends = [
        whole_board(session, view=make.view(board, day))["period_end"].iloc[0] for day in (known - DAY, known)
    ]
    assert ends == [date(2024, 3, 31), YEAR]


def test_a_year_that_has_not_ended_is_not_shown_whatever_is_stored(session, board, sent):
    sent(25, 100, date(2024, 3, 31))
    sent(40, 100, known_on=YEAR - 40 * DAY)
    found = [
        whole_board(session, view=make.view(board, day))["period_end"].iloc[0] for day in (YEAR - DAY, YEAR)
    ]
    assert found == [date(2024, 3, 31), YEAR]


def test_the_last_revision_known_on_the_day_counts(session, board, sent):
    sent(40, 100)
    sent(41, 101, revision=2, known_on=YEAR + 9 * DAY)
    shown = [
        whole_board(session, view=make.view(board, YEAR + days * DAY))
        .iloc[0][["below", "referrals"]]
        .tolist()
        for days in (8, 9, 10)
    ]
    assert shown == [[40, 100], [41, 101], [41, 101]]


def test_the_whole_board_stands_beside_its_year_before(session, board, sent):
    sent(25, 100, date(2024, 3, 31))
    sent(40, 100)
    found = whole_board(session, view=make.view(board))
    assert found["period_end"].tolist() == [YEAR, date(2024, 3, 31)]
    assert found["share"].tolist() == [0.4, 0.25]


def test_another_board_s_referrals_are_not_counted(session, board):
    other = make.board(session, "elsewhere")
    make_counts.share(session, other, 40, 100, YEAR, span="year")
    assert below_threshold_by_agency(session, view=make.view(board)).empty
    assert whole_board(session, view=make.view(board)).empty


def test_a_board_s_own_referrals_are_shown_where_another_has_some_too(session, board, sent):
    other = make.board(session, "elsewhere")
    police = make.agency(session, board)
    make_counts.share(session, other, 99, 100, YEAR, span="year", split="agency", part="police")
    make_counts.share(session, other, 99, 100, YEAR, span="year")
    sent(40, 160, agency=police)
    sent(50, 200)
    found = rows(below_threshold_by_agency(session, view=make.view(board)))["Police"]
    assert (found["below"], found["referrals"], found["position"]) == (40, 160, "within")


def test_a_month_that_has_not_ended_is_not_shown_whatever_is_stored(session, board, sent):
    sent(5, 20, YEAR, span="month", known_on=YEAR - 20 * DAY)
    months = [below_threshold_by_month(session, view=make.view(board, day)) for day in (YEAR - DAY, YEAR)]
    assert [len(found) for found in months] == [0, 1]


def test_months_come_oldest_first_and_no_further_back_than_three_years(session, board, sent):
    for end in (date(2022, 4, 30), date(2022, 5, 31), date(2025, 3, 31), date(2025, 4, 30)):
        sent(5, 20, end, span="month")
    found = below_threshold_by_month(session, view=make.view(board, date(2025, 4, 30)))
    # The month of the day itself has ended; the one 36 months before it is too old.
    assert found["month"].tolist() == [date(2022, 5, 31), date(2025, 3, 31), date(2025, 4, 30)]


def test_months_are_the_chosen_agency_s_where_one_is_chosen(session, board, sent):
    police = make.agency(session, board)
    sent(9, 20, span="month", agency=police)
    sent(50, 200, span="month")
    board_s = below_threshold_by_month(session, view=make.view(board))
    police_s = below_threshold_by_month(session, view=make.view(board, agency_id=police.id))
    assert (board_s["referrals"].tolist(), police_s["referrals"].tolist()) == ([200], [20])


def test_an_agency_without_months_has_an_empty_frame(session, board, sent):
    sent(50, 200, span="month")
    silent = make.agency(session, board, "ambulance")
    view = make.view(board, agency_id=silent.id)
    assert below_threshold_by_month(session, view=view).empty
    assert by_era(below_threshold_by_month(session, view=view)).empty


def months_from(sent, ends_and_below):
    for end, below in ends_and_below:
        sent(below, 100, end, span="month")


def test_a_document_parts_the_months_before_it_from_those_since(session, board, sent):
    make_counts.document(session, board, "New document", date(2025, 2, 1))
    months_from(
        sent, [(date(2024, 12, 31), 40), (date(2025, 1, 31), 38), (date(2025, 2, 28), 30), (YEAR, 28)]
    )
    months = below_threshold_by_month(session, view=make.view(board))
    assert months["era"].tolist() == ["Before", "Before", "Since", "Since"]
    eras = by_era(months)
    assert eras[["era", "months", "below", "referrals", "share"]].values.tolist() == [
        ["Before", 2, 78, 200, 0.39],
        ["Since", 2, 58, 200, 0.29],
    ]


def test_between_two_documents_the_months_say_from_when(session, board, sent):
    make_counts.document(session, board, "First", date(2025, 1, 1))
    make_counts.document(session, board, "Second", date(2025, 3, 1))
    months_from(
        sent, [(date(2024, 12, 31), 40), (date(2025, 1, 31), 38), (date(2025, 2, 28), 30), (YEAR, 28)]
    )
    months = below_threshold_by_month(session, view=make.view(board))
    assert months["era"].tolist() == ["Before", "From January 2025", "From January 2025", "Since"]


@pytest.mark.parametrize(
    "fields",
    [
        {"since": date(2026, 2, 1), "precision": "planned", "status": "planned"},
        {"since": date(2025, 2, 1), "kind": "milestone"},
        {"since": None},
        {"since": date(2020, 1, 1)},  # in use throughout: nothing before it is shown
    ],
    ids=["planned", "milestone", "undated", "long ago"],
)
def test_what_is_no_document_of_these_months_parts_nothing(session, board, sent, fields):
    make_counts.document(session, board, "Not a line", **fields)
    months_from(sent, [(date(2025, 1, 31), 38), (date(2025, 2, 28), 30), (YEAR, 28)])
    assert set(below_threshold_by_month(session, view=make.view(board))["era"]) == {"All months"}


def test_a_stretch_with_a_hidden_month_has_no_share(session, board, sent):
    # The hidden months are those with small counts: the others alone would give too high a level.
    make_counts.document(session, board, "New document", date(2025, 3, 1))
    sent(None, 100, date(2025, 1, 31), span="month")
    sent(30, 100, date(2025, 2, 28), span="month")
    sent(28, 100, YEAR, span="month")
    found = by_era(below_threshold_by_month(session, view=make.view(board))).astype(object)
    told = found.where(found.notna(), None)[["era", "months", "below", "share", "symbol"]].values.tolist()
    assert told == [["Before", 2, None, None, "c"], ["Since", 1, 28, 0.28, ""]]


def test_months_held_says_whether_anybody_counts(session, board, sent):
    view = make.view(board, YEAR)
    assert months_held(session, view=view) == 0
    sent(30, 100, date(2025, 2, 28), span="month")
    sent(30, 100, YEAR, span="month")
    assert (months_held(session, view=view), months_held(session, view=view.at(YEAR - DAY))) == (2, 1)


def test_frames_have_the_columns_that_are_documented(session, board, sent):
    view = make.view(board)
    asked = {
        below_threshold_by_agency: BELOW_BY_AGENCY,
        whole_board: WHOLE_BOARD,
        below_threshold_by_month: BELOW_BY_MONTH,
        (lambda session, view: by_era(below_threshold_by_month(session, view=view))): BY_ERA,
    }
    assert all(list(question(session, view=view).columns) == list(told) for question, told in asked.items())
    sent(30, 100)
    sent(30, 100, span="month")
    assert all(list(question(session, view=view).columns) == list(told) for question, told in asked.items())
