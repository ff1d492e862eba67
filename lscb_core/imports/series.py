"""A series of a measure from a file, read on an XmR chart."""

import csv
from collections.abc import Iterator, Mapping
from math import isfinite
from pathlib import Path

import pandas as pd

from lscb_core.domain.spc import Better, xmr
from lscb_core.errors import BadInput

Row = Mapping[str, str | None]

SERIES = {
    "period": "period, as the file names it",
    "value": "value",
    "mean": "average of all points (empty below 12 points)",
    "lower": "lower limit",
    "upper": "upper limit",
    "type": "ordinary ups and downs (common_cause), or the kind of signal",
}


def series_chart(path: Path, *, better: Better) -> pd.DataFrame:
    """Limits and signals of the series in a file, in the file's order. Columns: SERIES.

    The file has the columns period and value. Raises BadInput naming the file and every row and field
    that cannot be used.
    """
    found = _points(path)
    chart = xmr(found["value"].tolist(), better=better)
    for name, level in (("mean", chart.mean), ("lower", chart.lower), ("upper", chart.upper)):
        found[name] = level
    found["type"] = [kind.value for kind in chart.kinds]
    return found[list(SERIES)]


def _points(path: Path) -> pd.DataFrame:
    rows = _rows(path)
    problems = [problem for number, row in rows for problem in _problems(row, number)]
    if problems or not rows:
        raise BadInput(
            "\n".join(f"{path.name}{problem}." for problem in problems or [": there are no rows"]),
            advice="The file needs the columns period and value, filled in every row.",
        )
    points = [(_said(row, "period"), float(_said(row, "value"))) for _, row in rows]
    return pd.DataFrame(points, columns=["period", "value"])


def _rows(path: Path) -> list[tuple[int, Row]]:
    """The rows with their numbers, as a spreadsheet counts them."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return list(enumerate(csv.DictReader(lines), start=2))
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise BadInput(
            f"{path.name} could not be read.", why=f"{problem}.", advice="Name a CSV file in UTF-8."
        ) from problem


def _problems(row: Row, number: int) -> Iterator[str]:
    for field in ("period", "value"):
        if not _said(row, field):
            yield f", row {number}, field “{field}”: nothing stands here"
    if _said(row, "value") and not _is_number(_said(row, "value")):
        yield f", row {number}, field “value”: “{_said(row, 'value')[:40]}” is not a number"


def _said(row: Row, field: str) -> str:
    return (row.get(field) or "").strip()


def _is_number(said: str) -> bool:
    try:
        return isfinite(float(said))
    except ValueError:
        return False
