"""The header of a census: whose it is and of which year. Checked against the board, never guessed."""

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from lscb_core.domain.periods import day
from lscb_core.imports.census.refusals import AGAIN
from lscb_core.imports.reading import Asked, Problems

if TYPE_CHECKING:
    from lxml import etree

FIRST_YEAR, LAST_YEAR = 2017, 2026
"""The years whose layouts are known. Of another year the same elements are looked for, and that is told."""
EARLIEST_YEAR = 2009

_PLACES = {
    "Collection": "CollectionDetails/Collection",
    "Year": "CollectionDetails/Year",
    "ReferenceDate": "CollectionDetails/ReferenceDate",
    "LEA": "Source/LEA",
}
_CODE = re.compile("[A-Za-z0-9]{1,4}")
_ISO = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Header:
    """What the header says, in the file's words; empty where it says nothing."""

    collection: str
    year: str
    reference_date: str
    council: str

    @property
    def reference(self) -> date | None:
        """The reference date, where it is one."""
        try:
            return date.fromisoformat(self.reference_date) if _ISO.fullmatch(self.reference_date) else None
        except ValueError:
            return None


def reference_of(
    element: "etree._Element", *, asked: Asked, problems: Problems, notes: Problems
) -> date | None:
    """Take down what is wrong with a header; the reference date, or None where none can be used."""
    said = {name: (element.findtext(path) or "").strip() for name, path in _PLACES.items()}
    for name in [name for name, words in said.items() if not words]:
        problems.add(f"The header does not say its {name}.", AGAIN, row="header", field=name)
    header = Header(said["Collection"], said["Year"], said["ReferenceDate"], said["LEA"])
    _check_collection(header, problems)
    _check_council(header, asked, problems)
    _check_year(header, problems, notes)
    return _checked_reference(header, asked, problems)


def _quoted(words: str) -> str:
    """The words themselves only where they can be nothing but a code."""
    return f"“{words}”" if _CODE.fullmatch(words) else "something that is no code"


def _check_collection(header: Header, problems: Problems) -> None:
    if header.collection and header.collection != "CIN":
        problems.add(
            f"The header calls this collection {_quoted(header.collection)}; the census is CIN.",
            "Send the file of the children in need census.",
            row="header",
            field="Collection",
        )


def _check_council(header: Header, asked: Asked, problems: Problems) -> None:
    if not asked.council:
        problems.add(
            "This board has no council number, so nothing says that the file is its own.",
            "A census can only be taken in for the board of a real council.",
            row="header",
            field="LEA",
        )
    elif header.council and header.council != asked.council:
        board = f"{asked.board}'s council" if asked.board else "this board's council"
        problems.add(
            f"The file is of council {_quoted(header.council)}, and {board} is {asked.council}.",
            "Choose the board whose council sent it, or send the right council's file.",
            row="header",
            field="LEA",
        )


def _checked_reference(header: Header, asked: Asked, problems: Problems) -> date | None:
    reference = header.reference
    if not header.reference_date:
        return None
    if reference is None:
        said = "The reference date is not a date written as year-month-day."
    elif (reference.month, reference.day) != (3, 31):
        said = f"The reference date is {day(reference)}. A census looks back from a 31 March."
    elif reference > asked.today:
        said = f"The reference date, {day(reference)}, has not come yet."
    elif reference.year < EARLIEST_YEAR:
        said = f"The reference date is {day(reference)}. The first census was that of {EARLIEST_YEAR}."
    else:
        return reference
    problems.add(said, AGAIN, row="header", field="ReferenceDate")
    return None


def _check_year(header: Header, problems: Problems, notes: Problems) -> None:
    """The year is the one in which the reference date lies; some systems write that in which it began."""
    reference = header.reference
    if not header.year or reference is None:
        return
    row, told = "header", f"The header says {_quoted(header.year)} as its year, and {day(reference)} as its "
    if header.year == str(reference.year - 1):
        notes.add(
            told + "reference date. It was read as the census of the year to the reference date.",
            "If it is the census of the year before, correct the reference date and send it again.",
            row=row,
            field="Year",
        )
    elif header.year != str(reference.year):
        problems.add(told + "reference date. One of them is wrong.", AGAIN, row=row, field="Year")
    if not FIRST_YEAR <= reference.year <= LAST_YEAR:
        notes.add(
            f"This reader was written for the censuses of {FIRST_YEAR} to {LAST_YEAR}.",
            "Compare a few figures with the council's own before they are used.",
            row=row,
            field="ReferenceDate",
        )
