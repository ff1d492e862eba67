"""From the cells of a row to figures: counts, published rates and shares, and shares worked out from counts.

Nothing is worked out from a hidden cell: the symbol stands for the whole figure.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lscb_core.imports.dfe.model import Figure, Table
from lscb_core.imports.dfe.values import Value

Cells = Mapping[str, Value]
"""Key of a column -> what stands in it, of the columns that the file has."""


def figures(table: Table, cells: Cells) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every measure that the row gives, with its numerator, denominator, value and symbol."""
    for figure in table.figures:
        made = _figure(figure, cells)
        if made is not None:
            names = ("numerator", "denominator", "value", "symbol")
            yield figure.measure, dict(zip(names, made, strict=True))


def _figure(figure: Figure, cells: Cells) -> tuple[int | None, int | None, float | None, str] | None:
    """None where the file has not the column of its value, and it cannot be worked out."""
    is_given = figure.value in cells
    if not is_given and not figure.out_of:
        return None
    names = [
        *([figure.value] if is_given else []),
        *figure.counts,
        *([figure.out_of] if figure.out_of else []),
    ]
    told = [cells[name] for name in names]
    symbol = next((value for value in told if isinstance(value, str)), "")
    if symbol:
        return None, None, None, symbol
    part = sum(_count(cells, name) for name in figure.counts) if figure.counts else None
    whole = _count(cells, figure.out_of) if figure.out_of else None
    if is_given:
        return part, whole, float(told[0]), ""
    if not whole or part is None:
        return None, None, None, "z"
    return part, whole, share(part, whole), ""


def _count(cells: Cells, name: str) -> int:
    return int(cells[name])


def share(part: int, whole: int) -> float:
    """A share in percent, one decimal, halves rounded up, as the statistics write theirs."""
    return ((2000 * part + whole) // (2 * whole)) / 10


def too_many(table: Table, cells: Cells, slack: int) -> Iterator[tuple[str, int, int]]:
    """Columns whose count is larger than the whole that it is part of: its key, the count, the whole.

    `slack`: counts of regions and of England are rounded to 10.
    """
    for figure in table.figures:
        for name in figure.counts if figure.out_of else ():
            part, whole = cells[name], cells[figure.out_of]
            if isinstance(part, int) and isinstance(whole, int) and part > whole + slack:
                yield name, part, whole


def far_off(table: Table, rows: Sequence[Cells]) -> Iterator[tuple[str, bool]]:
    """Columns of percentages that do not fit their counts: the key, and whether in most rows.

    A share that is written as a fraction of 1, or belongs to something else, is told so.
    """
    for figure in table.figures:
        if figure.value and figure.out_of and rows and figure.value in rows[0]:
            fits = [_fits(figure, cells) for cells in rows]
            told = [each for each in fits if each is not None]
            if not all(told):
                yield figure.value, 2 * sum(told) < len(told)


def _fits(figure: Figure, cells: Cells) -> bool | None:
    """Whether a percentage is that of its counts, but for rounding; None where that cannot be told."""
    given, part, whole = (cells[name] for name in (figure.value, figure.counts[0], figure.out_of))
    if isinstance(given, str) or isinstance(part, str) or isinstance(whole, str) or not whole:
        return None
    return abs(given - 100 * part / whole) <= 1 + 1000 / whole
