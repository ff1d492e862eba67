"""What every reader is asked and what it hands back: rows without a person in them, counts, problems.

A reader is a function `read(stream, *, asked, progress) -> Reading`. It runs in a process of its own with
limits (`confined`), so all that goes in and comes out is plain enough for JSON. No child's row, identifier
or date of birth may stand in any of it: a problem names the record by its position.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, BinaryIO, Protocol

FIRST = 1000
"""So many problems are listed; of the rest only the number is told."""
LONGEST_QUOTE = 40
"""Of what stands in a file no more than this is repeated; of a child-level file nothing but known codes."""

Progress = Callable[[str, float], None]
"""Told what is being done, and how far it is (0 to 1; below 0 where that cannot be known)."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file that is not right: where it stands, what it is, and what to do.

    `row` is the row as a spreadsheet counts it, or the record's position ("child 3, referral 2").
    """

    problem: str
    advice: str
    sheet: str = ""
    row: str = ""
    field: str = ""
    file: str = ""


class Problems:
    """Problems as they are found: the first `FIRST` are kept, the others are counted."""

    def __init__(self) -> None:
        self.listed: list[Problem] = []
        self.more = 0

    def add(self, problem: str, advice: str, *, sheet: str = "", row: object = "", field: str = "") -> None:
        """Take down one problem."""
        if len(self.listed) < FIRST:
            self.listed.append(Problem(problem, advice, sheet, str(row), field))
        else:
            self.more += 1

    def __len__(self) -> int:
        return len(self.listed) + self.more


class Refused(Exception):
    """The file cannot be read on: raised by a reader after taking down the problem that ends it."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """Words of a file that stand for a source of referral and were not understood, or not surely.

    `key` is what is remembered (the words without case, spaces and signs); `suggested` are groups that it
    could be, the likeliest first; `records` is how many records have it.
    """

    key: str
    words: str
    records: int
    suggested: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """A piece of a file that replaces what was sent for the same `key` before, whole.

    Keys read kind/what/whose/period: "cin-census/2024-03-31", "annex-a/2020-09-30",
    "dfe/referrals_by_source/808", "template/thresholds/police/2026-05-31". `rows` are plain values.
    """

    key: str
    period_end: date | None
    rows: tuple[Mapping[str, Any], ...]
    agency: str = ""  # the agency's short name, where the piece is one agency's own


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader has to know of the board and the day. Plain values only."""

    file: str
    today: date
    board: str = ""
    council: str = ""  # the DfE number of the board's council; empty for an invented board
    places: tuple[str, ...] = ()  # codes of the areas whose published figures are held
    sources: Mapping[str, str] = field(default_factory=dict)  # Spelling.key -> source code or group
    agencies: Mapping[str, str] = field(default_factory=dict)  # short name -> the board's name for it
    known: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # keys a template may name


@dataclass(frozen=True, slots=True)
class Reading:
    """What came out of a file. With problems nothing of it is saved; notes are told and save nothing less."""

    kind: str
    scopes: tuple[Scope, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    as_at: date | None = None
    title: str = ""
    problems: tuple[Problem, ...] = ()
    more_problems: int = 0
    notes: tuple[Problem, ...] = ()
    more_notes: int = 0
    spellings: tuple[Spelling, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows would be saved."""
        return sum(len(scope.rows) for scope in self.scopes)

    @property
    def may_be_saved(self) -> bool:
        """No problem, no question left, and something to save; a year without events is that too."""
        return not (self.problems or self.spellings) and bool(self.scopes)


class Reader(Protocol):
    """How every reader is called."""

    def __call__(self, stream: BinaryIO, *, asked: Asked, progress: Progress) -> Reading:
        """Read the file. Raises Refused after a problem that ends the reading; nothing else on any input."""


def reading(
    kind: str,
    *,
    scopes: Iterable[Scope] = (),
    counts: Mapping[str, int] | None = None,
    as_at: date | None = None,
    title: str = "",
    problems: Problems | None = None,
    notes: Problems | None = None,
    spellings: Iterable[Spelling] = (),
) -> Reading:
    """A reading from what a reader has gathered; the scopes are left out where there are problems."""
    problems, notes = problems or Problems(), notes or Problems()
    return Reading(
        kind=kind,
        scopes=() if len(problems) else tuple(scopes),
        counts=dict(counts or {}),
        as_at=as_at,
        title=title,
        problems=tuple(problems.listed),
        more_problems=problems.more,
        notes=tuple(notes.listed),
        more_notes=notes.more,
        spellings=tuple(spellings),
    )


def to_json(made: Reading) -> dict[str, Any]:
    """The reading as JSON holds it: dates as 2024-03-31."""
    return {name: _dated(value) for name, value in asdict(made).items()}


def from_json(held: Mapping[str, Any]) -> Reading:
    """The reading again."""
    scopes = (
        Scope(one["key"], _day(one["period_end"]), tuple(one["rows"]), one["agency"])
        for one in held["scopes"]
    )
    spelt = (Spelling(**{**one, "suggested": tuple(one["suggested"])}) for one in held["spellings"])
    return Reading(
        **{
            **held,
            "scopes": tuple(scopes),
            "as_at": _day(held["as_at"]),
            "problems": tuple(Problem(**one) for one in held["problems"]),
            "notes": tuple(Problem(**one) for one in held["notes"]),
            "spellings": tuple(spelt),
        }
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _dated(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _dated(each) for key, each in value.items()}
    return [_dated(each) for each in value] if isinstance(value, list | tuple) else value
