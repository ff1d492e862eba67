"""The rows that are kept of a file, by table, area and year: checked, and told apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from lscb_core.domain.numbers import listed, plural
from lscb_core.domain.periods import day
from lscb_core.imports.dfe.columns import Layout
from lscb_core.imports.dfe.figures import Cells, far_off, too_many
from lscb_core.imports.dfe.model import Table
from lscb_core.imports.dfe.tables import TABLES
from lscb_core.imports.dfe.values import Value, Wrong, value
from lscb_core.imports.dfe.where import Where, is_published
from lscb_core.imports.reading import Asked, Problems

ROUNDED = {"england": 10, "region": 10}
"""Counts of these are rounded to 10; those of councils are exact."""
Key = tuple[str, date]


@dataclass(slots=True)
class Gathered:
    """What is kept: for each table, area and year the number of its row and its cells."""

    layout: Layout
    asked: Asked
    problems: Problems
    notes: Problems
    decimal_comma: bool = False
    kept: dict[str, dict[Key, tuple[int, Cells]]] = field(default_factory=dict)
    again: list[int] = field(default_factory=list)  # rows that say what an earlier one says

    def add(self, number: int, cells: Sequence[str], where: Where) -> None:
        """Keep the row; takes down what is wrong with it."""
        assert where.end is not None
        for key, places in self.layout.tables.items():
            told = self._cells(TABLES[key], places, number, cells)
            if told is not None:
                self._check_parts(TABLES[key], told, number, where)
                self._keep(key, (where.area, where.end), number, told)

    def _cells(
        self, table: Table, places: Mapping[str, int], number: int, cells: Sequence[str]
    ) -> Cells | None:
        told: dict[str, Value] = {}
        for key, at in places.items():
            found = value(cells[at], table.by_key[key], decimal_comma=self.decimal_comma)
            if isinstance(found, Wrong):
                self.problems.add(found.problem, found.advice, row=number, field=self.layout.headings[at])
            else:
                told[key] = found
        return told if len(told) == len(places) else None

    def _check_parts(self, table: Table, cells: Cells, number: int, where: Where) -> None:
        for key, part, whole in too_many(table, cells, ROUNDED.get(where.kind, 0)):
            self.problems.add(
                f"{part:,} is more than the {whole:,} that it is a part of.",
                "Check which column is which, and take the file as it was published.",
                row=number,
                field=self.layout.headings[self.layout.tables[table.key][key]],
            )

    def _keep(self, table: str, key: Key, number: int, cells: Cells) -> None:
        first, before = self.kept.setdefault(table, {}).setdefault(key, (number, cells))
        if first == number:
            return
        if before == cells:
            self.again.append(number)
            return
        different = next(name for name in cells if cells[name] != before[name])
        self.problems.add(
            f"Row {first} gives other figures for the same area and year (area {key[0]}, {day(key[1])}).",
            "Leave the row in the file that is right.",
            row=number,
            field=self.layout.headings[self.layout.tables[table][different]],
        )

    def check(self) -> None:
        """Look at all that was kept together; takes down what is wrong, and what should be known."""
        self._check_shares()
        self._check_areas()
        if self.again:
            self.notes.add(
                f"{plural(len(self.again), 'row')} said the same as an earlier one, and counted once.",
                "Nothing has to be done.",
                row=self.again[0],
            )

    def _check_shares(self) -> None:
        for key, rows in self.kept.items():
            for name, is_most in far_off(TABLES[key], [cells for _, cells in rows.values()]):
                heading = self.layout.headings[self.layout.tables[key][name]]
                say = self.problems if is_most else self.notes
                say.add(
                    f"{'Most' if is_most else 'Some'} percentages do not fit the counts beside them.",
                    "They are shares of 100, not of 1. Check which column is which."
                    if is_most
                    else "They were taken as published.",
                    field=heading,
                )

    def _check_areas(self) -> None:
        there = {area for rows in self.kept.values() for area, _ in rows}
        council = self.asked.council
        if not there or (council and council not in there):
            whose = f"the board's council (number {council})" if council else "an area that the board shows"
            self.problems.add(
                f"The file has no figures of {whose}.",
                "Check that it is the right file: the one that has figures of councils.",
                field="old_la_code",
            )
            return
        absent = [area for area in self.asked.places if area not in there and is_published(area)]
        if absent:
            self.notes.add(
                f"Not in the file: {plural(len(absent), 'area')} that the board shows "
                f"({listed(absent[:12])}{' and more' if len(absent) > 12 else ''}).",
                "Earlier figures of these stay as they are.",
            )
