"""Sixty audits over five years: eight subjects repeated again and again, single ones, and those to come."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from lscb_core.db.tables import Audit, AuditPriority, AuditSubGroup
from lscb_core.demo.audit_results import add_results
from lscb_core.demo.audit_words import add_findings, add_recommendations
from lscb_core.demo.stage import SOURCE, Stage
from lscb_core.demo.words import Row, number, sheet, texts
from lscb_core.domain.periods import month_end, month_label, month_start
from lscb_core.domain.vocab import AuditKind


@dataclass(frozen=True, slots=True)
class Audited:
    """An audit that has been done, as far as actions need to know it."""

    id: int
    theme: str
    title: str
    months_ago: int
    reported_on: date
    recommendations: dict[int, str]


def add_audits(stage: Stage) -> list[Audited]:
    """Add all audits with their questions, findings and tags; give back those that were done."""
    graded = [_graded(stage, place, row) for place, row in enumerate(sheet("audits"))]
    others = [_other(stage, row) for row in sheet("audits_other")]
    rows = [*graded, *others]
    ids = stage.put(Audit, rows)
    _repeats(stage, ids)
    _tag(stage, ids)
    add_results(stage, ids[: len(graded)])
    done = [(key, row) for key, row in zip(ids, rows, strict=True) if row["status"] == "done"]
    add_findings(stage, done)
    advice = add_recommendations(stage, done)
    agos = [int(row["months_ago"]) for row in (*sheet("audits"), *sheet("audits_other"))]
    return [
        Audited(
            key, row["theme"], row["title"], agos[ids.index(key)], row["reported_on"], advice.get(key, {})
        )
        for key, row in done
    ]


def _graded(stage: Stage, place: int, row: Row) -> dict[str, Any]:
    [theme] = [theme for theme in sheet("audit_themes") if theme["theme"] == row["theme"]]
    ago, chance = int(row["months_ago"]), stage.chance(f"audit {place}")
    month = stage.clock.month(ago)
    reported = number(row["reported_ago"])
    return {
        **_bare(stage, month, f"{_slug(row['theme'])}-{month:%Y-%m}"),
        **{key: theme[key] for key in ("title", "theme", "trigger", "method")},
        "kind": AuditKind.RE_AUDIT if row["repeats"] == "1" else AuditKind.MULTI_AGENCY,
        "dimension": int(theme["dimension"]),
        "reported_on": month_end(month) + timedelta(25 + chance.randrange(20))
        if reported is None
        else stage.clock.day(reported),
        "cases": int(row["cases"]),
        "grade": row["grade"],
        "outcome": chance.choice(texts("audit_outcomes", grade=row["grade"])),
        "reaudit_due_on": stage.clock.month_end(ago - int(row["reaudit_after"])),
        "is_case_by_agency": row["style"] == "cases",
        "note": _note(row),
    }


def _note(row: Row) -> str:
    if row["style"] == "agencies":
        return "Six agencies also answered questions of their own."
    return "Every agency read the same cases." if row["style"] == "cases" else ""


def _other(stage: Stage, row: Row) -> dict[str, Any]:
    month = stage.clock.month(int(row["months_ago"]))
    is_done = row["status"] == "done"
    return {
        **_bare(stage, month, row["key"]),
        **{key: row[key] for key in ("title", "theme", "kind", "status", "trigger", "method", "outcome")},
        "dimension": 1 if row["kind"] == "single_agency" else 2,
        "reported_on": month_end(month) + timedelta(30) if is_done else None,
        "planned_on": stage.clock.month(int(row["was_planned"])),
        "cases": number(row["cases"]),
        "note": "" if is_done else f"Planned for {month_label(month)}.",
    }


def _bare(stage: Stage, month: date, key: str) -> dict[str, Any]:
    """Every column, so that all audits go in together."""
    return {
        "board_id": stage.board_id,
        "key": key,
        "status": "done",
        "month": month,
        "planned_on": month_start(month),
        "grade": None,
        "reaudit_due_on": None,
        "is_case_by_agency": False,
        "source": SOURCE,
        "origin_id": stage.origin_id,
    }


def _slug(theme: str) -> str:
    return theme.lower().replace(" ", "-")


def _repeats(stage: Stage, ids: list[int]) -> None:
    """Link each repeat to the audit of the same subject before it."""
    links: list[dict[str, int]] = []
    latest: dict[str, int] = {}
    for key, row in zip(ids, sheet("audits"), strict=False):
        if row["repeats"] == "1":
            links.append({"repeat": key, "before": latest[row["theme"]]})
        latest[row["theme"]] = key
    link = sa.update(Audit).where(col(Audit.id) == sa.bindparam("repeat"))
    stage.session.connection().execute(link.values(reaudit_of_id=sa.bindparam("before")), links)


def _tag(stage: Stage, ids: list[int]) -> None:
    themes = {row["theme"]: row for row in sheet("audit_themes")}
    tags = [*(themes[row["theme"]] for row in sheet("audits")), *sheet("audits_other")]
    stage.add(AuditPriority, _tags(ids, tags, "priority", stage.priorities))
    stage.add(AuditSubGroup, _tags(ids, tags, "sub_group", stage.sub_groups))


def _tags(ids: list[int], tags: Iterable[Row], what: str, known: dict[str, int]) -> Iterator[dict[str, int]]:
    for key, tag in zip(ids, tags, strict=True):
        yield {"audit_id": key, f"{what}_id": known[tag[what]]}
