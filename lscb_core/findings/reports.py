"""What the board is sent, in words: routine reports, and what inspectors have said."""

from datetime import date

import pandas as pd

from lscb_core.domain.numbers import plural
from lscb_core.domain.periods import day, month_label
from lscb_core.domain.vocab import Grade
from lscb_core.findings.words import Row, rows_of

REPORT_BADGES = {
    "late": ("red", "Late"),
    "due": ("gray", "Due"),
    "not stated": ("gray", "Not stated"),
    "received": ("blue", "Received"),
}
NOT_STATED = "It is not stated whether it came."


def report_lines(reports: pd.DataFrame) -> list[tuple[str, str, str, str]]:
    """Colour, badge, title and where it stands: late ones, those due, then the last that came."""
    rows = rows_of(reports)
    rows.sort(key=lambda row: row["received_on"] or date.max, reverse=True)
    rows.sort(key=lambda row: list(REPORT_BADGES).index(row["standing"]))
    return [(*REPORT_BADGES[row["standing"]], _titled(row), _report(row)) for row in rows]


def _titled(row: Row) -> str:
    return f"{row['title']}, {row['period']}" if row["period"] else str(row["title"])


def _report(row: Row) -> str:
    who = f"{row['agency']}. " if row["agency"] else ""
    if row["standing"] == "received":
        came = f"on {day(row['received_on'])}" if row["received_on"] else "; no day is given"
        return f"{who}Received {came}.".replace(" ;", ";")
    if row["standing"] == "not stated":
        return f"{who}{row['note'] or NOT_STATED}"
    if not row["due_on"]:
        return f"{who}{row['note'] or 'No date is given.'}"
    late = f", {plural(row['days_late'], 'day')} late" if row["days_late"] else ""
    return f"{who}Due {day(row['due_on'])}{late}."


def judgement_lines(inspections: pd.DataFrame, *, most: int = 4) -> list[tuple[str, str]]:
    """What was inspected, and what the inspectors said; the newest first."""
    return [(row["subject"], _judgement(row)) for row in rows_of(inspections)[:most]]


def _judgement(row: Row) -> str:
    # The month alone: a document that gives no day was entered on the last of its month.
    on = f", {month_label(row['inspected_on'])}" if row["inspected_on"] else ""
    grades = {grade.value: grade.label for grade in Grade}
    said = grades.get(row["judgement"], row["judgement"]) or "No judgement reported"
    return f"{said}. {row['inspector']}{on}. {row['note']}".strip()
