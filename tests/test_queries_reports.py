"""Routine reports as they stood on a day."""

from datetime import date

import pandas as pd
import pytest

from lscb_core.db.tables import Report, ReportPriority, ReportSubGroup
from lscb_core.queries.reports import REPORTS, reports
from tests import make

AS_AT = date(2025, 4, 30)


@pytest.fixture
def report(session, board):
    """Add a report: due a week before the view's day and not received, if nothing else is said."""

    def add(key, **fields):
        plain = {"title": key, "kind": "other", "due_on": date(2025, 4, 23), "origin_id": None}
        said = plain | {"origin_id": make.origin(session).id} | fields
        return make.added(session, Report(board_id=board.id, key=key, source="Test 1", **said))

    return add


@pytest.fixture
def document(session):
    """A document of 1 June 2024, from which undated reports are known."""
    told = make.origin(session, "document")
    told.released_on = date(2024, 6, 1)
    return told


@pytest.fixture
def standings(session, board):
    """Key -> how the report stands and how late, in the order shown."""

    def ask(as_at=AS_AT, **filters):
        found = reports(session, view=make.view(board, as_at=as_at, **filters))
        days = [None if pd.isna(each) else each for each in found["days_late"]]
        return dict(zip(found["key"], zip(found["standing"], days, strict=True), strict=True))

    return ask


def test_late_means_past_its_date_and_not_received(report, standings):
    report("due-today", due_on=AS_AT)  # not yet late
    report("due-yesterday", due_on=date(2025, 4, 29))
    report("came-late", is_received=True, received_on=date(2025, 4, 25))
    report("came-early", is_received=True, received_on=date(2025, 4, 20))
    assert standings() == {
        "due-yesterday": ("late", 1),
        "due-today": ("due", 0),
        "came-late": ("received", 2),
        "came-early": ("received", 0),
    }


def test_what_came_after_the_day_had_not_come(session, board, report, standings):
    report("came", is_received=True, received_on=date(2025, 4, 30), board_response="Noted")
    assert standings() == {"came": ("received", 7)}
    assert standings(date(2025, 4, 29)) == {"came": ("late", 6)}
    [before] = reports(session, view=make.view(board, as_at=date(2025, 4, 29))).itertuples()
    assert (before.received_on, before.board_response) == (None, "")


def test_the_longest_late_stands_first(report, standings):
    report("b-short", due_on=date(2025, 4, 20))
    report("a-undated", due_on=None, is_late_as_reported=True)
    report("c-long", due_on=date(2025, 3, 1))
    assert list(standings()) == ["c-long", "b-short", "a-undated"]


def test_late_as_the_document_says_has_no_days(report, standings):
    report("said-late", due_on=None, is_late_as_reported=True)
    report("undated", due_on=None)
    report("said-late-but-came", due_on=None, is_late_as_reported=True, is_received=True)
    assert standings() == {
        "said-late": ("late", None),
        "undated": ("due", None),
        "said-late-but-came": ("received", None),
    }


def test_a_report_of_which_nobody_says_whether_it_came_is_neither_due_nor_late(report, standings):
    report("undated", due_on=None, is_received=None)
    report("past-its-date", is_received=None)
    report("due-today", due_on=AS_AT, is_received=None)
    report("called-late", due_on=None, is_received=None, is_late_as_reported=True)
    assert standings() == {
        "called-late": ("late", None),
        "due-today": ("due", 0),
        "past-its-date": ("not stated", None),
        "undated": ("not stated", None),
    }


def test_an_undated_report_is_known_from_its_documents_day(report, document, standings):
    report("undated", due_on=None, origin_id=document.id)
    assert standings(date(2024, 5, 31)) == {}
    assert set(standings(date(2024, 6, 1))) == {"undated"}


def test_a_document_never_counts_after_its_boards_own_day(session, board, report, document, standings):
    board.as_at = date(2024, 5, 15)
    session.flush()
    report("undated", due_on=None, origin_id=document.id)
    assert standings(date(2024, 5, 14)) == {}
    assert set(standings(date(2024, 5, 15))) == {"undated"}


def test_reports_due_in_more_than_three_months_are_not_listed(report, standings):
    report("in-92-days", due_on=date(2025, 7, 31))
    report("in-93-days", due_on=date(2025, 8, 1))
    assert set(standings()) == {"in-92-days"}


def test_filters_take_only_what_is_tagged_and_only_this_board(session, board, report, standings):
    police = make.agency(session, board, "police")
    neglect = make.priority(session, board)
    group = make.sub_group(session, board)
    owed = report("police", agency_id=police.id)
    tagged = report("tagged")
    grouped = report("grouped")
    make.added(session, ReportPriority(report_id=tagged.id, priority_id=neglect.id))
    make.added(session, ReportSubGroup(report_id=grouped.id, sub_group_id=group.id))
    other = make.board(session, "elsewhere")
    report("not-ours").board_id = other.id
    session.flush()
    assert set(standings()) == {"police", "tagged", "grouped"}
    assert set(standings(agency_id=police.id)) == {owed.key}
    assert set(standings(priority_id=neglect.id)) == {tagged.key}
    assert set(standings(sub_group_id=group.id)) == {grouped.key}


def test_the_agency_has_the_name_that_the_board_uses(session, board, report):
    police = make.agency(session, board, "police", "Borough police")
    report("owed", agency_id=police.id)
    report("owed-by-nobody")
    found = reports(session, view=make.view(board, as_at=AS_AT)).set_index("key")
    assert found.loc["owed", ["agency", "agency_slug"]].tolist() == ["Borough police", "police"]
    assert found.loc["owed-by-nobody", ["agency", "agency_slug"]].tolist() == ["", ""]


def test_a_board_without_reports_has_an_empty_frame_with_its_columns(session, board):
    found = reports(session, view=make.view(board))
    assert (len(found), list(found)) == (0, list(REPORTS))
