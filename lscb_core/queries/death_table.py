"""One split of the child-death grid: lines down, years across. Pure shaping, nothing is added up."""

from typing import Any

import pandas as pd

from lscb_core.queries import death_lines

POOLED = "Five years"
HEADS = {
    "age": "Age",
    "expectedness": "Expected or not",
    "abuse": "Abuse or neglect",
    "category": "Cause",
    "modifiable": "Could be changed?",
}
ALL = {"age": "All ages", "category": "All reviews", "modifiable": "All reviews"}
NONE = "–"
ROWS = {
    "line": "line",
    "period": "period",
    "count": "number (empty: see the symbol)",
    "symbol": "why there is no number: c hidden, x not given",
    "note": "note",
    "source": "source",
    "origin": "document or return",
}


def splits(counts: pd.DataFrame) -> list[str]:
    """The splits for which there is any cell, in their order. Frame: `deaths.COUNTS`."""
    there = set(counts["dimension"])
    return [dimension for dimension in HEADS if dimension in there]


def by_year(counts: pd.DataFrame, dimension: str) -> pd.DataFrame:
    """Lines of one split, with what they add up to as the last one: texts, as the grid shows them.

    Columns: the split's name, `Five years` (the newest five together, where held), then each year, the
    newest first. A number hidden from others stands in brackets, a hidden one as its symbol.
    """
    cells = _cells(counts)
    lines = [(dimension, key) for key in _keys(counts, dimension)]
    lines += [total for total in [death_lines.TOTALS[dimension]] if any(total == cell[1:] for cell in cells)]
    columns = list(dict.fromkeys(column for column, *_ in cells))
    rows = [
        {HEADS[dimension]: _line(line, dimension)}
        | {column: cells.get((column, *line), NONE) for column in columns}
        for line in lines
    ]
    return pd.DataFrame(rows, columns=[HEADS[dimension], *columns])


def _cells(counts: pd.DataFrame) -> dict[tuple[str, str, str], str]:
    """Column, dimension and key -> text. Of several five-year totals only the newest."""
    rows = counts.to_dict("records")
    newest = max((row["period_end"] for row in rows if row["span"] == "pooled"), default=None)
    return {
        (POOLED if row["span"] == "pooled" else row["period"], row["dimension"], row["key"]): text(row)
        for row in rows
        if row["span"] != "pooled" or row["period_end"] == newest
    }


def text(row: dict[Any, Any]) -> str:
    """A cell as it is shown: 7, c, 0, or (3) where others see a c."""
    if pd.isna(row["count"]):
        return str(row["symbol"])
    return f"({row['count']})" if row["is_hidden"] else str(row["count"])


def _keys(counts: pd.DataFrame, dimension: str) -> list[str]:
    there = set(counts.loc[counts["dimension"] == dimension, "key"])
    return sorted(there, key=lambda key: death_lines.place(dimension, key))


def _line(line: tuple[str, str], dimension: str) -> str:
    return death_lines.short(*line) if line[0] == dimension else ALL.get(dimension, "All deaths")


def rows(counts: pd.DataFrame, dimension: str) -> pd.DataFrame:
    """The cells of one split and of what they add up to, one in a row, for reading and taking away."""
    total = death_lines.TOTALS[dimension]
    mine = (counts["dimension"] == dimension) | (
        (counts["dimension"] == total[0]) & (counts["key"] == total[1])
    )
    return counts[mine].reset_index(drop=True)


def is_series(counts: pd.DataFrame) -> bool:
    """Several periods are held, so that years can stand side by side."""
    return counts["period"].nunique() > 1
