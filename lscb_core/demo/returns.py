"""The invented board's monthly returns of referrals, kept as if a file had been taken in each month."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from lscb_core.db.tables import Import, ReturnAsked, SentScope
from lscb_core.demo.stage import Stage, moment
from lscb_core.domain.periods import month_end, month_label
from lscb_core.imports.grids.referrals import Kind

SENT_AFTER = timedelta(days=9)
SENT_BY = "Board manager"


def add_returns(stage: Stage, counted: Mapping[Kind, int], steps: Mapping[tuple[str, date], int]) -> None:
    """One file for each month, with a scope for each agency and one for the steps."""
    files = [_file(stage, end) for end in stage.clock.months]
    numbers = stage.put(Import, files)
    scopes = list(_scopes(counted, steps))
    of_month = dict(zip(stage.clock.months, numbers, strict=True))
    stage.add(ReturnAsked, (_asked(stage, agency_id) for agency_id in stage.agencies.values()))
    stage.add(SentScope, (_scope(stage, of_month[end], key, end, rows) for key, end, rows in scopes))


def _file(stage: Stage, end: date) -> dict[str, Any]:
    name = f"referrals-{end:%Y-%m}.xlsx"
    sent = min(end + SENT_AFTER, stage.clock.today)
    return {
        "board_id": stage.board_id,
        "agency_id": stage.agencies["childrens-services"],
        "kind": "template",
        "template": "thresholds",
        "title": f"Referrals by agency, level and outcome, {month_label(end)}",
        "file_name": name,
        "sha256": hashlib.sha256(name.encode()).hexdigest(),
        "size_bytes": 0,
        "status": "saved",
        "rows": len(stage.agencies) + 1,
        "counts": {},
        "problems": 0,
        "notes": [],
        "as_at": end,
        "account_id": None,
        "saved_by": SENT_BY,
        "saved_at": moment(sent),
        "undone_by": "",
        "undone_at": None,
        "undone_why": "",
        "origin_id": stage.origin_id,
    }


def _asked(stage: Stage, agency_id: int) -> dict[str, Any]:
    """From this month on each agency sends its own return, within a fortnight of the month's end."""
    return {
        "board_id": stage.board_id,
        "agency_id": agency_id,
        "template": "thresholds",
        "every": "month",
        "first_period_end": month_end(stage.clock.today),
        "until": None,
        "days_allowed": 14,
    }


def _scopes(
    counted: Mapping[Kind, int], steps: Mapping[tuple[str, date], int]
) -> Iterator[tuple[str, date, list[dict[str, Any]]]]:
    """Key, month end and rows of each scope."""
    rows: dict[tuple[str, date], list[dict[str, Any]]] = {}
    for (end, part, level, outcome), count in counted.items():
        sent = {"level": level, "outcome": outcome, "count": count}
        rows.setdefault((f"template/thresholds/{part}/{end}", end), []).append(sent)
    for (step, end), count in steps.items():
        rows.setdefault((f"template/steps/all/{end}", end), []).append({"step": step, "count": count})
    return ((key, end, sent) for (key, end), sent in rows.items())


def _scope(stage: Stage, import_id: int, key: str, end: date, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "import_id": import_id,
        "board_id": stage.board_id,
        "scope": key,
        "agency_id": stage.agencies.get(key.split("/")[2]),
        "period_end": end,
        "rows": rows,
    }
