"""The tables of published statistics, as tests read them: with the csv module alone."""

import csv
from functools import cache
from pathlib import Path

from tests.conftest import ROOT

HERE = ROOT / "data" / "published" / "statistics"
SEVEN = ("304", "309", "311", "805", "806", "807", "808")
Cell = tuple[str, str, str, str]


@cache
def rows(path: Path) -> tuple[dict[str, str], ...]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(csv.DictReader(file))


def table(name: str) -> tuple[dict[str, str], ...]:
    return rows(HERE / f"{name}.csv")


@cache
def cells() -> dict[tuple[str, str, int], Cell]:
    """(measure, area, year) -> numerator, denominator, value, symbol."""
    return {
        (row["measure"], row["area"], int(row["period_end"][:4])): (
            row["numerator"],
            row["denominator"],
            row["value"],
            row["symbol"],
        )
        for row in table("observations")
    }
