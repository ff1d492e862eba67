"""The briefing: which meetings, the figures beside the last meeting's, and what changed since."""

from datetime import date, timedelta

import pandas as pd
import pytest

from lscb_core.db.tables import Meeting
from lscb_core.domain.vocab import Grade, Status
from lscb_core.queries import briefing
from lscb_core.queries.briefing import FIGURES
from tests import make, make_audits, make_counts, make_work

TODAY = make.TODAY
MET = date(2025, 3, 20)
DAY = timedelta(days=1)


@pytest.fixture
def met(session, board):
    """The board met on 20 March 2025."""
    return make.meeting(session, board, MET)


def figure(session, view, key):
    """One figure's row as plain values, None where it is missing."""
    found = briefing.figures(session, view=view)
    rows = found[found["figure"] == key].astype(object)
    return (
        {name: None if pd.isna(value) else value for name, value in rows.iloc[0].items()} if len(rows) else {}
    )


def counts(row):
    return row["count"], row["of"], row["was_count"], row["was_of"], row["against"]


def test_the_last_meeting_is_before_the_day_and_the_next_on_or_after_it(session, board):
    for held in (TODAY - DAY, TODAY, TODAY + DAY):
        make.meeting(session, board, held)
    found = briefing.occasion(session, view=make.view(board))
    assert (found.last.on, found.next.on) == (TODAY - DAY, TODAY)
    assert found.board == "Testford"


def test_committees_and_other_boards_meetings_do_not_count(session, board):
    make.added(session, Meeting(board_id=board.id, held_on=MET, kind="scrutiny"))
    make.meeting(session, make.board(session, "elsewhere"), MET)
    found = briefing.occasion(session, view=make.view(board))
    assert (found.last, found.next) == (None, None)


def test_nothing_is_compared_with_a_meeting_of_which_the_month_alone_is_known(session, board):
    make.added(session, Meeting(board_id=board.id, held_on=MET, precision="month"))
    make.action(session, board, due=MET + DAY)
    assert not briefing.occasion(session, view=make.view(board)).last.is_day_known
    assert figure(session, make.view(board), "actions_late")["against"] == ""
    assert briefing.changes(session, view=make.view(board)).empty


def test_actions_are_counted_now_and_as_they_stood_at_the_last_meeting(session, board, met):
    make.action(session, board, due=TODAY)  # due today: not yet late
    make.action(session, board, due=TODAY - DAY)  # became late
    make.action(session, board, due=MET - DAY)  # late then and now
    make.action(session, board, due=TODAY - 92 * DAY)  # the only one over 91 days today
    make.action(session, board, due=TODAY - 91 * DAY)
    closed = make.action(session, board, due=MET - 5 * DAY)
    make.next_state(session, closed, MET + DAY, status=Status.VERIFIED)
    view = make.view(board)
    assert counts(figure(session, view, "actions_late")) == (4, 5, 4, 6, "meeting")
    assert counts(figure(session, view, "actions_late_over_3_months")) == (1, 5, 0, 6, "meeting")


def test_actions_without_date_or_owner_are_counted(session, board):
    owner = make.agency(session, board)
    make.action(session, board, owner=owner)
    make.action(session, board, due=TODAY)
    make.action(session, board, owner=owner, due=TODAY)
    make.action(session, board, status=Status.WITHDRAWN)  # not open
    view = make.view(board)
    assert counts(figure(session, view, "actions_no_date"))[:2] == (1, 3)
    assert counts(figure(session, view, "actions_no_owner"))[:2] == (1, 3)


def test_filters_narrow_the_actions_that_are_counted(session, board):
    police, aim, group = (
        make.agency(session, board),
        make.priority(session, board),
        make.sub_group(session, board),
    )
    make.action(session, board, owner=police, serves=aim, answered_by=group, due=TODAY - DAY)
    make.action(session, board, due=TODAY - DAY)
    whole = make.view(board)
    assert counts(figure(session, whole, "actions_late"))[:2] == (2, 2)
    for chosen in ({"agency_id": police.id}, {"priority_id": aim.id}, {"sub_group_id": group.id}):
        assert counts(figure(session, make.view(board, **chosen), "actions_late"))[:2] == (1, 1)


def test_a_board_without_rows_has_no_figure_rather_than_an_empty_one(session, board):
    found = briefing.figures(session, view=make.view(board))
    assert found.empty
    assert list(found.columns) == list(FIGURES)


def test_audits_are_counted_from_the_last_meeting_on(session, board, met):
    make_audits.audit(session, board, reported_on=MET, grade=Grade.GOOD)  # on the day: told at the meeting
    make_audits.audit(session, board, reported_on=MET + DAY, grade=Grade.OUTSTANDING)
    make_audits.audit(session, board, reported_on=MET + DAY, grade=Grade.ADEQUATE)
    make_audits.audit(session, board, reported_on=TODAY + DAY, grade=Grade.GOOD)  # not yet told
    row = figure(session, make.view(board), "audits_good")
    assert (row["count"], row["of"], row["on"], row["against"]) == (1, 2, MET, "")


def test_reports_late_are_of_those_due_in_the_year(session, board, met):
    make_work.report(session, board, "late", due_on=TODAY - DAY)
    make_work.report(session, board, "came", due_on=MET, is_received=True, received_on=TODAY)
    make_work.report(session, board, "ahead", due_on=TODAY + DAY)
    make_work.report(session, board, "long-ago", due_on=date(2024, 4, 30), is_received=True, received_on=MET)
    row = figure(session, make.view(board), "reports_late")
    # At the meeting 'came' was due that very day, and 'long-ago' was within the year: none was late.
    assert counts(row) == (1, 2, 0, 2, "meeting")


def test_the_share_below_the_threshold_stands_beside_the_year_before(session, board):
    for year, below in ((2024, 38), (2025, 30)):
        make_counts.share(session, board, below, 100, date(year, 3, 31), span="year")
    row = figure(session, make.view(board), "below_threshold")
    assert counts(row) == (30, 100, 38, 100, "year")
    early = figure(session, make.view(board, as_at=date(2025, 3, 30)), "below_threshold")
    assert counts(early)[:2] == (38, 100)


def test_an_agencys_share_stands_beside_the_whole_boards(session, board):
    police = make.agency(session, board)
    make_counts.share(session, board, 30, 100, date(2025, 3, 31), span="year")
    make_counts.share(session, board, 20, 40, date(2025, 3, 31), span="year", agency=police)
    row = figure(session, make.view(board, agency_id=police.id), "below_threshold")
    assert counts(row) == (20, 40, 30, 100, "board")


def test_reviews_in_time_come_from_years_in_which_neither_number_is_hidden(session, board):
    reviews = {("reviews", "completed"): 20, ("reviews", "in_time"): 17}
    make.deaths(session, board, reviews, year=2024)
    make.deaths(session, board, {("reviews", "completed"): 17, ("reviews", "in_time"): [3]}, year=2025)
    assert counts(figure(session, make.view(board), "reviews_in_time"))[:2] == (17, 20)


def test_a_hidden_count_of_deaths_is_no_figure(session, board):
    make.deaths(session, board, {("all", "all"): [4]})
    assert figure(session, make.view(board), "deaths_notified") == {}


def test_deaths_and_reviews_are_of_the_whole_area_and_left_out_of_a_filtered_view(session, board):
    aim = make.priority(session, board)
    make.deaths(session, board, {("all", "all"): 12, ("expectedness", "unexpected"): 3})
    assert counts(figure(session, make.view(board), "deaths_notified"))[:3] == (12, None, 3)
    assert figure(session, make.view(board, priority_id=aim.id), "deaths_notified") == {}


def test_a_documents_latest_figure_stands_with_its_doubt(session, board):
    words = {"label": "Children on a plan", "unit": "count", "note": "164 elsewhere"}
    make_work.observed(session, board, "children_on_plan", 184, date(2025, 1, 31), **words)
    make_work.observed(session, board, "children_on_plan", 192, date(2025, 2, 16), **words | {"span": "week"})
    row = figure(session, make.view(board), "children_on_plan")
    assert (row["value"], row["note"]) == (192, "164 elsewhere")


def test_a_published_figure_stands_beside_englands_of_the_same_year(session, board):
    england = make_counts.area(session, "ENG", "England")
    for area_id, value in ((board.area_id, 18.9), (england.id, 22.5)):
        make_counts.figure(session, area_id, "re_referrals", value, 2025)
    row = figure(session, make.view(board), "re_referrals")
    assert (row["value"], row["was_value"], row["against"]) == (18.9, 22.5, "England")
