"""Columns of words that split the figures, such as `characteristic`: read right or refused, never added up.

Where such a column has a line for all ("Total"), only those rows are read. Where it has none, the file is
refused.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lscb_core.domain.codes import SYMBOLS
from lscb_core.domain.numbers import listed
from lscb_core.imports.dfe.columns import Layout, quoted
from lscb_core.imports.dfe.words import said
from lscb_core.imports.reading import Problems, Refused

MOST_KEPT, MOST_NAMED = 2000, 4
FOR_ALL = frozenset(["total", "all", "overall", "any", "all children", "all referrals", "all ages"])
ASIDE = frozenset(
    ["note", "comment", "footnote", "flag", "status", "code", "id", "la", "name", "ward", "pcon", "region"]
    + ["country", "date", "release", "publication", "version"]
)
"""Words in the heading of a column that says something about the row and does not split it."""
SPLITS = frozenset(
    ["gender", "sex", "age", "ethnicity", "ethnic", "disability", "characteristic", "need", "abuse", "type"]
    + ["group", "filter", "breakdown", "source", "outcome", "reason", "placement", "order"]
)


@dataclass(slots=True)
class Breakdowns:
    """What stands in the columns that were not understood; then which rows are for all."""

    layout: Layout
    found: dict[int, set[str]] = field(init=False)

    def __post_init__(self) -> None:
        """Look at the columns that could split the figures."""
        told = {at: said(self.layout.headings[at]).words for at in self.layout.unknown}
        self.found = {at: set() for at, words in told.items() if words & SPLITS or not words & ASIDE}
        if (category := self.layout.places.get("category")) is not None:
            self.found[category] = set()

    def look(self, cells: Sequence[str]) -> None:
        """Take down what a row says in these columns."""
        for at, words in self.found.items():
            if len(words) < MOST_KEPT:
                words.add(cells[at])

    def rows_for_all(
        self, problems: Problems, notes: Problems, *, has_several_rows: bool
    ) -> dict[int, frozenset[str]]:
        """Column -> what a row has to say there to be read. Raises Refused where no row is for all.

        Where no area has several rows of a year, no column can split them.
        """
        before = len(problems)
        asked = [at for at in self._of_words() if has_several_rows or self._kinds(at) == 1]
        wanted = {at: self._wanted(at, problems, notes) for at in asked}
        if len(problems) > before:
            raise Refused(problems)
        self._note_left_out(notes)
        return {at: words for at, words in wanted.items() if words}

    def _kinds(self, at: int) -> int:
        return len({" ".join(words.lower().split()) for words in self.found[at]})

    def _of_words(self) -> Iterator[int]:
        for at, found in self.found.items():
            if not all(_is_figure(words) for words in found):
                yield at

    def _wanted(self, at: int, problems: Problems, notes: Problems) -> frozenset[str]:
        name, found = self.layout.heading(at), self.found[at]
        kinds = {" ".join(words.lower().split()) for words in found}
        for_all = sorted(kinds & FOR_ALL)
        if len(kinds) == 1:
            if not for_all and said(self.layout.headings[at]).words & SPLITS:
                self._refuse(f"All rows are of {_named(found)} alone, in the column {name}.", at, problems)
            return frozenset()
        if len(for_all) != 1:
            self._refuse(f"The column {name} splits the figures: {_named(found)}.", at, problems)
            return frozenset()
        wanted = frozenset(words for words in found if " ".join(words.lower().split()) in for_all)
        notes.add(
            f"Only the rows with {_named(wanted)} in the column {name} are read.",
            "The others are parts of them.",
            field=self.layout.headings[at],
        )
        return wanted

    def _refuse(self, problem: str, at: int, problems: Problems) -> None:
        problems.add(
            problem,
            "Take a file with one row for each area and year, or leave only the rows for all in it.",
            row=1,
            field=self.layout.headings[at],
        )

    def _note_left_out(self, notes: Problems) -> None:
        texts = {*self._of_words()}
        category = self.layout.places.get("category")
        names = [self.layout.heading(at) for at in self.found if at not in texts and at != category]
        if names:
            more = f" and {len(names) - 8} more" if len(names) > 8 else ""
            notes.add(
                f"Not understood, and left out: {listed(names[:8])}{more}.",
                "Nothing is missing if they are none of the figures that the board shows.",
                row=1,
            )


def _is_figure(words: str) -> bool:
    plain = words.strip().lower()
    return (
        plain in SYMBOLS
        or plain.replace(",", "").replace(".", "", 1).removeprefix("-").isdigit()
        or not plain
    )


def _named(found: set[str] | frozenset[str]) -> str:
    names = [quoted(words) for words in sorted(found)]
    more = len(names) - MOST_NAMED
    return listed(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
