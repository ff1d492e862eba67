"""The panel's newest figures as cards: label, value, what it was before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from lscb_core.domain.indicators import INDICATORS
from lscb_core.domain.periods import months_back, short_day

MOST_COUNTS = 3
LONGEST_WITH_HELP = 15
HIDDEN = "c: hidden, because the number is small or would give a small one away."

Line = tuple[str, str]
"""Dimension and key of the grid."""
Cells = Mapping[Line, str]
"""The number of each line as it is shown, or its symbol."""

DEATHS, REVIEWS, IN_TIME = ("all", "all"), ("reviews", "completed"), ("reviews", "in_time")
EXPECTED, UNEXPECTED = ("expectedness", "expected"), ("expectedness", "unexpected")
CHANGED, HARM = ("modifiable", "yes"), ("abuse", "yes")
CARDS: Mapping[str, tuple[Line, Line | None]] = {
    "deaths_notified": (DEATHS, None),
    "reviews_completed": (REVIEWS, None),
    "reviews_with_lesson": (CHANGED, REVIEWS),
    "deaths_unexpected": (UNEXPECTED, DEATHS),
    "deaths_from_harm": (HARM, DEATHS),
}
"""Measure -> what is counted, and of what; the first ones that are held are shown."""


@dataclass(frozen=True, slots=True)
class Card:
    """One figure. `is_worse` marks bad news; without a change there is nothing to compare with."""

    label: str
    value: str
    change: str = ""
    help: str = ""
    is_worse: bool = False


def cards(counts: pd.DataFrame, reports: pd.DataFrame) -> list[Card]:
    """Up to three counts of the newest period, and the panel's annual report.

    Frames: `queries.deaths.COUNTS`, `queries.panel.panel_reports`.
    """
    return [*list(_counts(counts))[:MOST_COUNTS], *_report(reports)]


def newest_period(counts: pd.DataFrame) -> str:
    """The name of the newest single period, such as 2025-26; nothing where none is held."""
    return next((str(row["period"]) for row in _single(counts)), "")


def _single(counts: pd.DataFrame) -> list[dict[Any, Any]]:
    return [row for row in counts.to_dict("records") if row["span"] != "pooled"]


def _counts(counts: pd.DataFrame) -> Iterator[Card]:
    """Cards for what is held of the newest period, with the year before beside it."""
    rows = _single(counts)
    if not rows:
        return
    end: date = rows[0]["period_end"]
    now, before = _of(rows, end), _of(rows, months_back(end, 12))
    # The whole name of a part of a year would be cut on a phone; it stands in the heading below.
    period = f"in {rows[0]['period']}" if rows[0]["span"] == "year" else f"in part of {end.year}"
    for measure, (line, of) in CARDS.items():
        if line in now:
            yield _card(measure, _value(now, line, of), _change(measure, now, before) or period)


def _of(rows: list[dict[Any, Any]], end: date) -> Cells:
    return {(row["dimension"], row["key"]): _text(row) for row in rows if row["period_end"] == end}


def _text(row: dict[Any, Any]) -> str:
    """The count, in brackets where others do not see it; or the letter that stands for it."""
    if pd.isna(row["count"]):
        return str(row["symbol"])
    return f"({row['count']})" if row["is_hidden"] else str(row["count"])


def _value(cells: Cells, line: Line, of: Line | None) -> str:
    return f"{cells[line]} of {cells[of]}" if of and of in cells else cells[line]


def _change(measure: str, now: Cells, before: Cells) -> str:
    """What stands under the figure: the year before, or a part of it."""
    if measure == "deaths_notified" and DEATHS in before:
        return f"{before[DEATHS]} the year before"
    if measure == "reviews_completed" and IN_TIME in now:
        return (
            f"{now[IN_TIME]} of them in time" if now[IN_TIME].strip("()").isdecimal() else "in time: hidden"
        )
    if measure == "reviews_with_lesson" and {CHANGED, REVIEWS} <= set(before):
        return f"{_value(before, CHANGED, REVIEWS)} before"
    return f"{now[EXPECTED]} expected" if measure == "deaths_unexpected" and EXPECTED in now else ""


def _card(measure: str, value: str, change: str) -> Card:
    known = INDICATORS[measure]
    hidden = [HIDDEN] if "c" in value.split() else []
    help_ = " ".join([known.numerator, known.caveat, *hidden])
    # On a phone a long label beside the help's mark is cut.
    return Card(known.short, value, change, help_ if len(known.short) <= LONGEST_WITH_HELP else "")


def _report(reports: pd.DataFrame) -> Iterator[Card]:
    """The late report, or else the one that came or is due last."""
    rows = reports.astype(object).where(reports.notna(), None).to_dict("records")
    if rows:
        last = max(rows, key=lambda row: (row["standing"] == "late", _day(row) or date.min))
        on, verb = _day(last), "came" if last["standing"] == "received" else "due"
        change = f"{verb} {short_day(on)}" if on else "no date given"
        yield Card(
            "Annual report", last["standing"].capitalize(), change, last["title"], last["standing"] == "late"
        )


def _day(row: Mapping[Any, Any]) -> date | None:
    found: date | None = row["received_on"] if row["standing"] == "received" else row["due_on"]
    return found
