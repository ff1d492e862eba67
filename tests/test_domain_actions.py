"""How late an action is, its colour, and where it may go next."""

from datetime import date, timedelta

import pytest

from lscb_core.domain import actions
from lscb_core.domain.permissions import Act
from lscb_core.domain.vocab import Brag, Status
from lscb_core.errors import MoveNotAllowed

TODAY = date(2025, 4, 30)
OPEN = [Status.NOT_STARTED, Status.IN_PROGRESS, Status.COMPLETE]


def on(days):
    return TODAY + timedelta(days=days)


@pytest.mark.parametrize(("due_in", "late"), [(-10, 10), (-1, 1), (0, 0), (1, 0)])
def test_days_overdue_counts_from_the_day_after_the_agreed_date(due_in, late):
    assert actions.days_overdue(on(due_in), Status.IN_PROGRESS, TODAY) == late
    assert actions.is_late(on(due_in), Status.IN_PROGRESS, TODAY) == (late > 0)


def test_complete_without_a_check_is_still_open_and_can_be_late():
    assert actions.days_overdue(on(-3), Status.COMPLETE, TODAY) == 3


@pytest.mark.parametrize("status", [Status.VERIFIED, Status.WITHDRAWN])
def test_what_is_no_longer_open_is_never_late(status):
    assert actions.days_overdue(on(-100), status, TODAY) == 0
    assert actions.brag(status, on(-100), 5, TODAY) is Brag.CLOSED


def test_an_action_without_a_date_is_not_late_but_says_so():
    assert actions.days_overdue(None, Status.NOT_STARTED, TODAY) == 0
    assert actions.brag(Status.NOT_STARTED, None, 3, TODAY) is Brag.NO_DATE


@pytest.mark.parametrize(
    ("due_in", "moved", "expected"),
    [
        (-1, 0, Brag.LATE),
        (-1, 2, Brag.LATE),  # late is worse than moved
        (0, 0, Brag.DUE_SOON),
        (28, 0, Brag.DUE_SOON),
        (28, 2, Brag.DUE_SOON),
        (29, 0, Brag.ON_TIME),
        (29, 1, Brag.ON_TIME),
        (29, 2, Brag.MOVED_TWICE),
        (400, 7, Brag.MOVED_TWICE),
    ],
)
@pytest.mark.parametrize("status", OPEN)
def test_the_colour_follows_from_the_date_and_how_often_it_was_moved(status, due_in, moved, expected):
    assert actions.brag(status, on(due_in), moved, TODAY) is expected


def test_an_action_can_be_closed_only_when_it_is_complete():
    assert [s for s in Status if Status.VERIFIED in actions.allowed_moves(s)] == [Status.COMPLETE]


def test_what_is_closed_or_withdrawn_can_only_be_reopened():
    for status in (Status.VERIFIED, Status.WITHDRAWN):
        assert actions.allowed_moves(status) == {Status.IN_PROGRESS}
        assert actions.act_for_move(status, Status.IN_PROGRESS) is Act.REOPEN_ACTION


@pytest.mark.parametrize("status", OPEN)
def test_any_open_action_can_be_withdrawn(status):
    assert Status.WITHDRAWN in actions.allowed_moves(status)
    assert actions.act_for_move(status, Status.WITHDRAWN) is Act.WITHDRAW_ACTION


def test_closing_needs_the_permission_to_verify_and_plain_progress_does_not():
    assert actions.act_for_move(Status.COMPLETE, Status.VERIFIED) is Act.VERIFY_ACTION
    assert actions.act_for_move(Status.COMPLETE, Status.IN_PROGRESS) is Act.UPDATE_ACTION
    assert actions.act_for_move(Status.NOT_STARTED, Status.NOT_STARTED) is Act.UPDATE_ACTION


@pytest.mark.parametrize("status", OPEN)
def test_an_owner_chooses_among_the_three_open_states(status):
    assert actions.owner_moves(status) == set(OPEN)


def test_an_owner_can_change_nothing_of_a_closed_action():
    assert actions.owner_moves(Status.VERIFIED) == actions.owner_moves(Status.WITHDRAWN) == set()


def test_each_pair_of_states_is_either_allowed_or_refused_with_words():
    for old in Status:
        for new in Status:
            if new in actions.allowed_moves(old) or (new is old and old in OPEN):
                actions.check_move(old, new)
                continue
            with pytest.raises(MoveNotAllowed) as refusal:
                actions.check_move(old, new)
            assert old.label in refusal.value.what
            assert refusal.value.why
            assert refusal.value.advice


def test_closing_before_completing_is_refused_with_the_way_to_do_it():
    with pytest.raises(MoveNotAllowed, match="Mark it complete and say what shows it"):
        actions.check_move(Status.IN_PROGRESS, Status.VERIFIED)


def test_a_note_to_a_closed_action_is_refused_with_whom_to_ask():
    with pytest.raises(MoveNotAllowed, match="ask the board manager or the chair to reopen it"):
        actions.check_move(Status.VERIFIED, Status.VERIFIED)
