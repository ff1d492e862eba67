"""What a table of the published statistics is: the columns that are wanted, and the figures they give."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lscb_core.imports.dfe.words import Kind, Said, said


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is wanted. `beside`: words that may stand in its heading without meaning another one.

    `label` is what a problem calls it: its heading in the release of 2024.
    """

    key: str
    label: str
    names: Sequence[str]
    kind: Kind = "count"
    beside: frozenset[str] = frozenset()
    needed: bool = True
    is_whole: bool = True  # a count; else a number with decimals
    is_ranked: bool = False  # of several headings that mean it the one with its earliest name is taken

    def is_meant_by(self, heading: Said) -> bool:
        """Whether the heading says this and nothing else."""
        if heading.kind != self.kind:
            return False
        return any(words <= heading.words <= words | self.beside for words in self.sayings)

    def among(self, told: Sequence[Said]) -> list[int]:
        """Where the headings stand that mean it, from 0."""
        found = [at for at, heading in enumerate(told) if self.is_meant_by(heading)]
        if not self.is_ranked or len(found) < 2:
            return found
        ranks = {at: self.sayings.index(told[at].words) for at in found}
        return [at for at in found if ranks[at] == min(ranks.values())]

    @property
    def sayings(self) -> tuple[frozenset[str], ...]:
        """The words of each of its names."""
        return tuple(said(name).words for name in self.names)


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure of the registry: the column of its value, those of its counts, and what they are part of.

    Where the file has no such column of its value, a share is worked out from the counts; nothing else is.
    """

    measure: str
    value: str = ""
    counts: tuple[str, ...] = ()
    out_of: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One published table. `known`: headings that are understood, and not wanted."""

    key: str
    name: str
    title: str
    columns: tuple[Column, ...]
    figures: tuple[Figure, ...]
    shared: tuple[str, ...] = ()  # columns that other tables have too: they do not tell which table it is
    known: tuple[str, ...] = ()
    by_key: Mapping[str, Column] = field(init=False)

    def __post_init__(self) -> None:
        """Make the columns ready to be found by their keys."""
        object.__setattr__(self, "by_key", {column.key: column for column in self.columns})

    @property
    def needed(self) -> list[Column]:
        """The columns without which the table cannot be read."""
        return [column for column in self.columns if column.needed]

    @property
    def own(self) -> list[Column]:
        """The needed columns by which it is told from the other tables."""
        return [column for column in self.needed if column.key not in self.shared]
