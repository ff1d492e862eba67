"""The invented board: the same every time, its actions right on any day."""

from collections import defaultdict
from datetime import date, timedelta

from sqlmodel import Session, select

from lscb_core.db.base import FOREVER, Table
from lscb_core.db.tables import Action, ActionState, Agency, Board, Meeting, Origin, Seat, SubGroup
from lscb_core.demo import load
from lscb_core.demo.board import set_the_stage
from lscb_core.demo.clock import Clock
from lscb_core.domain.actions import brag, check_move, days_overdue
from lscb_core.domain.vocab import Brag, Status
from tests.tidewater import FIXED, agency_id, board_on, last_meeting, standing, states_on


def contents(session: Session) -> dict[str, list]:
    """Every row of every table, as it was stored."""
    tables = Table.metadata.sorted_tables
    return {t.name: sorted(map(repr, session.connection().execute(t.select()).all())) for t in tables}


def lives(session: Session) -> list[list[ActionState]]:
    """The states of each action, in the order of their versions."""
    found = defaultdict(list)
    for state in session.exec(select(ActionState).order_by(ActionState.version)):
        found[state.action_id].append(state)
    return list(found.values())


def count_from_one(session: Session) -> None:
    """PostgreSQL counts on from the rows of earlier tests, though they are gone; here it begins again.

    The history refuses to be emptied, so its guards are off meanwhile.
    """
    if session.connection().dialect.name == "postgresql":
        names = ", ".join(f'"{name}"' for name in Table.metadata.tables if name != "datarevision")
        session.connection().exec_driver_sql("SET LOCAL session_replication_role = replica")
        session.connection().exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
        session.connection().exec_driver_sql("SET LOCAL session_replication_role = DEFAULT")


def test_the_same_day_gives_the_same_rows_on_both_databases(session):
    count_from_one(session)
    load(session, today=FIXED)
    session.flush()
    assert contents(session) == contents(board_on(FIXED))


def test_an_agency_that_is_there_already_is_not_made_twice(session):
    session.add(Agency(slug="police", name="Police", kind="police"))
    session.flush()
    set_the_stage(session, Clock(FIXED))
    assert len(session.exec(select(Agency).where(Agency.slug == "police")).all()) == 1
    assert len(session.exec(select(Seat)).all()) == 12


def test_the_board_is_marked_as_invented_and_stands_on_today(demo):
    row = demo.exec(select(Board)).one()
    assert (row.slug, row.is_invented, row.is_demonstration, row.as_at) == ("tidewater", True, True, None)
    assert {origin.kind for origin in demo.exec(select(Origin))} == {"invented"}
    assert [group.slug for group in demo.exec(select(SubGroup)) if group.is_panel] == ["cdop"]


def test_the_board_met_some_weeks_ago_and_meets_again_soon(demo, demo_day):
    held = sorted(meeting.held_on for meeting in demo.exec(select(Meeting)))
    last, coming = max(d for d in held if d < demo_day), min(d for d in held if d >= demo_day)
    assert timedelta(42) <= demo_day - last <= timedelta(49)
    assert timedelta(14) <= coming - demo_day <= timedelta(20)
    assert len([d for d in held if demo_day - timedelta(1826) < d < demo_day]) >= 28


def test_forty_of_four_hundred_actions_are_open_and_fourteen_of_them_late(demo, demo_day):
    expected = {"late": 14, "due_soon": 10, "moved_twice": 4, "on_time": 10, "no_date": 2, "closed": 360}
    assert standing(demo, demo_day) == expected
    late = [days_overdue(state.due_on, state.status, demo_day) for state in states_on(demo, demo_day)]
    assert (max(late), len([days for days in late if days > 91])) == (203, 3)


def test_the_police_hold_nine_open_actions_and_one_action_has_no_owner(demo, demo_day):
    police = agency_id(demo, "police")
    held = [s for s in states_on(demo, demo_day) if s.status.is_open]
    mine = [s for s in held if s.agency_id == police]
    assert (len(mine), sum(s.due_on is not None and s.due_on < demo_day for s in mine)) == (9, 4)
    assert len([s for s in held if s.agency_id is None]) == 1


def test_since_the_last_meeting_five_became_late_four_were_closed_and_three_moved(demo, demo_day):
    last = last_meeting(demo, demo_day)
    before = {state.action_id: state for state in states_on(demo, last)}
    now = {state.action_id: state for state in states_on(demo, demo_day)}

    def is_late(state: ActionState, day: date) -> bool:
        return brag(state.status, state.due_on, state.times_moved, day) is Brag.LATE

    assert sum(is_late(now[k], demo_day) and not is_late(s, last) for k, s in before.items()) == 5
    assert sum(is_late(s, last) and not is_late(now[k], demo_day) for k, s in before.items()) == 0
    assert sum(s.status.is_open and now[k].status is Status.VERIFIED for k, s in before.items()) == 4
    assert sum(now[k].times_moved > s.times_moved for k, s in before.items()) == 3


def test_every_meeting_of_five_years_found_a_living_register(demo, demo_day):
    for day in (m.held_on for m in demo.exec(select(Meeting)) if m.held_on < demo_day):
        found = standing(demo, day)
        still_open = found.total() - found["closed"]
        assert 28 <= still_open <= 52, day
        assert 1 <= found["late"] <= 16, day


def test_the_states_of_an_action_follow_each_other_without_a_gap(demo):
    for life in lives(demo):
        assert [state.version for state in life] == list(range(1, len(life) + 1))
        assert all(old.until_on == new.from_on for old, new in zip(life, life[1:], strict=False))
        assert all(state.from_on < state.until_on for state in life)
        assert life[-1].until_on == FOREVER


def test_an_action_says_the_version_and_the_day_that_its_states_say(demo):
    actions = {action.id: action for action in demo.exec(select(Action))}
    for life in lives(demo):
        action = actions[life[0].action_id]
        assert (action.version, action.raised_on) == (len(life), life[0].from_on)
    ordered = sorted(actions.values(), key=lambda action: action.number)
    assert [action.number for action in ordered] == list(range(1, 401))
    assert ordered == sorted(ordered, key=lambda action: (action.raised_on, action.number))


def test_the_first_date_is_kept_and_every_move_is_counted_and_explained(demo):
    for life in lives(demo):
        assert len({state.first_due_on for state in life}) == 1
        for old, new in zip(life, life[1:], strict=False):
            has_moved = new.due_on != old.due_on
            assert new.times_moved - old.times_moved == int(has_moved)
            assert not has_moved or (new.reason and new.due_on > new.from_on)
        assert (life[-1].due_on == life[-1].first_due_on) == (life[-1].times_moved == 0)


def test_actions_move_only_as_the_rules_allow(demo):
    for life in lives(demo):
        assert life[0].status is Status.NOT_STARTED
        for old, new in zip(life, life[1:], strict=False):
            check_move(old.status, new.status)


def test_what_one_person_completed_another_has_checked_with_evidence(demo):
    closed = [life for life in lives(demo) if life[-1].status is Status.VERIFIED]
    assert len(closed) > 320
    for life in closed:
        assert life[-2].status is Status.COMPLETE
        assert life[-2].changed_by != life[-1].changed_by
        assert life[-1].evidence
        assert life[-1].closed_on == life[-1].from_on


def test_nothing_was_done_by_nobody_or_on_a_day_to_come(demo, demo_day):
    for state in demo.exec(select(ActionState)):
        assert state.changed_by
        assert state.from_on <= demo_day
        assert state.changed_at.date() == state.from_on
