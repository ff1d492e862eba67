"""Which column of a file is which, and of which table it is: told by the headings, never by the file's name.

A file is read whole or not at all. Where a column that is wanted is not there, the file is refused: the
problem names it, and the headings that were not understood and could mean it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lscb_core.domain.numbers import listed
from lscb_core.imports.dfe.matching import Match, likeness, match
from lscb_core.imports.dfe.model import Column, Table
from lscb_core.imports.dfe.tables import TABLES
from lscb_core.imports.dfe.words import Said, said
from lscb_core.imports.reading import LONGEST_QUOTE, Problems, Refused

MOST_NAMED = 8
HEADING_ROW = 1
ONE_FIGURE_A_ROW = {"indicator", "metric", "variable"}

ALWAYS_THERE = ("time_period", "old_la_code")
PLACES = tuple(
    Column(key, key, names.split(", "), needed=key in ALWAYS_THERE, is_ranked=True)
    for key, names in {
        "time_period": "time period, reporting year, financial year, year, period",
        "old_la_code": "old la code, la code, la number, DfE la code, DfE number, la DfE code, DfE code",
        "region_code": "region code, region ons code, gor code",
        "geographic_level": "geographic level, geography level, level, area type",
        "time_identifier": "time identifier",
        "country_code": "country code",
        "category": "category",
    }.items()
)
REGION = Column("region_code", "region_code", ["region code"])
"""Without it, and without levels, England's rows could not be told from those of regions."""
KNOWN_PLACES = (
    *("la name", "region name", "country name", "la", "region", "country"),
    *("new la code", "la ons code", "ons la code", "la gss code", "ons code", "old la name", "new la name"),
    *("lad code", "lad name"),
)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each column stands, from 0: those of place and time, and those of each table by its key.

    `unknown` are the columns that were not understood.
    """

    headings: tuple[str, ...]
    places: Mapping[str, int]
    tables: Mapping[str, Mapping[str, int]]
    unknown: tuple[int, ...]

    def heading(self, at: int) -> str:
        """The heading of a column as a message quotes it."""
        return quoted(self.headings[at])


def quoted(text: str) -> str:
    """What stands in the file, for a message: one line, not too long, printable."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    return f"“{' '.join(plain.split())[:LONGEST_QUOTE]}”"


def layout(headings: Sequence[str], problems: Problems, notes: Problems) -> Layout:
    """Find the columns of every table that the file holds whole. Raises Refused where there is none."""
    told = [said(heading) for heading in headings]
    places = match(told, PLACES, KNOWN_PLACES)
    tables = {
        key: match(told, table.columns, table.known, taken=places.understood) for key, table in TABLES.items()
    }
    chosen = _chosen(tables)
    matches = [places, *(tables[key] for key in chosen)]
    unknown = [at for at in range(len(told)) if not any(at in each.understood for each in matches)]
    finding = _Finding(headings, told, unknown, problems)
    for key in chosen:
        finding.refuse(TABLES[key].columns, tables[key], of=f" of table {TABLES[key].name}")
    finding.refuse(PLACES if chosen else (), places)
    if not chosen:
        finding.not_recognised()
    elif not {"geographic_level", "region_code"} & {*places.places, *places.twice}:
        finding.refuse([REGION], places)
    if len(problems):
        raise Refused(problems)
    for at, meant in ((at, meant) for each in matches for at, meant in each.read_as.items()):
        notes.add(f"The column {quoted(headings[at])} was read as “{meant}”.", "Check that it is.", row=1)
    return Layout(tuple(headings), places.places, {key: tables[key].places for key in chosen}, tuple(unknown))


def _chosen(tables: Mapping[str, Match]) -> list[str]:
    """The tables that are there whole, and those of which more than a stray column is; else the likeliest."""
    shares = {key: _share(TABLES[key], found) for key, found in tables.items()}
    whole = [key for key, found in tables.items() if not _missing(TABLES[key].columns, found)]
    best = [max(shares, key=lambda key: shares[key])] if not whole and any(shares.values()) else []
    return [key for key in tables if key in whole or key in best or shares[key] > 0.5]


def _share(table: Table, found: Match) -> float:
    there = [column for column in table.own if column.key in {*found.places, *found.twice}]
    return len(there) / len(table.own)


def _missing(columns: Iterable[Column], found: Match) -> list[Column]:
    return [column for column in columns if column.needed and column.key not in {*found.places, *found.twice}]


@dataclass(frozen=True, slots=True)
class _Finding:
    """Takes down what is wrong with the headings."""

    headings: Sequence[str]
    told: Sequence[Said]
    unknown: Sequence[int]
    problems: Problems

    def refuse(self, columns: Sequence[Column], found: Match, *, of: str = "") -> None:
        for column in columns:
            if column.key in found.twice:
                names = listed([quoted(self.headings[at]) for at in found.twice[column.key]])
                problem = f"More than one column could be “{column.label}”: {names}."
                self._add(problem, "Keep one of them, and send the file again.", column)
        for column in _missing(columns, found):
            self._add(f"The column “{column.label}”{of} is missing.", self._could_be(column), column)
        for column in columns:
            if not column.needed and column.key not in {*found.places, *found.twice}:
                self._not_left_out(column)

    def _could_be(self, column: Column) -> str:
        near = sorted(self.unknown, key=lambda at: -likeness(self.told[at], column))
        if not near:
            return "No other heading could mean it. Check that it is the whole file."
        names = listed([quoted(self.headings[at]) for at in near[:MOST_NAMED]])
        more = f" and {len(near) - MOST_NAMED} more" if len(near) > MOST_NAMED else ""
        return (
            f"Not understood: {names}{more}. If one of them is that column, call it "
            f"“{column.label}” in the first row, and send the file again."
        )

    def _not_left_out(self, column: Column) -> None:
        """A rate that a release has dropped is no loss; one under a name that nobody knows is."""
        words = frozenset().union(*column.sayings)
        for at in self.unknown:
            if self.told[at].kind == column.kind and self.told[at].words & words:
                name = quoted(self.headings[at])
                self._add(
                    f"The column {name} was not understood. It could be “{column.label}”.",
                    f"If it is, call it “{column.label}” in the first row; if not, take it out of the file.",
                    column,
                )

    def not_recognised(self) -> None:
        rows = [at for at, heading in enumerate(self.told) if heading.words & ONE_FIGURE_A_ROW]
        if rows:
            name = quoted(self.headings[rows[0]])
            self.problems.add(
                f"This file has one figure in each row, named in the column {name}.",
                "Take the file that has one column for each figure.",
                row=HEADING_ROW,
            )
            return
        tables = listed([f"{table.name} ({table.title})" for table in TABLES.values()])
        self.problems.add(
            "This is none of the tables of the children in need statistics that are read.",
            f"Those are {tables}: the underlying data, as CSV.",
            row=HEADING_ROW,
        )

    def _add(self, problem: str, advice: str, column: Column) -> None:
        self.problems.add(problem, advice, row=HEADING_ROW, field=column.label)
