"""The key figures in words: a label, a value, a change that chance does not explain, and where it leads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from lscb_core.domain.indicators import INDICATORS
from lscb_core.domain.numbers import in_words
from lscb_core.domain.periods import day
from lscb_core.findings.figure_changes import Arrow, Row, Tone, change_of, mostly_undated, value
from lscb_core.findings.figure_words import LEADS_TO, LINKS, MOST_SHOWN, ORDER, UNDATED_FIRST
from lscb_core.findings.words import rows_of

NONE_TO_LIST = ("actions_late", "actions_no_owner")
"""Where there are none, the link leads to all open actions."""


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
    return [*UNDATED_FIRST, *(key for key in ORDER if key not in UNDATED_FIRST and not _is_empty(key, held))]


def _is_empty(key: str, held: Mapping[str, Row]) -> bool:
    """No action over three months late says little where hardly any has a date."""
    return key == "actions_late_over_3_months" and key in held and not held[key]["count"]


def _shown(row: Row, held: Mapping[str, Row]) -> Shown:
    key = row["figure"]
    page, changes = LEADS_TO.get(key, ("threshold_usage", {}) if row["count"] is None else ("", {}))
    if key in NONE_TO_LIST and not row["count"]:
        changes = {}
    change, tone, arrow = change_of(row, held)
    words = (INDICATORS[key].short, value(row), change, tone, arrow, _help(row), _link(row))
    return Shown(key, *words, page, changes)


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
    if row["figure"] in NONE_TO_LIST and not row["count"]:
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
    parts += ["referrals beside the whole board's"] if "board" in told else []
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
