"""A figure's value and its change in words. Red and green only where chance does not explain the change."""

from collections.abc import Mapping
from typing import Any, Literal

from lscb_core.domain.indicators import INDICATORS
from lscb_core.domain.intervals import has_changed, too_few
from lscb_core.domain.numbers import in_words, of, percent, whole
from lscb_core.domain.periods import short_day

Row = Mapping[str, Any]
Tone = Literal["worse", "better", "neither"]
Arrow = Literal["up", "down", "off"]
Change = tuple[str, Tone, Arrow]

NONE: Change = ("", "neither", "off")
COUNTED = ("reviews_in_time",)
"""Shares of so few that the two numbers are always said."""


def value(row: Row) -> str:
    """14 of 40; 33.5%; 220; 526.2, where the label says of what."""
    unit = INDICATORS[row["figure"]].unit
    if row["count"] is None:
        shown = {"percent": f"{row['value']:.1f}%", "rate_per_10k": f"{row['value']:,.1f}"}
        return shown.get(unit) or whole(row["value"])
    if row["of"] is None or row["figure"] == "actions_late_over_3_months":
        return whole(row["count"])
    if unit == "percent" and row["figure"] not in COUNTED and not too_few(row["of"]):
        return percent(row["count"] / row["of"])
    return of(row["count"], row["of"])


def mostly_undated(held: Mapping[str, Row]) -> bool:
    """More than half of the open actions have no agreed date."""
    row = held.get("actions_no_date")
    return row is not None and 2 * row["count"] > row["of"]


def change_of(row: Row, held: Mapping[str, Row]) -> Change:
    """What stands under the value: the words, better or worse, and the arrow. `held`: all figures by word."""
    key = row["figure"]
    if key == "actions_late" and mostly_undated(held):
        return _dated(held["actions_no_date"])
    if key == "deaths_notified":
        return _grey("" if row["was_count"] is None else f"{row['was_count']} unexpected")
    if key == "audits_good":
        return _grey(f"since {short_day(row['on'])[:-5]}")
    told = {
        "meeting": _since_the_meeting,
        "year": _since_the_year_before,
        "board": _beside,
        "England": _beside,
    }
    return told[row["against"]](row) if row["against"] else NONE


def _grey(words: str) -> Change:
    return words, "neither", "off"


def _dated(undated: Row) -> Change:
    dated = undated["of"] - undated["count"]
    return _grey(f"only {in_words(dated)} dated" if dated else "none is dated")


def _was(row: Row) -> str:
    return value({**row, **{name: row[f"was_{name}"] for name in ("count", "of", "value")}})


def _beside(row: Row) -> Change:
    """England's figure, or the whole board's."""
    return _grey(f"{row['against']} {_was(row)}")


def _since_the_meeting(row: Row) -> Change:
    name = "value" if row["count"] is None else "count"
    more = row[name] - row[f"was_{name}"]
    if not more:
        return _grey("no change")
    said = f"{whole(abs(more))} {'more' if more > 0 else 'fewer'}"
    return said, _tone(row, rose=more > 0), _arrow(rose=more > 0)


def _since_the_year_before(row: Row) -> Change:
    """Coloured only where the likely range of the difference leaves out no change at all."""
    now, was = (row["count"], row["of"]), (row["was_count"], row["was_of"])
    rose = now[0] / now[1] > was[0] / was[1]
    tone = _tone(row, rose=rose) if has_changed(*was, *now) else "neither"
    return f"was {_was(row)}", tone, _arrow(rose=rose)


def _tone(row: Row, *, rose: bool) -> Tone:
    better = INDICATORS[row["figure"]].better
    if better == "neither":
        return "neither"
    return "better" if rose == (better == "higher") else "worse"


def _arrow(*, rose: bool) -> Arrow:
    return "up" if rose else "down"
