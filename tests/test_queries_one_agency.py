"""Everything that is held about one agency, as it stood on a day."""

from datetime import date, timedelta

import pandas as pd
import pytest

from lscb_core.queries import one_agency
from lscb_core.queries.one_agency import MONTHS
from tests import make, make_audits, make_counts, make_work

TODAY = make.TODAY
DAY = timedelta(days=1)
YEAR_END = date(2025, 3, 31)


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
