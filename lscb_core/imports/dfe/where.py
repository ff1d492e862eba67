"""Of which area and year a row is: councils by their DfE number, regions by their code, England as ENG."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from lscb_core.imports.dfe.columns import Layout, quoted

ENGLAND, ENGLANDS_CODE = "ENG", "E92000001"
EARLIEST, MOST_REMEMBERED = 1990, 100_000
LEVELS = {
    "national": "england",
    "england": "england",
    "country": "england",
    "regional": "region",
    "region": "region",
    "local authority": "council",
    "la": "council",
    "council": "council",
}
NO_CODE = ("z", "x", ":", ".")
"""How files say that an area has no code of this sort, or is not known."""
FULL_YEARS = ("", "reporting year", "financial year", "year", "fy", "tax year")
FORMS = {
    "region": (re.compile(r"E1[23][0-9]{6}"), "region_code"),
    "council": (re.compile(r"[0-9]{3}"), "old_la_code"),
}
YEAR = re.compile(r"([0-9]{4})(?:[^0-9]?([0-9]{2}|[0-9]{4}))?")


@dataclass(frozen=True, slots=True)
class Where:
    """The area's code and kind (england, region, council), and the 31 March that ends the year.

    `area` is empty for a row of a kind that is not read: `kind` is then what the file calls it. `region` is
    the one that the row names. `problem`: what is wrong, what to do, and in which column.
    """

    area: str
    kind: str
    end: date | None
    region: str = ""
    problem: tuple[str, str, str] | None = None


def is_published(area: str) -> bool:
    """Whether statistics could know an area by this code: an invented one they do not."""
    return area == ENGLAND or any(form.fullmatch(area) for form, _ in FORMS.values())


@dataclass(slots=True)
class Finder:
    """Tells where each row belongs; the same words are looked at once."""

    layout: Layout
    today: date
    _known: dict[tuple[str, ...], Where] = field(default_factory=dict)
    _at: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        """Leave out the columns that tell nothing about place and time."""
        self._at = tuple(item for item in self.layout.places.items() if item[0] != "category")

    def where(self, cells: Sequence[str]) -> Where:
        """Where the row belongs, or what is wrong with its place or year."""
        key = tuple([cells[at] for _, at in self._at])
        found = self._known.get(key)
        if found is None:
            found = self._found({name: key[at].strip() for at, (name, _) in enumerate(self._at)})
            if len(self._known) < MOST_REMEMBERED:
                self._known[key] = found
        return found

    def _found(self, said: dict[str, str]) -> Where:
        end, problem = _year(said["time_period"], said.get("time_identifier", ""), self.today)
        if problem:
            return Where("", "", None, problem=problem)
        council, region = said["old_la_code"].removesuffix(".0"), said.get("region_code", "").upper()
        level = _level(said, council, region)
        if level == "england":
            return Where(_england(said), level, end)
        code = {"region": region, "council": council}.get(level, "")
        if level not in FORMS or code.lower() in NO_CODE:
            return Where("", said.get("geographic_level", ""), end)
        form, name = FORMS[level]
        if not form.fullmatch(code):
            return Where("", level, end, problem=_no_code(code, level, name))
        return Where(code, level, end, region)


def _england(said: dict[str, str]) -> str:
    """Rows of the whole country are England's, but for those that name another."""
    return ENGLAND if said.get("country_code", "").upper() in ("", ENGLANDS_CODE) else ""


def _level(said: dict[str, str], council: str, region: str) -> str:
    """england, region or council; "other" for what is not read."""
    told = " ".join(re.findall(r"[a-z]+", said.get("geographic_level", "").lower()))
    if told:
        return LEVELS.get(told, "other")
    council, region = ("" if code.lower() in NO_CODE else code for code in (council, region))
    return "council" if council else "region" if region else "england"


def _no_code(code: str, level: str, name: str) -> tuple[str, str, str]:
    form = {"region": "such as E12000001", "council": "three digits, such as 808"}[level]
    is_there = (
        f"{quoted(code)} is not the code of a {level}" if code else f"The code of the {level} is missing"
    )
    return f"{is_there}.", f"It is the DfE's own: {form}. Take the file as it was published.", name


def _year(period: str, identifier: str, today: date) -> tuple[date | None, tuple[str, str, str] | None]:
    """The 31 March that a period ends on: 2024, 202324, 2023-24 and 2023/24 are the same."""
    if " ".join(identifier.lower().split()) not in FULL_YEARS:
        problem = f"{quoted(identifier)} is not a year that ends on 31 March."
        return None, (problem, "Take the file of the yearly statistics.", "time_identifier")
    parts = YEAR.fullmatch(period.removesuffix(".0"))
    year = _ending(parts[1], parts[2]) if parts else None
    if year is None:
        problem = f"{quoted(period)} was not understood as a year." if period else "The year is missing."
        return None, (problem, "Years are written 2024, 202324 or 2023-24.", "time_period")
    end = date(year, 3, 31) if year >= EARLIEST else None
    if end is None or end > today:
        problem = (
            f"The year to March {year} cannot be right: it is {'still to come' if end else 'too long ago'}."
        )
        return None, (problem, "Check the year.", "time_period")
    return end, None


def _ending(first: str, second: str | None) -> int | None:
    """The year in which it ends; None where two years do not follow each other."""
    if second is None:
        return int(first)
    last = int(first) + 1
    return last if str(last).endswith(second) else None
