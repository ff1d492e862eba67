"""What changed on a board since its last meeting."""

from datetime import date, timedelta

import pytest

from lscb_core.domain.vocab import Status
from lscb_core.queries import briefing
from lscb_core.queries.changes import CHANGES
from tests import make, make_audits, make_work

TODAY = make.TODAY
MET = date(2025, 3, 20)
DAY = timedelta(days=1)


@pytest.fixture
def met(session, board):
    """The board met on 20 March 2025."""
    return make.meeting(session, board, MET)


def changed(session, view):
    """What happened: kind -> titles."""
    listed = briefing.changes(session, view=view)
    return {what: own["title"].tolist() for what, own in listed.groupby("what")}


def test_an_action_changes_once_for_each_thing_that_happened_to_it(session, board, met):
    make.action(session, board, due=MET, title="became late")
    make.action(session, board, due=MET - DAY, title="was late at the meeting")
    make.action(session, board, due=TODAY, title="due today")
    moved = make.action(session, board, due=MET + DAY, title="moved")
    make.next_state(session, moved, MET + DAY, due_on=TODAY + DAY, times_moved=1)
    closed = make.action(session, board, due=MET - DAY, title="closed")
    make.next_state(session, closed, TODAY, status=Status.VERIFIED)
    dropped = make.action(session, board, due=MET - DAY, title="withdrawn")
    make.next_state(session, dropped, TODAY, status=Status.WITHDRAWN)
    make.action(session, board, due=TODAY + DAY, raised=MET + DAY, title="new")
    assert changed(session, make.view(board)) == {
        "late": ["became late"],
        "moved": ["moved"],
        "closed": ["closed"],
        "added": ["new"],
    }


def test_what_happens_after_the_day_has_not_happened(session, board, met):
    promise = make.action(session, board, due=TODAY)
    make.next_state(session, promise, TODAY + DAY, status=Status.VERIFIED)
    assert changed(session, make.view(board)) == {}
    assert changed(session, make.view(board, as_at=TODAY + DAY)) == {"closed": ["Do what was promised"]}


def test_where_the_register_began_after_the_meeting_no_action_counts_as_changed(session, board, met):
    make.action(session, board, due=MET + DAY, raised=MET + DAY)
    assert changed(session, make.view(board)) == {}


def test_audits_and_reports_of_the_time_since_are_told(session, board, met):
    make_audits.audit(session, board, "graded", reported_on=MET + DAY)
    make_audits.audit(session, board, "told-then", reported_on=MET)
    make_work.report(session, board, "late-since", due_on=MET)
    make_work.report(session, board, "late-before", due_on=MET - DAY)
    make_work.report(session, board, "came", due_on=MET, is_received=True, received_on=TODAY)
    assert changed(session, make.view(board)) == {
        "graded": ["Graded"],
        "report_late": ["LATE-SINCE"],
        "report_received": ["CAME"],
    }


def test_an_action_that_got_a_new_owner_has_not_become_late_or_moved(session, board, met):
    police, health = make.agency(session, board), make.agency(session, board, "health")
    known = make.action(session, board, owner=police, due=MET - DAY, moved=1, title="late already")
    make.next_state(session, known, MET + DAY, agency_id=health.id)
    news = make.action(session, board, owner=police, due=MET + DAY, title="became late")
    make.next_state(session, news, MET + DAY, agency_id=health.id)
    assert changed(session, make.view(board, agency_id=health.id)) == {"late": ["became late"]}
    assert changed(session, make.view(board, agency_id=police.id)) == {}
    assert changed(session, make.view(board)) == {"late": ["became late"]}


def test_changes_honour_the_agency_and_have_their_columns(session, board, met):
    police, health = make.agency(session, board), make.agency(session, board, "health")
    make.action(session, board, owner=police, due=MET, title="police")
    make.action(session, board, owner=health, due=MET, title="health")
    listed = briefing.changes(session, view=make.view(board, agency_id=police.id))
    assert list(listed.columns) == list(CHANGES)
    assert listed[["what", "title", "agency_slug"]].values.tolist() == [["late", "police", "police"]]
