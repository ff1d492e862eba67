"""The threshold document as it was known on a day, and what was said of its use."""

from datetime import date, timedelta

import pytest

from lscb_core.db.tables import Finding, Risk
from lscb_core.domain.vocab import ActionSource
from lscb_core.queries.threshold_documents import documents, in_use, said_of_thresholds
from tests import make, make_counts

REPORTED = date(2016, 6, 30)
DAY = timedelta(days=1)


@pytest.fixture
def board(session):
    """A board that a published report tells of."""
    return make.board(session, as_at=REPORTED)


def titles(session, board, day):
    return documents(session, view=make.view(board, day))["title"].tolist()


def test_a_document_is_known_from_the_day_it_came_into_use(session, board):
    since = date(2016, 2, 1)
    make_counts.document(session, board, "Providing the right support", since)
    assert titles(session, board, since - DAY) == []
    assert titles(session, board, since) == ["Providing the right support"]


def test_what_has_no_day_or_is_planned_is_known_from_the_report_on(session, board):
    make_counts.document(session, board, "Undated", None)
    make_counts.document(session, board, "Planned", date(2017, 1, 1), precision="planned", status="planned")
    assert titles(session, board, REPORTED - DAY) == []
    assert titles(session, board, REPORTED) == ["Planned", "Undated"]


def test_documents_come_before_milestones_and_the_newest_first(session, board):
    make_counts.document(session, board, "Hub opened", date(2016, 6, 1), kind="milestone")
    make_counts.document(session, board, "First", date(2014, 4, 1))
    make_counts.document(session, board, "Second", date(2016, 2, 1))
    assert titles(session, board, REPORTED) == ["Second", "First", "Hub opened"]


def test_a_document_ends_where_the_next_one_known_on_the_day_begins(session, board):
    for title, since in (("First", date(2014, 4, 1)), ("Second", date(2016, 2, 1)), ("Undated", None)):
        make_counts.document(session, board, title, since)
    make_counts.document(session, board, "Hub opened", date(2015, 6, 1), kind="milestone")
    make_counts.document(session, board, "To come", date(2016, 3, 1), precision="planned")

    def followed(day):
        found = documents(session, view=make.view(board, day))
        known = found[found["followed_on"].notna()]
        return dict(zip(known["title"], known["followed_on"], strict=True))

    assert followed(REPORTED) == {"First": date(2016, 2, 1)}
    assert followed(date(2016, 1, 31)) == {}


def test_a_line_on_a_chart_is_a_document_whose_day_or_month_is_known(session, board):
    make_counts.document(session, board, "By day", date(2015, 4, 1))
    make_counts.document(session, board, "By month", date(2015, 6, 1), precision="month")
    make_counts.document(session, board, "By year", date(2015, 7, 1), precision="year")
    make_counts.document(session, board, "A milestone", date(2015, 8, 1), kind="milestone")
    lines = in_use(session, view=make.view(board, REPORTED), between=(date(2015, 3, 31), REPORTED))
    assert lines == [("By day", date(2015, 4, 1)), ("By month", date(2015, 6, 1))]


def test_a_line_lies_after_the_first_day_and_not_after_the_last(session, board):
    for day in (date(2015, 3, 31), date(2015, 4, 1), date(2015, 5, 31), date(2015, 6, 1)):
        make_counts.document(session, board, day.isoformat(), day)
    lines = in_use(session, view=make.view(board, REPORTED), between=(date(2015, 3, 31), date(2015, 5, 31)))
    assert [title for title, _ in lines] == ["2015-04-01", "2015-05-31"]


def test_findings_about_thresholds_and_the_risk_measured_by_them_are_told_newest_first(session, board):
    def found(text, on, theme="Thresholds"):
        plain = {"board_id": board.id, "source_kind": ActionSource.AUDIT, "source": "Test 1"}
        make.added(session, Finding(text=text, found_on=on, theme=theme, **plain))

    found("Uneven use", date(2015, 1, 1))
    found("Not about it", date(2015, 2, 1), theme="Neglect")
    found("Uneven use", date(2016, 5, 1))  # said again: listed once, as last said
    found("Good reasons", date(2016, 1, 1))
    make.added(session, Risk(board_id=board.id, title="Not seen", measure="below_threshold", source="Test 2"))
    make.added(session, Risk(board_id=board.id, title="Other", measure="re_referrals"))
    told = said_of_thresholds(session, view=make.view(board, REPORTED))
    assert told["text"].tolist() == ["Uneven use", "Good reasons", "Not seen"]
    assert told["kind"].tolist() == ["Audit", "Audit", "Risk list"]
    assert told["on"].tolist()[0] == date(2016, 5, 1)
    early = said_of_thresholds(session, view=make.view(board, date(2016, 4, 30)))
    assert early["text"].tolist() == ["Good reasons", "Uneven use"]
