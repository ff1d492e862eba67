"""The published actions in the register: as reported, with the states that the documents tell of."""

from datetime import date

import pytest
from sqlmodel import func, select

from lscb_core import published
from lscb_core.db import tables
from lscb_core.db.base import FOREVER
from lscb_core.domain.vocab import Status
from lscb_core.errors import BadInput
from tests.published_folder import amend
from tests.published_tables import row, table


def number_of(session, kind, *conditions):
    return session.exec(select(func.count()).select_from(kind).where(*conditions)).one()


def board_id(session, slug):
    return session.exec(select(tables.Board.id).where(tables.Board.slug == slug)).one()


def action(session, slug, number):
    wanted = tables.Action.board_id == board_id(session, slug), tables.Action.number == number
    return session.exec(select(tables.Action).where(*wanted)).one()


def states(session, of):
    found = select(tables.ActionState).where(tables.ActionState.action_id == of.id)
    return session.exec(found.order_by(tables.ActionState.version)).all()


def test_stocktons_five_recommendations_are_actions_without_owner_or_date(published_boards):
    for number in range(110, 115):
        found = action(published_boards, "stockton", number)
        [state] = states(published_boards, found)
        advised = published_boards.get(tables.Recommendation, found.recommendation_id)
        assert (advised.key, state.agency_id, state.due_on) == (str(number), None, None)
        assert found.source.startswith(f"ST {number}")
        assert (state.from_on, state.until_on, state.status) == (
            date(2016, 6, 30),
            FOREVER,
            Status.NOT_STARTED,
        )


def test_every_action_ends_in_the_state_that_its_document_reports(published_boards):
    for told in table("actions"):
        found = action(published_boards, told["board"], int(told["number"]))
        *_, last = states(published_boards, found)
        assert (last.status, last.note, last.changed_by) == (
            told["status"],
            told["status_note"],
            "As reported",
        )
        assert (last.due_on.isoformat() if last.due_on else "") == told["due_on"]
        assert (last.version, last.until_on) == (found.version, FOREVER)
        assert last.due_precision == (told["due_precision"] or "day")


def test_states_follow_each_other_without_a_gap_from_the_day_the_action_was_raised(published_boards):
    for found in published_boards.exec(select(tables.Action)):
        chain = states(published_boards, found)
        assert chain[0].from_on == found.raised_on
        for before, after in zip(chain, chain[1:], strict=False):
            assert (before.until_on, before.version + 1) == (after.from_on, after.version)


def test_an_action_raised_before_its_report_was_not_started_until_then(published_boards):
    told = row("actions", board="brent", number="103")
    assert (told["raised_on"], told["status"], told["reported_on"]) == (
        "2013-07-31",
        "complete",
        "2014-03-31",
    )
    first, second = states(published_boards, action(published_boards, "brent", 103))
    assert (first.from_on, first.status, first.note) == (date(2013, 7, 31), Status.NOT_STARTED, "")
    assert (second.from_on, second.status, second.closed_on) == (date(2014, 3, 31), Status.COMPLETE, None)


def test_an_action_without_a_day_stands_from_its_documents(published_boards):
    # The board's own day is in 2014; the plan of 2012 was known long before.
    assert action(published_boards, "brent", 1).raised_on == date(2012, 7, 19)
    # The review bears no date: the board's own day stands for it.
    assert action(published_boards, "stockton", 1).raised_on == date(2016, 6, 30)


def test_an_action_without_a_day_but_done_earlier_stands_from_that_day(published_boards):
    # Launched in February 2016 and told of in a review that bears no date; nobody has checked it.
    [state] = states(published_boards, action(published_boards, "stockton", 20))
    assert (state.from_on, state.note_on, state.closed_on) == (date(2016, 2, 29), date(2016, 2, 29), None)


def test_an_action_without_a_day_but_closed_earlier_stands_from_its_closing(published_boards):
    [state] = states(published_boards, action(published_boards, "brent", 118))
    assert (state.status, state.from_on, state.closed_on) == (
        Status.VERIFIED,
        date(2013, 10, 31),
        date(2013, 10, 31),
    )


def test_a_dated_closing_begins_a_further_state(session, own_published):
    amend(own_published / "actions.csv", {"board": "brent", "number": "118"}, raised_on="2012-09-30")
    published.load(session, folder=own_published)
    first, second = states(session, action(session, "brent", 118))
    assert (first.from_on, first.until_on, first.closed_on) == (date(2012, 9, 30), date(2013, 10, 31), None)
    assert (second.status, second.closed_on) == (Status.VERIFIED, date(2013, 10, 31))


@pytest.mark.parametrize("status", [status.value for status in Status if status.is_open])
def test_an_open_action_with_a_day_of_closing_is_refused(session, own_published, status):
    wanted = {"board": "brent", "number": "118"}
    amend(own_published / "actions.csv", wanted, status=status)
    with pytest.raises(BadInput, match="closed_on"):
        published.load(session, folder=own_published)


def test_a_date_that_was_moved_keeps_the_first(session, own_published):
    wanted = {"board": "brent", "number": "101"}
    amend(own_published / "actions.csv", wanted, due_on="2014-06-30")  # first agreed for 31 January 2014
    published.load(session, folder=own_published)
    first, second = states(session, action(session, "brent", 101))
    assert (first.due_on, first.times_moved) == (date(2014, 1, 31), 0)
    assert (second.first_due_on, second.due_on, second.times_moved) == (
        date(2014, 1, 31),
        date(2014, 6, 30),
        1,
    )


def test_actions_and_audits_carry_their_tags(published_boards):
    for file, link in (("actions", tables.ActionPriority), ("audits", tables.AuditPriority)):
        told = [key for each in table(file) for key in each["priority_keys"].split(";") if key]
        assert number_of(published_boards, link) == len(told) > 0
    told = [key for each in table("actions") for key in each["sub_groups"].split(";") if key]
    assert number_of(published_boards, tables.ActionSubGroup) == len(told) > 0
