"""The measures in words: which need an answer, where each stands, what was said to it."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lscb_core.domain.indicators import INDICATORS
from lscb_core.domain.numbers import in_words, of, plural
from lscb_core.domain.periods import between, day, month_label
from lscb_core.findings.words import Row, in_unit, rows_of

BADGES = {
    "worse": ("orange", ":material/trending_down: Concern"),
    "better": ("blue", ":material/trending_up: Improvement"),
    "changed": ("violet", ":material/swap_vert: Changed"),
    "steady": ("gray", ":material/trending_flat: Steady"),
    "few": ("gray", ":material/more_horiz: Too few yet"),
}
GROUPS = {
    "Needs an answer": ("worse",),
    "Better, or changed": ("better", "changed"),
    "No real change": ("steady", "few"),
}


def headline(cards: pd.DataFrame) -> str:
    """'2 of 9 measures give cause for concern': of those with a better direction and points enough."""
    rows = [row for row in rows_of(cards) if row["standing"] != "few" and row["better"] != "neither"]
    if not rows:
        return "Measures"
    worse = sum(row["standing"] == "worse" for row in rows)
    if not worse:
        return f"None of {plural(len(rows), 'measure')} gives cause for concern"
    return f"{of(worse, len(rows))} measures {'gives' if worse == 1 else 'give'} cause for concern"


def lead(cards: pd.DataFrame) -> str:
    """What stands first, and of which months the figures are."""
    rows = rows_of(cards)
    first, last = min(row["first_period"] for row in rows), max(row["period"] for row in rows)
    silent = sum(row["standing"] == "worse" and not row["is_explained"] for row in rows)
    news = f" **{plural(silent, 'of them has', 'of them have')} no explanation.**" if silent else ""
    when = f"{month_label(first)} to {month_label(last)}"
    return f"Those that need an answer stand first.{news} Figures from {when}."


def groups(cards: pd.DataFrame) -> dict[str, list[Row]]:
    """The cards under what they call for; the groups that have any."""
    rows = rows_of(cards)
    found = {title: [row for row in rows if row["standing"] in kinds] for title, kinds in GROUPS.items()}
    return {title: own for title, own in found.items() if own}


def badge(card: Mapping[str, Any]) -> tuple[str, str]:
    """Colour and words of the card's badge."""
    return BADGES[card["standing"]]


def levels(card: Mapping[str, Any]) -> str:
    """'**52%**, average 62%, target 80%'."""
    parts = [f"**{in_unit(card['value'], card['unit'])}**"]
    parts += [f"average {in_unit(card['mean'], card['unit'])}"] if card["mean"] is not None else []
    parts += [f"target {in_unit(card['target'], card['unit'])}"] if card["target"] is not None else []
    return ", ".join(parts)


def is_owed(card: Mapping[str, Any]) -> bool:
    """The measure moved and nobody has said why: owed where it is worse."""
    return bool(card["standing"] == "worse" and not card["is_explained"])


def card_line(card: Mapping[str, Any]) -> tuple[str, str, str]:
    """Colour, badge and a line of plain words, where there is no room for a chart."""
    said = f"{levels(card).replace('*', '')}, {month_label(card['period'])}."
    return (*badge(card), f"{said} No explanation yet." if is_owed(card) else said)


def signature(card: Mapping[str, Any]) -> str:
    """'Head of safeguarding, 4 March 2026'."""
    return f"{card['signed_by']}, {day(card['written_on'])}"


def newest(comments: pd.DataFrame) -> dict[str, Row]:
    """The newest comment on each measure. Frame: newest first."""
    return {row["measure"]: row for row in reversed(rows_of(comments))}


def unit_of(card: Mapping[str, Any]) -> str:
    """What stands behind a value in the chart: '%', ' days', or nothing."""
    return {"percent": "%", "days": " days"}.get(card["unit"], "")


def documents_headline(figures: pd.DataFrame) -> str:
    """The title of a board of which single figures alone are known."""
    number = sum(row["value"] is not None for row in rows_of(figures))
    return f"{plural(number, 'figure')} from published reports" if number else "No measure is held"


def by_measure(figures: pd.DataFrame) -> dict[str, list[Row]]:
    """The figures of documents under what they are, in the frame's order."""
    found: dict[str, list[Row]] = {}
    for row in rows_of(figures):
        found.setdefault(row["label"], []).append(row)
    return found


def observed(row: Mapping[str, Any]) -> str:
    """A figure of a document in a line: value, of what day or period; or that there is none."""
    when = between(row["period_start"] or row["period_end"], row["period_end"])
    if row["value"] is None:
        return f"**No figure**, {when}"
    counts = f" ({of(row['numerator'], row['denominator'])})" if row["denominator"] else ""
    return f"**{in_unit(row['value'], row['unit'])}**{counts}, {when}"


def partners_title(returns: pd.DataFrame) -> str:
    """Who sends figures: 'Only one of five partners sends all its figures'."""
    rows = rows_of(returns)
    full = sum(row["supplies"] == "yes" for row in rows)
    if full == len(rows):
        return f"All {in_words(full)} partners send their figures"
    if not full:
        return "No partner sends all its figures"
    only = "only " if 2 * full < len(rows) else ""
    send = "sends" if full == 1 else "send"
    said = f"{only}{in_words(full)} of {in_words(len(rows))} partners {send} all figures"
    return said[:1].upper() + said[1:]


def about(measure: str) -> str:
    """What exactly is counted, for a measure of the registry."""
    known = INDICATORS.get(measure)
    return f"{known.numerator} {known.caveat}" if known else ""
