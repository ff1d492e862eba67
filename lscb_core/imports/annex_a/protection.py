"""Counts assessments, enquiries, conferences, children in need and plans of Annex A, each by its day."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from lscb_core.domain.working_days import BANDS, SURELY_MOST, band, working_days
from lscb_core.imports.annex_a.counted import Counted, on_days
from lscb_core.imports.annex_a.findings import Findings
from lscb_core.imports.annex_a.rows import Event, Table, gather
from lscb_core.imports.annex_a.words import NOT_RECORDED, category
from lscb_core.imports.bank_holidays import bank_holidays

ENDS_FIRST = "This ends before it starts."
NO_CATEGORY = "This is no category of abuse: neglect, physical, sexual, emotional or multiple."


def assessments(table: Table, counted: Counted, findings: Findings) -> int:
    """List 4: assessments by their start."""
    event = Event(("start",), once=("start",))
    total = gather(table, [event])
    for on, _, rows in on_days(event, findings):
        counted.add(table, rows, ("assessment", on, NOT_RECORDED, ""))
    findings.again(event)
    return total


def enquiries(table: Table, counted: Counted, findings: Findings) -> int:
    """List 5: enquiries by their start; conferences by their day, also where two enquiries led to one."""
    enquiry = Event(("start",), once=("start",))
    conference = Event(("conference", "start"), once=("conference",))
    total = gather(table, [enquiry, conference])
    for on, _, rows in on_days(enquiry, findings):
        counted.add(table, rows, ("section_47", on, NOT_RECORDED, ""))
    for (held, start), rows in conference.places.items():
        if on_day := findings.day(held, "conference", rows):
            took = _took(findings.day(start, "start", ()), on_day)
            counted.add(table, rows, ("conference", on_day, NOT_RECORDED, took))
    counted.steps.add("conference")
    findings.again(enquiry)
    return total


@cache
def _took(start: date | None, held: date) -> str:
    """The band of working days from an enquiry to its conference; "" where that is not known."""
    if start is None or start > held:
        return ""
    if held - start > SURELY_MOST:
        return BANDS[-1]
    return band(working_days(start, held, closed=bank_holidays(start.year, held.year)))


def in_need(table: Table, counted: Counted, findings: Findings) -> int:
    """List 6: children in need, by the day of closure or none."""
    event = Event(("start", "end"), once=("start",))
    total = gather(table, [event])
    for (start, end), rows in event.places.items():
        began, ended = findings.day(start, "start", rows), findings.day(end, "end", rows)
        if began and ended and ended < began:
            findings.wrong(rows, "end", ENDS_FIRST)
        counted.in_need_ends[ended] += len(rows)
    findings.again(event)
    return total


def plans(table: Table, counted: Counted, findings: Findings) -> int:
    """List 7: plans by start and first category, by end, and all that tells whether one is open."""
    event = Event(("start", "end", "initial", "latest"), once=("start",))
    total = gather(table, [event])
    for on, (end, initial, latest), rows in on_days(event, findings):
        ended = findings.day(end, "end", rows)
        if ended and ended < on:
            findings.wrong(rows, "end", ENDS_FIRST)
        first, last = _categories(initial, latest, rows, findings)
        counted.add(table, rows, ("plan", on, NOT_RECORDED, first))
        counted.plans[on, ended, last] += len(rows)
        if ended:
            counted.add(table, rows, ("plan_ended", ended, NOT_RECORDED, ""))
    counted.steps |= {"plan_ended", "plan_open"}
    findings.again(event)
    return total


def _categories(initial: Any, latest: Any, rows: Sequence[int], findings: Findings) -> tuple[str, str]:
    """First and latest category; where only one is said it is both. None at all is a problem."""
    first, last = (
        _category(value, key, rows, findings) for value, key in ((initial, "initial"), (latest, "latest"))
    )
    if first is None or last is None:
        return "", ""
    if not first and not last:
        findings.wrong(rows, "initial", "The category of abuse is missing.")
    return first or last, last or first


def _category(value: Any, key: str, rows: Sequence[int], findings: Findings) -> str | None:
    """The code, "" for an empty cell, None for other words, which are a problem."""
    try:
        return category(value)
    except ValueError:
        findings.wrong(rows, key, NO_CATEGORY)
        return None
