"""The overview in words: headline, the sentence with the news, what changed, who holds the late actions."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from lscb_core.domain.numbers import in_words, listed, plural, sentence_plural
from lscb_core.domain.periods import day, month_label
from lscb_core.domain.vocab import Grade
from lscb_core.findings.figure_changes import mostly_undated
from lscb_core.findings.words import Row, listed_few, per_agency, rows_of

ORDINALS = {2: "second", 3: "third", 4: "fourth", 5: "fifth"}
NOT_PUBLISHED = "What became of an action after its report was not published."
BADGES = {
    "late": ("red", "Late"),
    "moved": ("orange", "Moved"),
    "closed": ("green", "Closed"),
    "added": ("gray", "New"),
    "graded": ("blue", "Graded"),
    "report_late": ("red", "Report late"),
    "report_received": ("gray", "Report"),
}


def headline(board: str, as_at: date, meeting: date | None, *, is_day_known: bool = True) -> str:
    """'Before the meeting on 16 April 2026'; without a meeting 'Stockton as at 30 June 2016'."""
    if meeting is None:
        return f"{board} as at {day(as_at)}"
    if not is_day_known:
        return f"Before the meeting in {month_label(meeting)}"
    return f"{'Before' if meeting > as_at else 'For'} the meeting on {day(meeting)}"


def since_then(since: date, as_at: date, changes: pd.DataFrame, cards: pd.DataFrame) -> str:
    """'Since the board last met on 12 February, **five more actions have become late**, …'."""
    count = changes["what"].value_counts().to_dict()
    told = [
        _told(
            count.get("late", 0), "more action has become late", "more actions have become late", news=True
        ),
        _told(count.get("moved", 0), "was moved", "were moved"),
        _told(count.get("closed", 0), "was closed and checked", "were closed and checked"),
        _told(count.get("graded", 0), "audit was graded", "audits were graded"),
        _told(count.get("report_late", 0), "report has become late", "reports have become late", news=True),
        _unexplained(cards),
    ]
    parts = [part for part in told if part]
    on = day(since) if since.year != as_at.year else day(since).rsplit(" ", 1)[0]
    return f"Since the board last met on {on}, {listed(parts) or 'nothing in the register has changed'}."


def _told(number: int, one: str, many: str, *, news: bool = False) -> str:
    if not number:
        return ""
    said = sentence_plural(number, one, many)
    return f"**{said}**" if news else said


def _unexplained(cards: pd.DataFrame) -> str:
    number = sum(row["standing"] == "worse" and not row["is_explained"] for row in rows_of(cards))
    words = ("measure of concern has no explanation", "measures of concern have no explanation")
    return _told(number, *words, news=True)


def as_it_stands(figures: pd.DataFrame) -> str:
    """The news of a board of which no meeting is known: how far its actions can be followed at all."""
    held = {row["figure"]: row for row in rows_of(figures)}
    if "actions_late" not in held:
        return "No open action is held for this board on this day."
    return " ".join(part for part in (_actions(held), _partners(held), _late_reports(held)) if part)


def not_known_since(told: date) -> str:
    """What a published board's news lacks after the day of its report."""
    return f"Not known since {day(told)}: {NOT_PUBLISHED[0].lower()}{NOT_PUBLISHED[1:]}"


def _actions(held: Mapping[str, Row]) -> str:
    late, no_date, no_owner = (held[f"actions_{name}"] for name in ("late", "no_date", "no_owner"))
    opened = plural(late["of"], "open action")
    if not mostly_undated(held):
        return f"**{in_words(late['count']).capitalize()} of {opened} {_is(late['count'])} late.**"
    undated = f"{no_date['count']} {_have(no_date['count'])} no agreed date"
    said = f"**Of {opened}, {undated}**, so they can never be late"
    owner = f"; {no_owner['count']} {_name(no_owner['count'])} no owner" if no_owner["count"] else ""
    dated = (
        f" Of those with a date, **{in_words(late['count'])} {_is(late['count'])} late**."
        if late["count"]
        else ""
    )
    return f"{said}{owner}.{dated}"


def _partners(held: Mapping[str, Row]) -> str:
    row = held.get("partners_sending")
    if not row or row["count"] == row["of"]:
        return ""
    send = "sends" if row["count"] == 1 else "send"
    return f"Only {in_words(row['count'])} of {in_words(row['of'])} partners {send} all their figures."


def _late_reports(held: Mapping[str, Row]) -> str:
    row = held.get("reports_late")
    if not row or not row["count"]:
        return ""
    said = f"{in_words(row['count'])} of {in_words(row['of'])} reports".capitalize()
    return f"**{said} {_is(row['count'])} late.**"


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _have(number: int) -> str:
    return "has" if number == 1 else "have"


def _name(number: int) -> str:
    return "names" if number == 1 else "name"


def what_changed(changes: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Colour, badge and sentence for each kind of change that there was."""
    rows = rows_of(changes)
    by_kind = {what: [row for row in rows if row["what"] == what] for what in BADGES}
    return [(*BADGES[what], _sentence(what, own)) for what, own in by_kind.items() if own]


def _sentence(what: str, rows: list[Row]) -> str:
    if what == "graded":
        return ". ".join(f"{row['title']}: {Grade.of(row['detail']).label.lower()}" for row in rows)
    if what.startswith("report"):
        titles = listed_few([row["title"] for row in rows])
        return f"{titles} {'still to come' if what == 'report_late' else 'received'}"
    said = sentence_plural(len(rows), "action").capitalize() + _of_whom(rows)
    if what == "closed":
        return f"{said}; {'each was' if len(rows) > 1 else 'it was'} checked"
    return said + (_times(rows) if what == "moved" else "")


def _of_whom(rows: list[Row]) -> str:
    """', two of them held by Police' where an agency stands out; else the agencies."""
    counts = per_agency(rows)
    if len(rows) == 1:
        return f", held by {next(iter(counts))}" if counts else ", which nobody holds"
    agency, number = next(iter(counts.items()), ("", 0))
    if number > 1:
        return f", {in_words(number)} of them held by {agency}"
    nobodys = ["no owner named"] if any(not row["agency"] for row in rows) else []
    return f": {listed_few([*counts, *nobodys])}" if counts else ""


def _times(rows: list[Row]) -> str:
    most = max(int(row["detail"]) for row in rows)
    if most < 2 or most not in ORDINALS:
        return ""
    often = sum(int(row["detail"]) == most for row in rows)
    whose = "" if len(rows) == 1 else f"{in_words(often)} of them "
    return f"; {whose}for the {ORDINALS[most]} time"


def who_is_late(late: pd.DataFrame) -> str:
    """The title over the bars: who holds half of the late actions, where one or two agencies do."""
    held = [(row["agency"], row["over_28"] + row["up_to_28"]) for row in rows_of(late)]
    total = sum(number for _, number in held)
    if total < 4 or len(held) < 3:
        return "Who holds the late actions"
    for few in (1, 2):
        part = sum(number for _, number in held[:few])
        if 2 * part >= total and held[few - 1][1] > held[few][1]:
            names = listed([name for name, _ in held[:few]])
            return f"{names} {'holds' if few == 1 else 'hold'} {_half(part, total)} of the late actions"
    return "Who holds the late actions"


def _half(part: int, total: int) -> str:
    return "half" if 2 * part == total else "more than half"
