"""Questions about promises: without date or owner, late, moved again and again."""

from collections.abc import Iterator, Mapping
from typing import Any

from lscb_core.domain.numbers import of, plural, times
from lscb_core.domain.periods import day
from lscb_core.findings.question import BOARD, Facts, Question
from lscb_core.findings.words import rows_of


def undated(facts: Facts) -> Iterator[Question]:
    """Most open actions have no date, or no owner: nobody can be asked for the rest."""
    held = {row["figure"]: row for row in rows_of(facts.figures)}
    no_date, no_owner = held.get("actions_no_date"), held.get("actions_no_owner")
    if not no_date or not no_owner or 2 * max(no_date["count"], no_owner["count"]) <= no_date["of"]:
        return
    said = f"{of(no_date['count'], no_date['of'])} open actions have no agreed date"
    if no_owner["count"]:
        said += f", {of(no_owner['count'], no_owner['of'])} name no owner"
    yield Question(
        BOARD,
        "Who answers for each of the actions, and by when?"
        if no_owner["count"]
        else "By when will each be done?",
        f"{said}. An action without a date can never be late.",
        "actions",
        {"show": "no_date"},
    )


def latest_late(facts: Facts) -> Iterator[Question]:
    """The action that is most days late; where no report came since, what became of it is not known."""
    told = {row["number"]: row["note_on"] for row in rows_of(facts.unheard)}
    for row in rows_of(facts.late)[:1]:
        if row["number"] in told:
            yield _unheard(row, day(told[row["number"]]))
            continue
        note = f" Last note: {day(row['note_on'])}." if row["note_on"] else " No note of progress."
        yield _about(
            row,
            f"Why is “{row['title']}” not done, {plural(row['days_late'], 'day')} after the agreed date?",
            f"agreed for {day(row['due_on'])}{_moved(row)}.{note}",
        )


def _unheard(row: Mapping[str, Any], told: str) -> Question:
    known = f"agreed for {day(row['due_on'])}{_moved(row)}. Not known since {told}."
    return _about(row, f"What became of “{row['title']}”?", known)


def _about(row: Mapping[str, Any], question: str, known: str) -> Question:
    """A question about one action to whoever owes it, with the way to it."""
    number = str(row["number"])
    whom = row["agency"] or BOARD
    return Question(whom, question, f"Action {number}, {known}", "actions", {"action": number})


def most_moved(facts: Facts) -> Iterator[Question]:
    """The open action that was moved most often, unless it is asked about already."""
    latest = {row["number"] for row in rows_of(facts.late)[:1]}
    often = [row for row in rows_of(facts.moved) if row["number"] not in latest]
    for row in often[:1]:
        yield _about(
            row,
            f"“{row['title']}” has been moved {times(row['times_moved'])}. What stands in its way?",
            f"first agreed for {day(row['first_due_on'])}, now for {day(row['due_on'])}.",
        )


def _moved(row: Mapping[str, Any]) -> str:
    return (
        f", moved {times(row['times_moved'])} from {day(row['first_due_on'])}" if row["times_moved"] else ""
    )


def nobodys_action(facts: Facts) -> Iterator[Question]:
    """One open action that nobody holds, where that is the exception and not asked about already."""
    if any(undated(facts)):
        return
    latest = {row["number"] for row in rows_of(facts.late)[:1]}
    for row in [row for row in rows_of(facts.nobodys) if row["number"] not in latest][:1]:
        due = f"Agreed for {day(row['due_on'])}" if row["due_on"] else "No date agreed"
        yield Question(
            BOARD,
            f"Who takes “{row['title']}”?",
            f"Action {row['number']} names no owner. {due}.",
            "actions",
            {"action": str(row["number"])},
        )
