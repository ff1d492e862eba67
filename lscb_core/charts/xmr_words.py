"""A series against its ordinary ups and downs, in words: for its marks and its alternative text."""

from datetime import date

import pandas as pd

from lscb_core.charts.parts import Row, rows_of, say
from lscb_core.domain.periods import month_label
from lscb_core.domain.spc import Kind

columns = {
    "period": "last day of the month, quarter or year",
    "value": "the measure's value, percentages as 52.0; empty where nothing was sent",
    "type": "what the point tells, a code of domain.spc.Kind",
    "mean": "average of its stretch; empty below 12 points",
    "lower": "lower limit of ordinary ups and downs; empty below 12 points",
    "upper": "upper limit of ordinary ups and downs; empty below 12 points",
    "stretch": "name of the stretch between declared changes (may be left out)",
}
KINDS: dict[str, str] = {
    Kind.COMMON_CAUSE: "nothing unusual",
    Kind.IMPROVEMENT: "better than ordinary",
    Kind.CONCERN: "worse than ordinary",
    Kind.NEUTRAL_HIGH: "higher than ordinary",
    Kind.NEUTRAL_LOW: "lower than ordinary",
}


def is_recent(day: date, last: date) -> bool:
    """Within the 12 months that end with the last point."""
    return (last.year - day.year) * 12 + last.month - day.month < 12


def alt_text(
    frame: pd.DataFrame, *, title: str = "Measure", target: float | None = None, unit: str = "", **_: object
) -> str:
    """The latest value, average, ordinary range, target and the signals of the last 12 months."""
    rows = [row for row in rows_of(frame, columns, optional=["stretch"]) if row["value"] is not None]
    if not rows:
        return f"{title}: no figures."
    last = rows[-1]
    words = [f"{title}: {say(last['value'], unit)} in {month_label(last['period'])}", *_ordinary(last, unit)]
    words += [f"target {say(target, unit)}"] if target is not None else []
    return ", ".join(words) + f". {_news(rows)}"


def _ordinary(last: Row, unit: str) -> list[str]:
    if last["mean"] is None:
        return ["too few points for limits"]
    low, high = say(last["lower"], unit), say(last["upper"], unit)
    return [f"average {say(last['mean'], unit)}", f"ordinary ups and downs {low} to {high}"]


def _news(rows: list[Row]) -> str:
    signals = [row for row in rows if row["type"] != Kind.COMMON_CAUSE]
    recent = [KINDS[row["type"]] for row in signals if is_recent(row["period"], rows[-1]["period"])]
    counted = [f"{recent.count(how)} {how}" for how in dict.fromkeys(recent)]
    return f"Of the last 12 months' points: {', '.join(counted) or 'none out of the ordinary'}."
