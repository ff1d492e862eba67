"""What was kept of a file as scopes: one for each table and area, with its figures of every year."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from lscb_core.domain.numbers import listed
from lscb_core.imports.dfe.figures import Cells, figures
from lscb_core.imports.dfe.tables import TABLES
from lscb_core.imports.reading import Scope

Kept = Mapping[str, Mapping[tuple[str, date], tuple[int, Cells]]]
"""Table -> area and year -> the number of the row and its cells."""


def scopes(kept: Kept) -> Iterator[Scope]:
    """A scope for each table and area; rows as an Observation has them, by measure and year."""
    for key, rows in kept.items():
        for area in sorted({area for area, _ in rows}):
            ends = sorted(end for here, end in rows if here == area)
            told = [
                {"measure": measure, "period_end": end.isoformat(), **figure}
                for end in ends
                for measure, figure in figures(TABLES[key], rows[area, end][1])
            ]
            told.sort(key=lambda row: (row["measure"], row["period_end"]))
            yield Scope(f"dfe/{key}/{area}", ends[-1], tuple(told))


def years(kept: Kept) -> list[date]:
    """The years of which figures were kept, oldest first."""
    return sorted({end for rows in kept.values() for _, end in rows})


def title(tables: Iterable[str], ends: list[date]) -> str:
    """The tables by name, and the years: what every figure will say that it comes from."""
    named = [f"table {TABLES[key].name} ({TABLES[key].title})" for key in tables]
    if not ends:
        return f"Children in need, {listed(named)}"
    first, last = ends[0].year, ends[-1].year
    period = f"years to 31 March {first} to {last}" if first != last else f"year to 31 March {last}"
    return f"Children in need, {listed(named)}, {period}"
