"""Attendance takes its place: who was at a meeting, and how many of those called came.

A meeting that the register does not have is added as a board meeting. Counts that stood on one before are
remembered, and stand again when the return is undone; a meeting that the return added then goes again.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import col, select

from lscb_core.commands.placing.aside import let_go, remember, remembered
from lscb_core.commands.placing.model import Change, Place, Sent
from lscb_core.commands.placing.observations import Figure, Series, hold, share
from lscb_core.commands.placing.origins import agencies_on, day_of, no_seat, number_of, origins_of
from lscb_core.db.tables import Meeting, Observation
from lscb_core.domain.numbers import of
from lscb_core.domain.periods import day

ATTENDED = "meetings_attended"
ADDED = "Attendance return"
COUNTS = ("attended", "invited", "origin_id")


def place_attendance(place: Place, sent: Sequence[Sent]) -> list[Change]:
    """The counts of each meeting, and one observation of 0 or 1 for each agency that was called.

    Who came without being called counts as called. Raises BadInput for an agency without a seat.
    """
    return [change for one in sent for change in _scope(place, one)]


def _scope(place: Place, one: Sent) -> list[Change]:
    held_on, mine = day_of(one), origins_of(place, key=one.key)
    called = [row for row in one.rows or () if row["invited"] or row["attended"]]
    came = sum(bool(row["attended"]) for row in called)
    changes = _meeting(place, held_on, (came, len(called)) if one.rows is not None else None, mine)
    within = [
        Observation.measure == ATTENDED,
        Observation.period_end == held_on,
        Observation.span == "day",
        col(Observation.agency_id).is_not(None),
    ]
    return changes + hold(place, _presence(place, called, held_on), mine=mine, within=within)


def _presence(place: Place, called: Sequence[Mapping[str, Any]], held_on: date) -> dict[Series, Figure]:
    seats = agencies_on(place.session, number_of(place.board))
    unseated = [row["agency"] for row in called if row["agency"] not in seats]
    if unseated:
        raise no_seat(unseated[0])
    return {
        Series(ATTENDED, seats[row["agency"]], "day", held_on): share(int(bool(row["attended"])), 1)
        for row in called
    }


def _meeting(place: Place, held_on: date, counts: tuple[int, int] | None, mine: set[int]) -> list[Change]:
    meeting = _found(place, held_on)
    before = _said(meeting)
    if counts is not None:
        meeting = _counted(place, meeting or _new(place, held_on), counts, mine)
    elif meeting is not None and meeting.origin_id in mine:
        meeting = _back(place, meeting)
    place.session.flush()
    now = _said(meeting)
    return [Change(f"Board meeting of {day(held_on)}: present", before, now)] if before != now else []


def _found(place: Place, held_on: date) -> Meeting | None:
    asked = select(Meeting).where(
        Meeting.board_id == place.board.id,
        Meeting.held_on == held_on,
        Meeting.kind == "board",
        Meeting.precision == "day",
    )
    return place.session.exec(asked.order_by(col(Meeting.id))).first()


def _new(place: Place, held_on: date) -> Meeting:
    return Meeting(board_id=number_of(place.board), held_on=held_on, source=ADDED, origin_id=place.origin_id)


def _counted(place: Place, meeting: Meeting, counts: tuple[int, int], mine: set[int]) -> Meeting:
    if meeting.id is not None and meeting.origin_id not in mine:
        remember(place, meeting, _name(meeting), {name: getattr(meeting, name) for name in COUNTS})
    meeting.attended, meeting.invited = counts
    meeting.origin_id = place.origin_id
    place.session.add(meeting)
    return meeting


def _back(place: Place, meeting: Meeting) -> Meeting | None:
    """As it stood before the return; None where the return had added it."""
    name = _name(meeting)
    aside = remembered(place, Meeting, name).get(name)
    if not aside:
        place.session.delete(meeting)
        return None
    for field in COUNTS:
        setattr(meeting, field, aside[-1].get(field))
    let_go(place, Meeting, name, aside)
    place.session.add(meeting)
    return meeting


def _name(meeting: Meeting) -> str:
    return f"Board meeting of {meeting.held_on}"


def _said(meeting: Meeting | None) -> str:
    if meeting is None or meeting.attended is None:
        return ""
    return of(meeting.attended, meeting.invited or 0)
