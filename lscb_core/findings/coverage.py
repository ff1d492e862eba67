"""What has been sent, in words: who is missing, since when, and how many came in time."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import pandas as pd

from lscb_core.domain.numbers import in_words, of, plural, times
from lscb_core.domain.periods import day, month_label
from lscb_core.domain.returns import Sending, story
from lscb_core.findings.words import Row, listed_few, rows_of

MISSING = (Sending.NOTHING, Sending.REJECTED)
KEY = (
    "Each square is a month in which returns were due: **S** sent in time, **L** late, **R** rejected, **N** "
    "nothing came, a dot: not due yet. Those that miss most stand first."
)
NOBODY = "**The board asks nobody for figures in files yet.**"


def lead(held: pd.DataFrame, noted: pd.DataFrame) -> str:
    """The news in a sentence or two. Frames: COVERAGE of the last twelve months, RETURNS of the partners."""
    due = [row for row in rows_of(held) if row["state"] != Sending.NOT_DUE]
    if not due:
        return _as_noted(rows_of(noted)) or NOBODY
    missing = [row["agency"] or "others" for row in _latest(due) if row["state"] in MISSING]
    came = sum(row["state"] == Sending.SENT for row in due)
    news = (
        f"**The latest figures of {listed_few(missing, most=4)} have not come.**"
        if missing
        else "**Every partner's latest figures have come.**"
    )
    return f"{news} Of the returns due in the last twelve months, {of(came, len(due))} came by their day."


def _as_noted(rows: list[Row]) -> str:
    """What is noted without days: who sends nothing."""
    if not rows:
        return ""
    silent = [row["agency"] or "others" for row in rows if row["supplies"] == "no"]
    if not silent:
        return "**Every partner that is told of sends figures**, all or some of them."
    return f"**As far as is told, {listed_few(silent, most=4)} send no figures.**"


def _latest(due: Iterable[Row]) -> list[Row]:
    """Of each partner the worst return of those that were due last, by name."""
    last: dict[str, Row] = {}
    order = list(Sending)
    for row in due:
        held = last.get(row["agency_slug"])
        rank = (row["due_on"], -order.index(Sending.of(row["state"])))
        if held is None or rank > (held["due_on"], -order.index(Sending.of(held["state"]))):
            last[row["agency_slug"]] = row
    return sorted(last.values(), key=lambda row: row["agency"])


def title(months: pd.DataFrame) -> str:
    """The finding over the months: the longest silence, else how many are missing or late. Frame: MONTHS."""
    rows = rows_of(months)
    silent = _silences(rows)
    if not silent:
        late = sum(row["state"] == Sending.LATE for row in rows)
        if not late:
            return "Everything that was due has come in time"
        return f"Everything has come, {times(late)} late"
    longest = max(silent.values())
    who = [partner for partner, run in silent.items() if run == longest]
    if longest == 1:
        verb = "has" if len(silent) == 1 else "have"
        return f"{listed_few(list(silent))} {verb} not sent the latest figures"
    return (
        f"{listed_few(who)} {'has' if len(who) == 1 else 'have'} sent nothing for {in_words(longest)} months"
    )


def _silences(rows: Sequence[Row]) -> dict[str, int]:
    """Partner -> for how many of the last months due nothing has come, in a row; those of one or more."""
    runs: dict[str, int] = {}
    for row in rows:
        if row["state"] == Sending.NOT_DUE:
            continue
        partner = row["agency"] or "All others"
        runs[partner] = runs.get(partner, 0) + 1 if row["state"] in MISSING else 0
    return {partner: run for partner, run in runs.items() if run}


def own_lead(due: pd.DataFrame, today: date) -> str:
    """What an agency itself still owes, in a sentence. Frame: COVERAGE of what has not come."""
    rows = rows_of(due)
    late = [row for row in rows if row["state"] in MISSING]
    coming = [row for row in rows if row["state"] == Sending.NOT_DUE]
    if not rows:
        return "**Nothing is missing from your agency.**"
    news = _own_late(late, today) if late else "**Nothing is missing from your agency.**"
    if not coming:
        return news
    return f"{news} Next: {coming[0]['title'].lower()}{_about(coming[0])}, due {day(coming[0]['due_on'])}."


def _own_late(late: list[Row], today: date) -> str:
    if len(late) > 1:
        return f"**{plural(len(late), 'return')} of your agency are missing.**"
    row = late[0]
    days = (today - row["due_on"]).days
    since = f"{plural(days, 'day')} past its day" if days > 0 else f"due {day(row['due_on'])}"
    return f"**Your {row['title'].lower()}{_about(row)} is missing, {since}.**"


def _about(row: Row) -> str:
    return f" for {row['period']}" if row["period"] else ""


def line(row: Row) -> tuple[str, str, str, str]:
    """One return: colour, badge, what it is, and what became of it."""
    state = Sending.of(row["state"])
    title_ = row["title"] if row["template"] else f"Figures due in {month_label(row['due_on'])}"
    what = ", ".join(part for part in (title_, row["period"]) if part)
    told = story(title="", due_on=row["due_on"], sent_on=row["sent_on"], state=state).removeprefix(": ")
    note = f" {row['note']}" if row["note"] and state is not Sending.NOTHING else ""
    return state.detail, state.label, what, f"{told[:1].upper()}{told[1:]}.{note}"


def in_words_of(held: pd.DataFrame) -> pd.DataFrame:
    """Returns with their state in words, for a table. Frame: COVERAGE."""
    states: list[Any] = [Sending.of(code).label for code in held["state"]]
    return held.assign(state=states, agency=held["agency"].replace("", "All others"))
