"""Measures of returns: each figure a revision that can go again, each explanation with its sender."""

from datetime import date

import pytest
from sqlmodel import select

from lscb_core.commands.imports import preview
from lscb_core.db.access import OPERATOR
from lscb_core.db.tables import Commentary, Import, Observation
from lscb_core.domain.vocab import Role
from lscb_core.errors import BadInput, NotPermitted
from lscb_core.imports.reading import reading
from lscb_core.queries.measure_series import measure_series
from lscb_core.queries.measures import comments, latest_measures
from tests import make, make_work
from tests.make_imports import facts, moment
from tests.make_returns import DAY_AFTER, NEXT_DAY, agency_of, scope, send, undo

MARCH = date(2025, 3, 31)
WAIT, SEEN = "wait_mental_health", "return_interviews_72h"


@pytest.fixture
def board(session):
    return make.seated_board(session, "police", "health")


def row(measure=SEEN, **fields):
    plain = {"measure": measure, "span": "month", "numerator": None, "denominator": None, "value": None}
    return plain | {"commentary": None, "signed_by": None} | fields


def share(met, of, **fields):
    return row(numerator=met, denominator=of, **fields)


def shown(session, on, day=NEXT_DAY, measure=SEEN, agency="police"):
    """The value of a measure on the agency's page of that day; None where there is none."""
    agency_id = agency_of(session, agency).id if agency else None
    found = latest_measures(session, view=make.view(on, as_at=day, agency_id=agency_id))
    values = found.loc[found["measure"] == measure, "value"].tolist()
    return values[0] if values else None


def test_a_share_is_worked_out_from_its_counts_and_stands_from_the_end_of_its_period(session, board):
    send(session, board, scope("measures", "police", MARCH, share(30, 40)))
    assert shown(session, board) == 75.0
    assert shown(session, board, day=date(2025, 3, 30)) is None
    assert shown(session, board, day=date(2025, 3, 31)) == 75.0
    [held] = session.exec(select(Observation)).all()
    assert (held.numerator, held.denominator, held.period_start) == (30, 40, date(2025, 3, 1))
    assert held.origin_id == session.exec(select(Import)).one().origin_id


@pytest.mark.parametrize(
    ("measure", "fields", "value"),
    [
        (SEEN, {"value": 62.5}, 62.5),
        ("children_on_plan", {"numerator": 184}, 184.0),
        (WAIT, {"numerator": 250, "denominator": 20}, 12.5),
    ],
)
def test_a_value_stands_as_sent_or_follows_from_what_was_counted(session, board, measure, fields, value):
    send(session, board, scope("measures", "all", MARCH, row(measure, **fields)))
    assert shown(session, board, measure=measure, agency="") == value


def test_nothing_of_nothing_has_a_sign_and_no_value(session, board):
    send(session, board, scope("measures", "police", MARCH, share(0, 0)))
    [held] = session.exec(select(Observation)).all()
    assert (held.value, held.symbol) == (None, "z")


def test_a_correction_is_a_new_revision_and_the_page_of_the_day_before_stays(session, board):
    send(session, board, scope("measures", "police", MARCH, share(30, 40)))
    send(session, board, scope("measures", "police", MARCH, share(20, 40)), day=NEXT_DAY)
    assert shown(session, board, day=make.TODAY) == 75.0
    assert shown(session, board) == 50.0
    points = measure_series(session, view=make.view(board, as_at=NEXT_DAY))
    assert points["value"].tolist() == [50.0]


def test_what_a_later_file_leaves_out_stands_no_more_from_that_day(session, board):
    send(session, board, scope("measures", "health", MARCH, share(30, 40), row(WAIT, value=9.0)))
    later = send(session, board, scope("measures", "health", MARCH, share(30, 40)), day=NEXT_DAY)
    assert shown(session, board, day=make.TODAY, measure=WAIT, agency="health") == 9.0
    assert shown(session, board, measure=WAIT, agency="health") is None
    undo(session, later)
    assert shown(session, board, day=DAY_AFTER, measure=WAIT, agency="health") == 9.0
    assert shown(session, board, measure=WAIT, agency="health") is None  # as it was that day


@pytest.mark.parametrize("order", ["latest first", "first in the middle"])
def test_undoing_gives_back_the_figure_before(session, board, order):
    first = send(session, board, scope("measures", "police", MARCH, share(30, 40)))
    second = send(session, board, scope("measures", "police", MARCH, share(20, 40)), day=NEXT_DAY)
    left = {"latest first": (second, 75.0, first), "first in the middle": (first, 50.0, second)}[order]
    undo(session, left[0])
    assert shown(session, board, day=DAY_AFTER) == left[1]
    undo(session, left[2], day=date(2025, 5, 3))
    assert shown(session, board, day=date(2025, 5, 3)) is None
    assert shown(session, board, day=DAY_AFTER) == left[1]
    assert shown(session, board, day=make.TODAY) == 75.0


def test_a_figure_of_another_origin_stands_beneath_and_again_after_the_file(session, board):
    make_work.observed(session, board, SEEN, 90.0, MARCH)
    taken = send(session, board, scope("measures", "all", MARCH, share(30, 40)))
    assert [(one.before, one.now) for one in taken.changes] == [("90%", "75% (30 of 40)")]
    assert shown(session, board, agency="") == 75.0
    undo(session, taken)
    assert shown(session, board, day=DAY_AFTER, agency="") == 90.0
    assert session.exec(select(Observation).where(Observation.value == 90)).one().withdrawn_on is None


def test_other_agencies_and_periods_are_left_alone(session, board):
    april = scope("measures", "police", date(2025, 4, 30), share(9, 10))
    send(session, board, april, scope("measures", "health", MARCH, share(1, 4)))
    taken = send(session, board, scope("measures", "police", MARCH, share(30, 40)), day=NEXT_DAY)
    assert shown(session, board, agency="health") == 25.0
    undo(session, taken)
    assert shown(session, board, day=DAY_AFTER) == 90.0
    assert shown(session, board, day=DAY_AFTER, agency="health") == 25.0


def test_explanations_are_signed_dated_replaced_and_taken_back(session, board):
    said = {"commentary": "Two posts were empty.", "signed_by": "Head of service"}
    first = send(session, board, scope("measures", "police", MARCH, share(30, 40, **said)))
    make_work.comment(session, board, SEEN, date(2025, 4, 1), "Typed in by hand.")
    again = share(30, 40, **(said | {"commentary": "One post was empty."}))
    second = send(session, board, scope("measures", "police", MARCH, again), day=NEXT_DAY)

    def told(day):
        found = comments(session, view=make.view(board, as_at=day))
        return list(zip(found["text"], found["signed_by"], found["written_on"], strict=True))

    by_hand = ("Typed in by hand.", "Head of service", date(2025, 4, 1))
    assert told(NEXT_DAY) == [("One post was empty.", "Head of service", NEXT_DAY), by_hand]
    undo(session, second)
    assert told(DAY_AFTER) == [("Two posts were empty.", "Head of service", make.TODAY), by_hand]
    undo(session, first)
    assert told(DAY_AFTER) == [by_hand]


def test_an_explanation_of_one_month_goes_without_that_of_another(session, board):
    april = scope("measures", "police", date(2025, 4, 30), share(9, 10, commentary="April."))
    send(session, board, scope("measures", "police", MARCH, share(3, 4, commentary="March.")), april)
    send(session, board, scope("measures", "police", MARCH, share(3, 4)), day=NEXT_DAY)
    assert [one.text for one in session.exec(select(Commentary)).all()] == ["April."]


def test_an_explanation_may_come_without_a_figure(session, board):
    send(session, board, scope("measures", "police", MARCH, row(commentary="Nothing can be counted yet.")))
    assert session.exec(select(Observation)).all() == []
    assert session.exec(select(Commentary)).one().text == "Nothing can be counted yet."


def test_a_preview_tells_what_would_change_and_keeps_nothing(session, board):
    send(session, board, scope("measures", "police", MARCH, share(30, 40)))
    made = reading("template", scopes=[scope("measures", "police", MARCH, share(20, 40))], title="Return")
    would = preview(
        session, actor=OPERATOR, board_id=board.id, file=facts(), reading=made, at=moment(NEXT_DAY)
    )
    [change] = would.changes
    assert (change.before, change.now) == ("75% (30 of 40)", "50% (20 of 40)")
    assert change.what.endswith(", Police, March 2025")
    assert shown(session, board) == 75.0
    assert len(session.exec(select(Import)).all()) == 1


def test_an_agency_without_a_seat_is_not_taken_for_the_whole_board(session, board):
    with pytest.raises(BadInput, match="no seat"):
        send(session, board, scope("measures", "housing", MARCH, share(30, 40)))


def test_an_agency_lead_sends_the_own_figures_alone(session, board):
    police = agency_of(session, "police")
    lead = make.account(session, Role.AGENCY_LEAD, board, leads=police)
    send(session, board, scope("measures", "police", MARCH, share(30, 40)), actor=lead)
    for whose in ("health", "all"):
        with pytest.raises(NotPermitted):
            send(session, board, scope("measures", whose, MARCH, share(30, 40)), actor=lead)
        session.rollback()
