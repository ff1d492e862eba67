"""Key figures are left out where what a board told does not say how many of how many."""

import pytest

from lscb_core.queries import briefing
from tests import make, make_audits, make_work


@pytest.fixture
def held(session, board):
    """A figure's count and what it is of; None where the figure is left out."""

    def ask(key):
        found = briefing.figures(session, view=make.view(board)).set_index("figure")
        return tuple(found.loc[key, ["count", "of"]]) if key in found.index else None

    return ask


def test_a_graded_audit_without_a_day_or_a_month_is_not_counted(session, board, held):
    make_audits.audit(session, board, "dated")
    make_audits.audit(session, board, "undated", month=None, reported_on=None)
    assert held("audits_good") == (1, 1)


def test_audits_done_are_not_counted_where_a_row_may_stand_for_several(session, board, held):
    make_audits.audit(session, board, "one")
    make_audits.planned(session, board, "another")
    assert held("audits_done") == (1, 2)
    make_audits.audit(session, board, "four-in-one-row", month=None, grade=None)
    assert held("audits_done") is None


def test_reports_without_a_date_are_late_only_where_a_document_says_so(session, board, held):
    make_work.report(session, board, "waited-for", due_on=None)
    make_work.report(session, board, "nobody-says", due_on=None, is_received=None)
    make_work.report(session, board, "came", due_on=None, is_received=True)
    assert held("reports_late") is None
    make_work.report(session, board, "called-late", due_on=None, is_late_as_reported=True)
    assert held("reports_late") == (1, 2)
