"""A series of a measure from a file, read on an XmR chart."""

import csv
from collections.abc import Iterator
from math import isfinite
from pathlib import Path

import pandas as pd

from lscb_core.domain.spc import Better, xmr
from lscb_core.errors import BadInput

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

    The file has the columns period and value. Raises BadInput naming the file, row and field.
    """
    points = list(_points(path))
    chart = xmr([value for _, value in points], better=better)
    found = pd.DataFrame(points, columns=["period", "value"])
    for name, level in (("mean", chart.mean), ("lower", chart.lower), ("upper", chart.upper)):
        found[name] = level
    found["type"] = [kind.value for kind in chart.kinds]
    return found[list(SERIES)]


def _points(path: Path) -> Iterator[tuple[str, float]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            for number, row in enumerate(csv.DictReader(lines), start=2):
                yield _cell(path, row, "period", number), _value(path, row, number)
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise BadInput(
            f"{path.name} could not be read.", why=f"{problem}.", advice="Send a CSV file in UTF-8."
        ) from problem


def _cell(path: Path, row: dict[str, str | None], field: str, number: int) -> str:
    said = (row.get(field) or "").strip()
    if not said:
        raise _refused(path, number, field, "nothing stands here")
    return said


def _value(path: Path, row: dict[str, str | None], number: int) -> float:
    said = _cell(path, row, "value", number)
    try:
        value = float(said)
    except ValueError:
        value = float("nan")
    if not isfinite(value):
        raise _refused(path, number, "value", f"“{said[:40]}” is not a number")
    return value


def _refused(path: Path, number: int, field: str, problem: str) -> BadInput:
    return BadInput(
        f"{path.name}, row {number}, field “{field}”: {problem}.",
        advice="The file needs the columns period and value, filled in every row.",
    )
