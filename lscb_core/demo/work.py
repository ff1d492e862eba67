"""The rest of the invented board's work: challenges, risks, procedures, training, voices, returns."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from lscb_core.db.tables import Challenge, Coverage, Procedure, Risk, Training, VoiceEntry
from lscb_core.demo.stage import SOURCE, Stage
from lscb_core.demo.words import Row, number, sheet
from lscb_core.domain.periods import month_end

RETURNS, SILENT, SILENT_FOR = 24, "ambulance", 7
DUE_AFTER = timedelta(days=5)


def add_work(stage: Stage) -> None:
    """Everything else that the board holds."""
    stage.add(Challenge, (_challenge(stage, row) for row in sheet("challenges")))
    stage.add(Risk, (_risk(stage, row) for row in sheet("risks")))
    stage.add(Procedure, (_procedure(stage, row) for row in sheet("procedures")))
    stage.add(VoiceEntry, (_voice(stage, row) for row in sheet("voice")))
    stage.add(Training, _training(stage))
    stage.add(Coverage, _returns(stage))


def _mine(stage: Stage) -> dict[str, Any]:
    return {"board_id": stage.board_id, "source": SOURCE}


def _challenge(stage: Stage, row: Row) -> dict[str, Any]:
    raised = stage.clock.day(int(row["raised_ago"]))
    after = number(row["answered_after"])
    words = {key: row[key] for key in ("raised_by", "question", "answer", "changed")}
    [agency] = [known["name"] for known in sheet("agencies") if known["slug"] == row["agency"]]
    return {
        **_mine(stage),
        **words,
        "raised_on": raised,
        "agency_id": stage.agencies[row["agency"]],
        "asked_of": agency,
        "answered_on": None if after is None else raised + timedelta(days=after),
    }


def _risk(stage: Stage, row: Row) -> dict[str, Any]:
    return {
        **_mine(stage),
        **{key: row[key] for key in ("title", "measure", "response")},
        "score": int(row["score"]),
        "agency_id": stage.agencies.get(row["agency"]),
        "noted_on": stage.clock.day(int(row["noted_ago"])),
    }


def _procedure(stage: Stage, row: Row) -> dict[str, Any]:
    return {
        **_mine(stage),
        **{key: row[key] for key in ("title", "version")},
        "adopted_on": stage.clock.day(int(row["adopted_ago"])),
        "review_due_on": stage.clock.day(-int(row["review_in"])),
        "voice_assessed": {"1": True, "0": False}.get(row["voice_assessed"]),
    }


def _voice(stage: Stage, row: Row) -> dict[str, Any]:
    words = {key: row[key] for key in ("asked", "heard", "changed")}
    return {**_mine(stage), **words, "noted_on": stage.clock.day(int(row["noted_ago"]))}


def _training(stage: Stage) -> Iterator[dict[str, Any]]:
    """Each course in each year, by agency: places, booked, attended."""
    for end in stage.clock.months:
        for course in (row for row in sheet("training") if int(row["month"]) == end.month):
            chance = stage.chance(f"training {course['title']} {end}")
            for row in sheet("training_agencies"):
                places = max(int(course["places"]) * int(row["books"]) // 100, 1)
                booked = max(places - chance.randrange(max(places // 4, 1) + 1), 1)
                came = sum(chance.randrange(100) < int(row["comes"]) for _ in range(booked))
                yield {
                    **_mine(stage),
                    "title": course["title"],
                    "period": f"{end:%B %Y}",
                    "period_end": end,
                    "agency_id": stage.agencies[row["agency"]],
                    "places": places,
                    "booked": booked,
                    "attended": came,
                }


def _returns(stage: Stage) -> Iterator[dict[str, Any]]:
    """Two years of monthly returns by agency: sent in time, late, in part, or not at all."""
    for ago in range(RETURNS, 0, -1):
        due = month_end(stage.clock.month(ago)) + DUE_AFTER
        chance = stage.chance(f"returns {due}")
        for row in sheet("agencies"):
            sent = due - timedelta(chance.randrange(6))
            if chance.randrange(100) >= int(row["sends"]):
                sent = due + timedelta(1 + chance.randrange(12))
            is_silent = row["slug"] == SILENT and ago <= SILENT_FOR
            is_part = row["slug"] in ("gps", "housing") and chance.randrange(100) < 30
            yield {
                **_mine(stage),
                "agency_id": stage.agencies[row["slug"]],
                "due_on": due,
                "sent_on": None if is_silent else sent,
                "supplies": "no" if is_silent else "some" if is_part else "yes",
                "note": _note(due, None if is_silent else sent, is_part),
            }


def _note(due: date, sent: date | None, is_part: bool) -> str:
    if sent is None:
        return "Nothing was sent."
    words = "Only part of the figures." if is_part else ""
    return f"{words} Sent late.".strip() if sent > due else words
