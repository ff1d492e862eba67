"""Counts the contacts and referrals of Annex A: on which day, from which source, with which outcome."""

from collections.abc import Sequence
from typing import Any

from lscb_core.imports.annex_a.counted import Counted, on_days
from lscb_core.imports.annex_a.findings import Findings
from lscb_core.imports.annex_a.rows import Event, Table, gather
from lscb_core.imports.annex_a.words import NOT_RECORDED, how_many, yes_or_no

ENOUGH_TO_TELL = 20
"""Rows from which on "at least 1 in every row" shows that the number includes the referral itself."""
NO_SOURCE = "This cannot be a source: it is a date, a long number or a long text."


def contacts(table: Table, counted: Counted, findings: Findings) -> int:
    """List 1: one contact for each child, day and source. Returns how many rows the list has."""
    event = Event(("date", "source"), once=("date", "source"))
    total = gather(table, [event])
    for on, (source,), rows in on_days(event, findings):
        counted.add(table, rows, ("contact", on, _source(source, rows, counted, findings), ""))
    findings.again(event)
    return total


def referrals(table: Table, counted: Counted, findings: Findings) -> int:
    """List 3: one referral for each child and day; again within a year by the file's own number."""
    event = Event(("date", "source", "nfa", "before"), once=("date",))
    total = gather(table, [event])
    numbers = {value: _number(value, rows, findings) for value, rows in _by_last(event).items()}
    already = _counts_itself(list(numbers.values()), total, findings)
    for on, (words, nfa, before), rows in on_days(event, findings):
        source = _source(words, rows, counted, findings)
        outcome = "nfa" if _nfa(nfa, rows, findings) else "other"
        counted.add(table, rows, ("referral", on, source, outcome))
        if (numbers[before] or 0) > already:
            counted.add(table, rows, ("re_referral", on, source, ""))
    findings.again(event)
    if "before" in table:
        counted.steps.add("re_referral")
    else:
        findings.note(
            "There is no column with the number of referrals in the last 12 months, so that re-referrals are "
            "not counted.",
            advice="Add the column of Annex A, if the board wants them from this file.",
        )
    return total


def _by_last(event: Event) -> dict[Any, list[int]]:
    found: dict[Any, list[int]] = {}
    for values, rows in event.places.items():
        found.setdefault(values[-1], []).extend(rows)
    return found


def _number(value: Any, rows: Sequence[int], findings: Findings) -> int | None:
    try:
        return how_many(value)
    except ValueError:
        findings.wrong(rows, "before", "This is not a number of referrals.")
        return None


def _counts_itself(numbers: Sequence[int | None], rows: int, findings: Findings) -> int:
    """1 where every referral counts itself among those of the last 12 months, else 0."""
    said = [number for number in numbers if number is not None]
    if rows < ENOUGH_TO_TELL or not said or min(said) < 1:
        return 0
    findings.note(
        "No row has 0 referrals in the last 12 months, so the number is taken to include the referral "
        "itself: from 2 on it is a re-referral.",
        key="before",
    )
    return 1


def _nfa(value: Any, rows: Sequence[int], findings: Findings) -> bool:
    try:
        said = yes_or_no(value)
    except ValueError:
        findings.wrong(rows, "nfa", "This is neither yes nor no.")
        return False
    if said is None:
        findings.without(rows, "nfa", done="counted as taken further")
    return bool(said)


def _source(value: Any, rows: Sequence[int], counted: Counted, findings: Findings) -> str:
    try:
        return counted.sources.of(value, len(rows))
    except ValueError:
        findings.wrong(rows, "source", NO_SOURCE)
        return NOT_RECORDED
