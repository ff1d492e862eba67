"""The reader of published statistics: the underlying data of the children in need tables, of any release.

The table is told by its columns (`dfe_columns`): renamed ones are mapped, and what cannot be mapped without
a doubt is refused. Of the areas only those are kept that the board shows.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from lscb_core.domain.numbers import plural
from lscb_core.imports.dfe.breakdowns import Breakdowns
from lscb_core.imports.dfe.columns import layout, quoted
from lscb_core.imports.dfe.gathered import Gathered
from lscb_core.imports.dfe.opening import AGAIN, Opened, opened
from lscb_core.imports.dfe.scopes import scopes, title, years
from lscb_core.imports.dfe.where import Finder
from lscb_core.imports.dfe.whole import Sequences
from lscb_core.imports.reading import Asked, Problems, Progress, Reading, Refused, reading

KIND = "dfe"
LOOKING, READING = (0.0, 0.5), (0.5, 1.0)
"""The file is gone through twice: to see whether it is whole and what splits it, then to read it."""


def read(stream: BinaryIO, *, asked: Asked, progress: Progress) -> Reading:
    """Read a table of the statistics: a scope for each table and area, "dfe/referrals/808".

    Raises Refused where the file cannot be read on.
    """
    return _OneFile(asked, progress).reading(stream)


@dataclass(slots=True)
class _OneFile:
    """One file being read, and what is found in it."""

    asked: Asked
    progress: Progress
    problems: Problems = field(default_factory=Problems)
    notes: Problems = field(default_factory=Problems)

    def reading(self, stream: BinaryIO) -> Reading:
        """Read it, each part of the file in its turn."""
        self.progress("Opening the file", 0.0)
        file = opened(stream, self.problems, self.notes)
        found = layout(file.headings(self.problems), self.problems, self.notes)
        finder = Finder(found, self.asked.today)
        wanted = self._looked_over(file, finder)
        gathered = Gathered(found, self.asked, self.problems, self.notes, file.has_decimal_commas)
        self._gather(file, finder, wanted, gathered)
        gathered.check()
        self.progress("Reading the rows", 1.0)
        return self._handed_over(gathered)

    def _looked_over(self, file: Opened, finder: Finder) -> dict[int, frozenset[str]]:
        """Go through all rows once. Gives back what a row has to say, by column, to be read."""
        breakdowns, order = Breakdowns(finder.layout), Sequences()
        number = 1
        for number, cells in file.rows(self.progress, LOOKING, self.problems):
            if not self._is_whole(number, cells, finder):
                continue
            where = finder.where(cells)
            if where.problem:
                problem, advice, name = where.problem
                self.problems.add(problem, advice, row=number, field=name)
            order.add(where)
            breakdowns.look(cells)
        order.check(number, self.problems, self.notes, is_ended=file.is_ended)
        if not order.rows:
            if not len(self.problems):
                self.problems.add("The file has no row that gives the figures of an area in a year.", AGAIN)
            raise Refused(self.problems)
        return breakdowns.rows_for_all(self.problems, self.notes, has_several_rows=order.has_several_rows)

    def _is_whole(self, number: int, cells: Sequence[str], finder: Finder) -> bool:
        width = len(finder.layout.headings)
        if len(cells) != width:
            cut = " If it is the last row, the file has been cut off." if len(cells) < width else ""
            problem = f"The row has {plural(len(cells), 'cell')}, but there are {width} headings.{cut}"
            self.problems.add(problem, AGAIN, row=number)
        return len(cells) == width

    def _gather(
        self, file: Opened, finder: Finder, wanted: Mapping[int, frozenset[str]], gathered: Gathered
    ) -> None:
        """Go through the rows again and keep those of areas that the board shows."""
        width, places = len(finder.layout.headings), frozenset(self.asked.places)
        others: Counter[str] = Counter()
        for number, cells in file.rows(self.progress, READING, self.problems):
            if len(cells) != width:
                continue
            where = finder.where(cells)
            if where.area in places and all(cells[at] in words for at, words in wanted.items()):
                gathered.add(number, cells, where)
            elif where.end and not where.area and not where.problem:
                others[where.kind] += 1
        for kind, rows in others.most_common(3):
            words = f"{plural(rows, 'row')} of the level {quoted(kind)} were passed over."
            self.notes.add(
                words, "Figures of England, regions and councils are read.", field="geographic_level"
            )

    def _handed_over(self, gathered: Gathered) -> Reading:
        made, ends = list(scopes(gathered.kept)), years(gathered.kept)
        counts = {
            "areas": len({scope.key.rpartition("/")[2] for scope in made}),
            "years": len(ends),
            "figures": sum(len(scope.rows) for scope in made),
        }
        return reading(
            KIND,
            scopes=made,
            counts=counts,
            as_at=max(ends, default=None),
            title=title(gathered.layout.tables, ends),
            problems=self.problems,
            notes=self.notes,
        )
