"""The board itself: its area, seats, sub-groups, priorities, threshold documents and meetings."""

from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from lscb_core.db.tables import (
    Agency,
    Area,
    Board,
    BoardFact,
    Meeting,
    Observation,
    Origin,
    Priority,
    Seat,
    SubGroup,
    ThresholdDocument,
    ThresholdLevel,
)
from lscb_core.demo.clock import Clock
from lscb_core.demo.stage import SOURCE, Stage
from lscb_core.demo.words import Row, sheet

NAME = "Tidewater"
SLUG = "tidewater"


def set_the_stage(session: Session, clock: Clock) -> Stage:
    """Add the board with its agencies and groups; give back where everything else is to be added."""
    area = _added(session, Area(code=SLUG, name=NAME, kind="invented"))
    origin = _added(session, Origin(key=SLUG, kind="invented", title="Tidewater, an invented board"))
    board = _added(
        session,
        Board(
            slug=SLUG,
            name=f"{NAME} Local Safeguarding Children Board",
            short_name=NAME,
            area_id=area,
            is_invented=True,
            is_demonstration=True,
            note="Tidewater is made up, to try the dashboard. None of its figures is real.",
        ),
    )
    agencies = {row["slug"]: _agency(session, row) for row in sheet("agencies")}
    stage = Stage(session, clock, board, area, origin, agencies, {}, {})
    stage.add(
        Seat,
        ({**_mine(stage), "agency_id": agencies[r["slug"]], "name": r["name"]} for r in sheet("agencies")),
    )
    _groups(stage)
    _thresholds(stage)
    _meetings(stage)
    stage.add(BoardFact, ({**_mine(stage), **row} for row in sheet("board_facts")))
    return stage


def _added(session: Session, row: Area | Origin | Board | Agency) -> int:
    session.add(row)
    session.flush()
    assert row.id is not None
    return row.id


def _agency(session: Session, row: Row) -> int:
    """An agency that sits on several boards is there once."""
    known = session.exec(select(Agency.id).where(col(Agency.slug) == row["slug"])).first()
    return known or _added(session, Agency(slug=row["slug"], name=row["name"], kind=row["kind"]))


def _mine(stage: Stage) -> dict[str, Any]:
    return {"board_id": stage.board_id, "source": SOURCE}


def _groups(stage: Stage) -> None:
    groups = [{**_mine(stage), **r, "is_panel": r["is_panel"] == "1"} for r in sheet("sub_groups")]
    stage.sub_groups.update(zip((r["slug"] for r in groups), stage.put(SubGroup, groups), strict=True))
    aims = [{**_mine(stage), **row} for row in sheet("priorities")]
    stage.priorities.update(zip((r["key"] for r in aims), stage.put(Priority, aims), strict=True))


def _thresholds(stage: Stage) -> None:
    clock, board = stage.clock, {"board_id": stage.board_id}
    levels = sheet("levels")
    stage.add(ThresholdLevel, ({**board, **r, "level": int(r["level"])} for r in levels))
    first = {"title": "First threshold document", "rolled_out_on": clock.first_day}
    new = {"title": "New threshold document", "rolled_out_on": clock.rolled_out_on}
    stage.add(ThresholdDocument, ({**_mine(stage), **r, "status": "in use"} for r in (first, new)))


def _meetings(stage: Stage) -> None:
    """Each meeting, and for those held who was there: one observation of 0 or 1 for each agency."""
    chance = stage.chance("attendance")
    meetings, presence = [], []
    for held in stage.clock.meetings:
        came = {r["slug"]: chance.randrange(100) < int(r["attends"]) for r in sheet("agencies")}
        is_past = held < stage.clock.today
        count = {"attended": sum(came.values()), "invited": len(came)} if is_past else {}
        meetings.append({**_mine(stage), "held_on": held, "attended": None, "invited": None, **count})
        presence += [_presence(stage, held, s, was) for s, was in came.items()] if is_past else []
    stage.add(Meeting, meetings)
    stage.add(Observation, presence)


def _presence(stage: Stage, held: date, slug: str, was_there: bool) -> dict[str, Any]:
    return {
        "area_id": stage.area_id,
        "measure": "meetings_attended",
        "agency_id": stage.agencies[slug],
        "span": "day",
        "period_start": held,
        "period_end": held,
        "known_on": held,
        "numerator": int(was_there),
        "denominator": 1,
        "value": 100.0 * was_there,
        "source": SOURCE,
        "origin_id": stage.origin_id,
    }
