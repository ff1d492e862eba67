"""The key figures in words: a label, a value, a change that chance does not explain, and where it leads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import pandas as pd

from lscb_core.domain.indicators import INDICATORS
from lscb_core.domain.intervals import has_changed, too_few
from lscb_core.domain.numbers import in_words, of, percent, whole
from lscb_core.domain.periods import day, short_day
from lscb_core.findings.figure_words import LEADS_TO, LINKS, MOST_SHOWN, ORDER, UNDATED_FIRST
from lscb_core.findings.words import rows_of

Row = Mapping[str, Any]
Tone = Literal["worse", "better", "neither"]
Arrow = Literal["up", "down", "off"]


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure as it stands on its card; `page` is empty where its list opens on the spot."""

    key: str
    label: str
    value: str
    change: str
    tone: Tone
    arrow: Arrow
    help: str
    link: str
    page: str
    changes: Mapping[str, str] = field(default_factory=dict)


def shown(figures: pd.DataFrame) -> list[Shown]:
    """At most eight figures, the ones that matter most first. Frame: `queries.briefing.FIGURES`."""
    held = {row["figure"]: row for row in rows_of(figures)}
    chosen = [key for key in order(held) if key in held][:MOST_SHOWN]
    return [_shown(held[key], held) for key in chosen]


def order(held: Mapping[str, Row]) -> list[str]:
    """The figures in the order of their weight: where most actions have no date, that is the news."""
    if not mostly_undated(held):
        return list(ORDER)
    return [*UNDATED_FIRST, *(key for key in ORDER if key not in UNDATED_FIRST and not _hides(key, held))]


def _hides(key: str, held: Mapping[str, Row]) -> bool:
    """No action over three months late says little where hardly any has a date."""
    return key == "actions_late_over_3_months" and not held[key]["count"]


def mostly_undated(held: Mapping[str, Row]) -> bool:
    """More than half of the open actions have no agreed date."""
    row = held.get("actions_no_date")
    return bool(row) and 2 * row["count"] > row["of"] if row else False


def _shown(row: Row, held: Mapping[str, Row]) -> Shown:
    key = row["figure"]
    page, changes = LEADS_TO.get(key, ("threshold_usage", {}) if row["count"] is None else ("", {}))
    if key == "actions_late" and not row["count"]:
        changes = {}
    change, tone, arrow = _change(row, held)
    words = (INDICATORS[key].short, value(row), change, tone, arrow, _help(row), _link(row))
    return Shown(key, *words, page, changes)


def value(row: Row) -> str:
    """14 of 40; 33.5%; 220; 526.2, where the label says of what."""
    unit = INDICATORS[row["figure"]].unit
    if row["count"] is None:
        shown = {"percent": f"{row['value']:.1f}%", "rate_per_10k": f"{row['value']:,.1f}"}
        return shown.get(unit) or whole(row["value"])
    if row["of"] is None or row["figure"] == "actions_late_over_3_months":
        return whole(row["count"])
    if unit == "percent" and row["figure"] != "reviews_in_time" and not too_few(row["of"]):
        return percent(row["count"] / row["of"])
    return of(row["count"], row["of"])


def _change(row: Row, held: Mapping[str, Row]) -> tuple[str, Tone, Arrow]:
    if row["figure"] == "actions_late" and mostly_undated(held):
        dated = held["actions_no_date"]["of"] - held["actions_no_date"]["count"]
        return (f"only {in_words(dated)} dated" if dated else "none is dated"), "neither", "off"
    if row["figure"] == "deaths_notified":
        unexpected = row["was_count"]
        return ("" if unexpected is None else f"{unexpected} unexpected"), "neither", "off"
    if row["figure"] == "audits_good":
        return f"since {short_day(row['on'])[:-5]}", "neither", "off"
    if row["against"] == "England":
        return f"England {value({**row, 'value': row['was_value']})}", "neither", "off"
    if row["against"] == "year":
        return _since_the_year_before(row)
    return _since_the_meeting(row) if row["against"] == "meeting" else ("", "neither", "off")


def _since_the_meeting(row: Row) -> tuple[str, Tone, Arrow]:
    name = "value" if row["count"] is None else "count"
    more = row[name] - row[f"was_{name}"]
    if not more:
        return "no change", "neither", "off"
    better = INDICATORS[row["figure"]].better
    tone: Tone = (
        "neither" if better == "neither" else "better" if (more > 0) == (better == "higher") else "worse"
    )
    return f"{whole(abs(more))} {'more' if more > 0 else 'fewer'}", tone, "up" if more > 0 else "down"


def _since_the_year_before(row: Row) -> tuple[str, Tone, Arrow]:
    """Coloured only where the likely range of the difference leaves out no change at all."""
    now, was = (row["count"], row["of"]), (row["was_count"], row["was_of"])
    if None in was or not was[1]:
        return "", "neither", "off"
    rose = now[0] / now[1] > was[0] / was[1]
    said = f"was {value({**row, 'count': was[0], 'of': was[1]})}"
    if not has_changed(*was, *now):
        return said, "neither", "up" if rose else "down"
    return (
        said,
        "better" if rose == (INDICATORS[row["figure"]].better == "higher") else "worse",
        "up" if rose else "down",
    )


def _help(row: Row) -> str:
    """What exactly, and of which period, for figures of a period of their own."""
    about = INDICATORS[row["figure"]]
    if row["figure"] in ("below_threshold", "reviews_in_time"):
        return f"{about.numerator} Year to {day(row['on'])}."
    if row["against"] == "England" or row["figure"] == "deaths_notified":
        period = day(row["on"]) if about.span != "year" else f"up to {day(row['on'])}"
        return f"{about.numerator} Figures {period}."
    return ""


def _link(row: Row) -> str:
    if row["figure"] == "actions_late" and not row["count"]:
        return "Open actions"
    if row["figure"] == "reports_late":
        return "The reports"
    if row["figure"] in LINKS:
        return LINKS[row["figure"]]
    if row["count"] is None:
        return "Beside others"
    return all_of(row["of"] if row["figure"] == "audits_good" else row["count"])


def all_of(number: int) -> str:
    """'See it', 'See both', 'See all three', 'See all 14'; 'See all' of none."""
    return {0: "See all", 1: "See it", 2: "See both"}.get(number) or f"See all {in_words(number)}"


def key(figures: pd.DataFrame, since: date | None) -> str:
    """What the changes are told from and what the colours mean, as far as the shown figures need it."""
    keys = {each.key for each in shown(figures)}
    told = {row["against"] for row in rows_of(figures) if row["figure"] in keys}
    parts = [f"change since {day(since)}"] if since and "meeting" in told else []
    parts += ["yearly figures against the year before"] if "year" in told else []
    parts += ["published figures beside England"] if "England" in told else []
    said = "; ".join(parts)
    colours = (
        " Red: worse. Green: better. Grey: neither, or may be chance." if told & {"meeting", "year"} else ""
    )
    return f"{said[:1].upper()}{said[1:]}.{colours}" if said else ""


def notes(figures: pd.DataFrame) -> list[str]:
    """What is doubtful about the figures that are shown, each with its name."""
    keys = {each.key for each in shown(figures)}
    return [
        f"{INDICATORS[row['figure']].short}: {row['note']}"
        for row in rows_of(figures)
        if row["figure"] in keys and row["note"]
    ]
