"""What is asked about actions: late, held by whom, from where, as it stood on a day."""

from datetime import date, timedelta

import pytest

from lscb_core.domain.actions import brag
from lscb_core.domain.vocab import ActionSource, Brag, Role, Status
from lscb_core.errors import BadInput, NotFound, NotPermitted
from lscb_core.queries.actions import (
    action_counts,
    action_history,
    actions,
    by_source,
    late_by_agency,
    overdue_actions,
    without_owner,
)
from lscb_core.queries.one_action import one_action
from lscb_core.queries.view import Choice, open_view
from tests import make

DAY = timedelta(days=1)


def test_overdue_means_open_and_past_its_date(session, board):
    police = make.agency(session, board)
    late = make.action(session, board, owner=police, due=date(2025, 4, 20))
    make.action(session, board, due=make.TODAY)  # due today: not yet late
    make.action(session, board, due=date(2025, 4, 1), status=Status.VERIFIED)  # late, but no longer open
    make.action(session, board)  # no date agreed: cannot be late
    [row] = overdue_actions(session, view=make.view(board)).itertuples()
    assert (row.action_id, row.agency, row.days_late) == (late.id, "Police", 10)


def test_a_complete_action_that_nobody_checked_is_still_late(session, board):
    make.action(session, board, due=make.TODAY - DAY, status=Status.COMPLETE)
    assert len(overdue_actions(session, view=make.view(board))) == 1


def test_days_late_are_told_from_the_first_date_too(session, board):
    make.action(session, board, due=make.TODAY - 3 * DAY, first_due=make.TODAY - 100 * DAY, moved=2)
    [row] = overdue_actions(session, view=make.view(board)).itertuples()
    assert (row.days_late, row.days_late_from_first, row.times_moved) == (3, 100, 2)


def test_the_longest_overdue_stands_first_and_the_undated_after_the_dated(session, board):
    on_time = make.action(session, board, due=make.TODAY + 90 * DAY)
    undated = make.action(session, board)
    late = make.action(session, board, due=make.TODAY - DAY)
    later = make.action(session, board, due=make.TODAY - 9 * DAY)
    closed = make.action(session, board, due=make.TODAY - 99 * DAY, status=Status.VERIFIED)
    listed = actions(session, view=make.view(board))["action_id"].tolist()
    assert listed == [later.id, late.id, on_time.id, undated.id, closed.id]


def test_standings_in_the_database_are_the_rules_standings(session, board):
    """Every combination of status, distance to the date and moves, counted by the rule and by the CASE."""
    expected = dict.fromkeys(Brag, 0)
    for status in Status:
        for days in (None, -400, -1, 0, 1, 28, 29, 300):
            for moved in (0, 1, 2, 5):
                due = None if days is None else make.TODAY + days * DAY
                make.action(session, board, status=status, due=due, moved=moved)
                expected[brag(status, due, moved, make.TODAY)] += 1
    assert action_counts(session, view=make.view(board)) == expected


def test_a_past_day_shows_the_action_as_it_stood(session, board):
    police, health = make.agency(session, board, "police"), make.agency(session, board, "health")
    promise = make.action(session, board, owner=police, due=date(2025, 2, 1), raised=date(2025, 1, 1))
    make.next_state(session, promise, date(2025, 2, 10), due_on=date(2025, 6, 1), times_moved=1)
    make.next_state(session, promise, date(2025, 3, 1), agency_id=health.id)
    make.next_state(session, promise, date(2025, 4, 1), status=Status.VERIFIED)
    seen = {}
    for day in [(2024, 12, 31), (2025, 1, 1), (2025, 2, 9), (2025, 2, 10), (2025, 3, 1), (2025, 4, 1)]:
        listed = actions(session, view=make.view(board, date(*day)))
        seen[day] = [(row.agency, row.now, row.days_late) for row in listed.itertuples()]
    assert seen == {
        (2024, 12, 31): [],  # not raised yet
        (2025, 1, 1): [("Police", "on_time", 0)],  # 31 days ahead
        (2025, 2, 9): [("Police", "late", 8)],
        (2025, 2, 10): [("Police", "on_time", 0)],  # moved that day
        (2025, 3, 1): [("Health", "on_time", 0)],
        (2025, 4, 1): [("Health", "closed", 0)],
    }


def test_two_changes_on_one_day_leave_the_last(session, board):
    promise = make.action(session, board, due=date(2025, 6, 1))
    make.next_state(session, promise, make.TODAY, note="first")
    make.next_state(session, promise, make.TODAY, note="second")
    [row] = actions(session, view=make.view(board)).itertuples()
    assert row.note == "second"


def test_filters_pick_by_agency_priority_and_sub_group(session, board):
    police, health = make.agency(session, board, "police"), make.agency(session, board, "health")
    neglect, group = make.priority(session, board), make.sub_group(session, board)
    mine = make.action(session, board, owner=police, serves=neglect, answered_by=group)
    make.action(session, board, owner=health, serves=neglect)
    make.action(session, board, owner=police)

    def listed(**filters):
        return len(actions(session, view=make.view(board, **filters)))

    assert listed(agency_id=police.id) == 2
    assert listed(priority_id=neglect.id) == 2
    assert listed(sub_group_id=group.id) == 1
    both = make.view(board, agency_id=police.id, priority_id=neglect.id)
    assert actions(session, view=both)["action_id"].tolist() == [mine.id]


def test_another_boards_actions_are_never_among_them(session, board):
    other = make.board(session, "elsewhere")
    police = make.agency(session, board)
    make.agency(session, other)
    make.action(session, other, owner=police, due=date(2025, 1, 1))
    for view in (make.view(board), make.view(board, agency_id=police.id)):
        assert actions(session, view=view).empty
        assert late_by_agency(session, view=view).empty
        assert not any(action_counts(session, view=view).values())


def test_agencies_are_counted_with_their_longest_late_action(session, board):
    police, health = make.agency(session, board, "police"), make.agency(session, board, "health")
    for days in (-29, -28, -1, 5):  # 29 days late is over 28, 28 is not
        make.action(session, board, owner=police, due=make.TODAY + days * DAY)
    make.action(session, board, owner=health, due=make.TODAY + DAY)
    make.action(session, board, due=make.TODAY - 2 * DAY)
    rows = late_by_agency(session, view=make.view(board)).set_index("agency")
    assert rows.loc["Police", ["open", "over_28", "up_to_28", "longest"]].tolist() == [4, 1, 2, 29]
    assert rows.loc["Health", ["open", "over_28", "up_to_28", "longest"]].tolist() == [1, 0, 0, 0]
    assert rows.loc["No owner named", ["open", "over_28", "up_to_28", "longest"]].tolist() == [1, 0, 1, 2]
    assert rows.index.tolist() == ["Police", "No owner named", "Health"]


def test_open_actions_of_nobody_are_listed_alone_or_beside_a_standing(session, board):
    police = make.agency(session, board)
    nobodys = make.action(session, board, due=make.TODAY + 90 * DAY)
    make.action(session, board, status=Status.VERIFIED)  # nobody's too, but closed
    late = make.action(session, board, owner=police, due=make.TODAY - DAY)
    make.action(session, board, owner=police)
    view = make.view(board)
    assert actions(session, view=view, no_owner=True)["action_id"].tolist() == [nobodys.id]
    either = actions(session, view=view, only=(Brag.LATE,), no_owner=True)
    assert either["action_id"].tolist() == [late.id, nobodys.id]
    assert actions(session, view=make.view(board, agency_id=police.id), no_owner=True).empty
    assert without_owner(session, view=view) == 1


def test_sources_and_missing_owners_are_counted_among_open_actions(session, board):
    make.action(session, board, source=ActionSource.PANEL, due=make.TODAY - DAY)
    make.action(session, board, source=ActionSource.AUDIT)
    make.action(session, board, source=ActionSource.AUDIT, status=Status.WITHDRAWN)
    counted = by_source(session, view=make.view(board))
    assert counted.values.tolist() == [["panel", 1, 1], ["audit", 1, 0]]
    assert without_owner(session, view=make.view(board)) == 2


def test_history_tells_each_change_newest_first_and_none_after_the_day(session, board):
    promise = make.action(session, board, due=date(2025, 2, 1), raised=date(2025, 1, 1))
    make.next_state(session, promise, date(2025, 2, 1), due_on=date(2025, 6, 1), reason="Staffing")
    make.next_state(session, promise, date(2025, 3, 1), status=Status.COMPLETE, note="Done", reason="")
    make.next_state(session, promise, date(2025, 4, 1), status=Status.VERIFIED, note="Seen")
    told = action_history(session, view=make.view(board, date(2025, 3, 31)), action_id=promise.id)
    assert told[["on", "what", "note"]].values.tolist() == [
        [date(2025, 3, 1), "Marked complete", "Done"],
        [date(2025, 2, 1), "Moved to another date", "Staffing"],
        [date(2025, 1, 1), "Added", ""],
    ]


def test_one_action_is_told_with_the_version_a_form_needs(session, board):
    police = make.agency(session, board)
    promise = make.action(session, board, owner=police, due=make.TODAY - DAY)
    make.next_state(session, promise, date(2025, 4, 1), note="Half done")
    found = one_action(session, view=make.view(board), number=promise.number)
    assert (found.version, found.agency, found.now, found.days_late, found.is_current) == (
        2,
        "Police",
        Brag.LATE,
        1,
        True,
    )
    earlier = one_action(session, view=make.view(board, date(2025, 3, 1)), number=promise.number)
    assert (earlier.note, earlier.is_current) == ("", False)
    with pytest.raises(NotFound):
        one_action(session, view=make.view(make.board(session, "elsewhere")), number=promise.number)


def test_a_view_is_opened_only_for_somebody_with_a_seat(session, board):
    lay = make.account(session, Role.LAY, board)
    stranger = make.account(session, Role.MANAGER, make.board(session, "elsewhere"))
    view = open_view(session, actor=lay, choice=Choice(board.slug), today=make.TODAY)
    assert (view.board_id, view.as_at, view.exact_deaths) == (board.id, make.TODAY, False)
    with pytest.raises(NotPermitted):
        open_view(session, actor=stranger, choice=Choice(board.slug), today=make.TODAY)


@pytest.mark.parametrize(
    ("role", "is_panel", "exact"),
    [
        (Role.CHAIR, False, True),
        (Role.MANAGER, False, True),
        (Role.SUBGROUP, True, True),  # the panel's own sub-group
        (Role.SUBGROUP, False, False),
        (Role.LAY, False, False),
        (Role.ADMIN, False, False),
    ],
)
def test_exact_child_death_counts_are_for_chair_manager_and_panel(session, board, role, is_panel, exact):
    group = make.sub_group(session, board, is_panel=is_panel) if role is Role.SUBGROUP else None
    who = make.account(session, role, None if role is Role.ADMIN else board, sits_in=group)
    view = open_view(session, actor=who, choice=Choice(board.slug), today=make.TODAY)
    assert view.exact_deaths is exact


def test_a_view_refuses_a_day_to_come_and_filters_of_another_board(session, board):
    lay = make.account(session, Role.LAY, board)
    make.priority(session, make.board(session, "elsewhere"), "theirs")
    with pytest.raises(BadInput):
        open_view(session, actor=lay, choice=Choice(board.slug, as_at=make.TODAY + DAY), today=make.TODAY)
    with pytest.raises(NotFound):
        open_view(session, actor=lay, choice=Choice(board.slug, priority="theirs"), today=make.TODAY)
    with pytest.raises(NotFound):
        open_view(session, actor=lay, choice=Choice("nowhere"), today=make.TODAY)
