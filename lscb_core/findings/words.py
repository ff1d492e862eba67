"""What all findings share: rows without pandas' empty values, and values in their unit."""

from typing import Any

import pandas as pd

from lscb_core.domain.numbers import percent, plural, rate, whole
from lscb_core.queries.frames import records

Row = dict[str, Any]


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """The frame's rows as plain values, missing ones as None."""
    return records(frame)


def in_unit(value: float | None, unit: str) -> str:
    """52%, 220, 11.2 days, 526.2 per 10,000; an en dash where there is none."""
    if value is None or pd.isna(value):
        return "–"
    if unit == "percent":
        return percent(value / 100, places=0)
    if unit == "rate_per_10k":
        return rate(value)
    return f"{value:,.1f} days".replace(".0 ", " ") if unit == "days" else whole(value)


def per_agency(rows: list[Row]) -> dict[str, int]:
    """How many rows each named agency has, most first."""
    counts: dict[str, int] = {}
    for row in rows:
        if row["agency"]:
            counts[row["agency"]] = counts.get(row["agency"], 0) + 1
    return dict(sorted(counts.items(), key=lambda item: -item[1]))


def listed_few(words: list[str], *, most: int = 3) -> str:
    """'MAPPA, MARAC and LADO'; above `most` the first ones and how many more."""
    shown = words[:most]
    more = [plural(len(words) - most, "other")] if len(words) > most else []
    parts = [*shown, *more]
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
