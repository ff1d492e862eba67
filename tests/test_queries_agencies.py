"""Agencies side by side, everything about one, and the board's other work, as they stood on a day."""

from datetime import date, timedelta

import pandas as pd
import pytest

from lscb_core.queries import board_work, one_agency
from lscb_core.queries.agencies import AGENCIES, agencies
from lscb_core.queries.one_agency import MONTHS
from lscb_core.queries.partner_returns import RETURNS, partner_returns
from tests import make, make_audits, make_counts, make_work

TODAY = make.TODAY
DAY = timedelta(days=1)
YEAR_END = date(2025, 3, 31)


@pytest.fixture
def board(session):
    return make.board(session)


@pytest.fixture
def police(session, board):
    return make.agency(session, board)


@pytest.fixture
def health(session, board):
    return make.agency(session, board, "health")


@pytest.fixture
def mine(board, police):
    """The police's page of today."""
    return make.view(board, agency_id=police.id)


def test_agencies_stand_with_their_actions_referrals_and_returns_most_late_first(
    session, board, police, health
):
    make.action(session, board, owner=police, due=TODAY - 9 * DAY)
    make.action(session, board, owner=police, due=TODAY - 40 * DAY)
    make.action(session, board, owner=police, due=TODAY)
    make.action(session, board, owner=health)
    make_counts.share(session, board, 120, 400, YEAR_END, span="year")
    make_counts.share(session, board, 90, 200, YEAR_END, span="year", agency=police)
    make_counts.share(session, board, 3, 9, YEAR_END, span="year", agency=health)
    make_work.returned(session, board, police, TODAY - DAY)
    listed = agencies(session, view=make.view(board))
    assert list(listed.columns) == list(AGENCIES)
    first, second = listed.astype(object).where(listed.notna(), None).to_dict("records")
    assert (first["agency"], first["open"], first["late"], first["longest"]) == ("Police", 3, 2, 40)
    assert (first["below"], first["referrals"], first["share"], first["position"]) == (
        90,
        200,
        0.45,
        "well above",
    )
    assert (first["supplies"], second["supplies"]) == ("no", "")
    assert (second["agency"], second["open"], second["late"], second["share"]) == ("Health", 1, 0, None)


def test_every_agency_is_listed_whatever_agency_is_chosen_and_also_without_rows(session, board, mine, health):
    assert agencies(session, view=mine)["agency"].tolist() == ["Health", "Police"]


def test_a_return_counts_as_sent_from_the_day_it_came(session, board, police, mine):
    make_work.returned(session, board, police, TODAY - 9 * DAY, TODAY - 3 * DAY, note="Sent late.")

    def told(as_at):
        [row] = partner_returns(session, view=make.view(board, as_at, agency_id=police.id)).to_dict("records")
        return row["supplies"], row["last_sent_on"], row["on_time"], row["due"]

    assert partner_returns(session, view=make.view(board, TODAY - 10 * DAY)).empty
    assert told(TODAY - 9 * DAY) == ("no", None, 0, 1)
    assert told(TODAY - 4 * DAY) == ("no", None, 0, 1)
    assert told(TODAY - 3 * DAY) == ("yes", TODAY - 3 * DAY, 0, 1)


def test_returns_on_time_are_of_the_last_twelve_months(session, board, police, mine):
    due = [TODAY - 400 * DAY, TODAY - 60 * DAY, TODAY - 30 * DAY, TODAY]
    for day, late in zip(due, (0, 0, 1, 0), strict=True):
        make_work.returned(session, board, police, day, day + late * DAY)
    [row] = partner_returns(session, view=mine).to_dict("records")
    assert (row["on_time"], row["due"], row["last_due_on"]) == (2, 3, TODAY)


def test_the_latest_return_decides_and_those_who_send_nothing_stand_first(session, board, police, health):
    make_work.returned(session, board, police, TODAY - 60 * DAY)
    make_work.returned(session, board, police, TODAY - 30 * DAY, TODAY - 31 * DAY)
    make_work.returned(session, board, health, TODAY - 60 * DAY, TODAY - 61 * DAY)
    make_work.returned(session, board, health, TODAY - 30 * DAY)
    listed = partner_returns(session, view=make.view(board))
    assert list(listed.columns) == list(RETURNS)
    assert list(zip(listed["agency"], listed["supplies"], strict=True)) == [
        ("Health", "no"),
        ("Police", "yes"),
    ]


def test_what_a_report_says_of_a_partner_without_a_day_stands_as_it_is(session, board, police, mine):
    make_work.returned(session, board, police, None, supplies="some", note="Part of it.")
    [row] = partner_returns(session, view=mine).to_dict("records")
    assert (row["supplies"], row["due"], row["note"]) == ("some", 0, "Part of it.")


def test_presence_is_counted_at_the_last_twelve_meetings(session, board, police, health, mine):
    held = [TODAY - DAY * 30 * back for back in range(14)]
    for place, day in enumerate(held):
        make_work.presence(session, board, police, day, place != 3)
        make_work.presence(session, board, health, day, place >= 12)
    make_work.presence(session, board, police, TODAY + DAY, was_there=True)  # still to come
    [row] = one_agency.attendance(session, view=mine).to_dict("records")
    assert (row["attended"], row["meetings"]) == (11, 12)
    assert (row["board_attended"], row["board_meetings"], row["last_on"]) == (11, 24, TODAY)


def test_without_minutes_nothing_is_said_of_presence(session, mine):
    [row] = one_agency.attendance(session, view=mine).to_dict("records")
    assert (row["meetings"], row["board_meetings"]) == (0, 0)


def test_the_judgement_is_the_last_one_written_by_the_day_of_this_agency(
    session, board, police, health, mine
):
    make_work.comment(session, board, "agency_judgement", TODAY - 9 * DAY, "Good.", agency=police)
    make_work.comment(session, board, "agency_judgement", TODAY, "Requires improvement.", agency=police)
    make_work.comment(session, board, "agency_judgement", TODAY + DAY, "Inadequate.", agency=police)
    make_work.comment(session, board, "agency_judgement", TODAY, "Outstanding.", agency=health)
    make_work.comment(session, board, "below_threshold", TODAY, "Another matter.", agency=police)
    assert one_agency.judgement(session, view=mine)["text"].tolist() == ["Requires improvement."]


def test_an_agencys_months_are_read_against_its_own_ups_and_downs(session, board, police, mine):
    shares = [40, 46, 41, 47, 40, 46, 41, 47, 40, 46, 41, 47, 75]
    for end, below in zip(make_work.months(13), shares, strict=True):
        make_counts.share(session, board, below, 100, end, agency=police)
    make_counts.share(session, board, None, 100, make_work.months(14)[0], agency=police)
    months = one_agency.threshold_months(session, view=mine)
    assert list(months.columns) == list(MONTHS)
    assert pd.isna(months["value"].iloc[0])
    assert months["value"].tolist()[1:] == shares
    assert months["mean"].iloc[0] == pytest.approx(sum(shares) / 13)
    assert (months["type"].iloc[-1], months["rule"].iloc[-1]) == (
        "special_cause_concern",
        "outside the limits",
    )
    assert set(months["type"].iloc[:-1]) == {"common_cause"}


def test_months_of_under_ten_referrals_have_no_value(session, board, police, mine):
    make_counts.share(session, board, 3, 9, YEAR_END, agency=police)
    assert one_agency.threshold_months(session, view=mine)["value"].isna().tolist() == [True]


def test_the_last_audit_that_holds_answers_of_the_agency_is_shown_weakest_first(
    session, board, police, health, mine
):
    old = make_audits.audit(session, board, "old", month=date(2024, 3, 1), reported_on=date(2024, 4, 1))
    new = make_audits.audit(session, board, "new")
    other = make_audits.audit(session, board, "other", month=date(2025, 4, 1), reported_on=date(2025, 4, 20))
    unknown = make_audits.audit(session, board, "unknown", reported_on=TODAY + DAY)
    make_audits.question(session, old, "Old?", (1, 18, police))
    make_audits.question(session, new, "Strong?", (15, 18), (17, 18, police))
    make_audits.question(session, new, "Weak?", (15, 18), (8, 18, police), (9, 18, health))
    make_audits.question(session, other, "Other?", (15, 18), (8, 18, health))
    make_audits.question(session, unknown, "Unknown?", (1, 18, police))
    answers = one_agency.audit_answers(session, view=mine)
    assert list(zip(answers["question"], answers["met"], strict=True)) == [("Weak?", 8), ("Strong?", 17)]
    assert set(answers["title"]) == {"New"}


def test_an_agency_without_answers_has_an_empty_frame(session, board, mine):
    make_audits.question(session, make_audits.audit(session, board), "Asked?", (15, 18))
    assert one_agency.audit_answers(session, view=mine).empty


def test_seats_on_other_boards_are_listed_but_an_invented_board_has_none_in_common(
    session, board, police, mine
):
    other = make.board(session, "elsewhere")
    invented = make.board(session, "madeup", is_invented=True)
    for there in (other, invented):
        make.agency(session, there)
    assert one_agency.other_seats(session, view=mine)["board_slug"].tolist() == ["elsewhere"]
    there = make.view(invented, agency_id=police.id, is_invented=True)
    assert one_agency.other_seats(session, view=there).empty


def test_an_answer_given_later_was_not_there(session, board, police, mine):
    told = {"answer": "Two nights.", "changed": "A rota", "answered_on": TODAY + DAY}
    make_work.challenge(session, board, "Why?", TODAY, agency=police, **told)
    make_work.challenge(session, board, "Later?", TODAY + DAY, agency=police)
    make_work.challenge(session, board, "Another's?", TODAY)
    [before] = board_work.challenges(session, view=mine).to_dict("records")
    assert (before["answer"], before["changed"], before["answered_on"]) == ("", "", None)
    then = make.view(board, TODAY + DAY, agency_id=police.id)
    later, after = board_work.challenges(session, view=then).to_dict("records")
    assert (later["question"], after["answer"], after["agency_slug"]) == ("Later?", "Two nights.", "police")


def test_what_has_no_day_is_known_from_the_boards_own_day_on(session):
    board = make.board(session, as_at=TODAY)
    make_work.challenge(session, board, "Undated?", None)
    make_work.inspection(session, board, "Undated", None)
    before, on = make.view(board, TODAY - DAY), make.view(board, TODAY)
    for query in (board_work.challenges, board_work.inspections):
        assert (len(query(session, view=before)), len(query(session, view=on))) == (0, 1)


def test_inspections_come_newest_first_up_to_the_day(session, board):
    for name, day in (("old", TODAY - 99 * DAY), ("new", TODAY), ("ahead", TODAY + DAY), ("undated", None)):
        make_work.inspection(session, board, name, day)
    assert board_work.inspections(session, view=make.view(board))["subject"].tolist() == [
        "new",
        "old",
        "undated",
    ]


def test_the_last_self_check_of_each_agency_is_shown_standard_by_standard(
    session, board, police, health, mine
):
    make_work.section_11(session, board, police, "5", own=1, challenged=1, returned_on=date(2023, 10, 31))
    make_work.section_11(session, board, police, "5", own=3, challenged=2)
    make_work.section_11(session, board, police, "6", own=3, challenged=None)
    make_work.section_11(session, board, police, "5", own=3, challenged=3, returned_on=TODAY + DAY)
    make_work.section_11(session, board, health, "5", own=0, challenged=0, returned_on=date(2023, 10, 31))
    own = board_work.section_11(session, view=mine)
    scores = own[["standard", "own", "challenged"]].astype(object).where(own.notna(), None).values.tolist()
    assert scores == [["Training", 3, 2], ["Safe recruitment", 3, None]]
    assert board_work.section_11(session, view=make.view(board))["agency"].tolist() == [
        "Health",
        "Police",
        "Police",
    ]


def test_courses_that_have_ended_are_shown_newest_first(session, board, police, health, mine):
    make_work.course(session, board, police, "Old", booked=9, attended=8, period_end=TODAY - 99 * DAY)
    make_work.course(session, board, police, "New", booked=9, attended=7, period_end=TODAY)
    make_work.course(session, board, police, "Ahead", booked=9, period_end=TODAY + DAY)
    make_work.course(session, board, health, "Another's", booked=9, attended=9)
    listed = board_work.training(session, view=mine)
    assert listed[["title", "booked", "attended"]].values.tolist() == [["New", 9, 7], ["Old", 9, 8]]


@pytest.mark.parametrize(
    "query", [board_work.challenges, board_work.inspections, board_work.section_11, board_work.training]
)
def test_other_work_of_another_board_is_left_out_and_columns_stay(session, board, query):
    other = make.board(session, "elsewhere")
    there = make.agency(session, other)
    make_work.challenge(session, other)
    make_work.inspection(session, other)
    make_work.section_11(session, other, there, "5", own=1)
    make_work.course(session, other, there, "Theirs")
    listed = query(session, view=make.view(board))
    assert listed.empty
    assert "source" in listed.columns
