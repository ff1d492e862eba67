"""Routine reports to the invented board, fourteen a year, and the agencies' yearly self-checks."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from lscb_core.db.tables import Report, ReportPriority, ReportSubGroup, Section11Score
from lscb_core.demo.stage import SOURCE, Stage
from lscb_core.demo.words import Row, number, sheet, texts
from lscb_core.domain.codes import SECTION_11_STANDARDS
from lscb_core.domain.periods import financial_year, month_end

YEAR = timedelta(days=365)
ABOUT_THE_YEAR_BEFORE = timedelta(days=240)
CYCLES = range(6, -2, -1)  # years back; the last one is still ahead


def add_reports(stage: Stage) -> None:
    """Every report due since the first day, and those of the year ahead; two are late today."""
    made = [
        (row, report)
        for row in sheet("reports")
        for back in CYCLES
        if (report := _report(stage, row, back))["due_on"] >= stage.clock.first_day
    ]
    ids = stage.put(Report, (report for _, report in made))
    pairs = [(key, row) for key, (row, _) in zip(ids, made, strict=True)]
    aims, groups = stage.priorities, stage.sub_groups
    stage.add(ReportPriority, ({"report_id": k, "priority_id": aims[r["priority"]]} for k, r in pairs))
    stage.add(ReportSubGroup, ({"report_id": k, "sub_group_id": groups[r["sub_group"]]} for k, r in pairs))


def _report(stage: Stage, row: Row, back: int) -> dict[str, Any]:
    due = stage.clock.day(int(row["due_ago"])) - YEAR * back
    chance = stage.chance(f"report {row['kind']} {back}")
    received = _received(stage, row, back, due + timedelta(chance.randrange(46) - 12))
    return {
        "board_id": stage.board_id,
        "key": f"{row['kind']}-{due:%Y-%m}",
        "title": row["title"],
        "kind": row["kind"],
        "period": financial_year(due - ABOUT_THE_YEAR_BEFORE),
        "due_on": due,
        "is_received": received is not None,
        "received_on": received,
        "agency_id": stage.agencies.get(row["agency"]),
        "board_response": chance.choice(texts("responses")) if received else "",
        "source": SOURCE,
        "origin_id": stage.origin_id,
    }


def _received(stage: Stage, row: Row, back: int, usual: date) -> date | None:
    """Those due in the last weeks came when the table says, or have not come; the others as usual."""
    if back < 0:
        return None
    if back == 0 and int(row["due_ago"]) < 100:
        ago = number(row["received_ago"])
        return None if ago is None else stage.clock.day(ago)
    return usual


def add_section11(stage: Stage) -> None:
    """Two rounds of self-checks: own scores, and scores after another agency's challenge."""
    stage.add(Section11Score, (score for row in sheet("section11") for score in _scores(stage, row)))


def _scores(stage: Stage, row: Row) -> Iterator[dict[str, Any]]:
    empty = {"standard": "", "returned_on": None, "own": None, "challenged": None, "note": ""}
    whose = {"board_id": stage.board_id, "agency_id": stage.agencies[row["agency"]], "source": SOURCE}
    if not row["own"]:
        note = f"Asked for by {month_end(stage.clock.month(int(row['round']))):%B %Y}; nothing came."
        yield {**whose, **empty, "status": "not returned", "note": note}
        return
    returned = month_end(stage.clock.month(int(row["round"])))
    for standard, own, after in zip(SECTION_11_STANDARDS, row["own"], row["challenged"], strict=True):
        scores = {"own": int(own), "challenged": int(after)}
        note = "Lowered after challenge: the evidence was thin." if after < own else ""
        said = {"standard": standard, "returned_on": returned, "note": note, "status": "returned"}
        yield {**whose, **empty, **scores, **said}
