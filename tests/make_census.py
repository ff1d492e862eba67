"""Invented children in need censuses: small ones put together part by part, and large ones from a seed.

Every layout from 2017 to 2026 differs only in what is not counted: CINPlanDates came in 2018, Sex took the
place of GenderCurrent in 2025. All children, numbers and dates are made up here.
"""

import io
import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from xml.sax.saxutils import escape
from zlib import crc32

YEAR, COUNCIL = 2024, "808"
SOURCES = ["1A", "1B", "1C", "1D", "2A", "2B", "3A", "3B", "3C", "3D", "3E", "3F"]
SOURCES += ["4", "5A", "5B", "5C", "6", "7", "8", "9", "10"]
CATEGORIES = ["NEG", "PHY", "SAB", "EMO", "MUL"]
FIRST_WITH_PLAN_DATES, FIRST_WITH_SEX = 2018, 2025


def element(name: str, text: object) -> str:
    """<name>text</name>; nothing at all where the text is None."""
    return "" if text is None else f"<{name}>{escape(str(text))}</{name}>"


def assessment(
    start: object = "2023-05-10", *, authorised: object = None, factors: Iterable[str] = ()
) -> str:
    """An assessment; its factors are codes of what was found."""
    found = "".join(element("AssessmentFactors", factor) for factor in factors)
    return (
        "<Assessments>"
        + element("AssessmentActualStartDate", start)
        + element("AssessmentAuthorisationDate", authorised)
        + (f"<FactorsIdentifiedAtAssessment>{found}</FactorsIdentifiedAtAssessment>" if found else "")
        + "</Assessments>"
    )


def enquiry(start: object = "2023-05-11", held: object = None, *, target: object = None) -> str:
    """A section 47 enquiry, and when its initial conference was held."""
    return (
        "<Section47>"
        + element("S47ActualStartDate", start)
        + element("InitialCPCtarget", target)
        + element("DateOfInitialCPC", held)
        + element("ICPCnotRequired", "false" if held else "true")
        + "</Section47>"
    )


def plan(
    start: object = "2023-06-01",
    end: object = None,
    *,
    initial: object = "NEG",
    latest: object = "NEG",
    previous: object = 0,
    reviews: Iterable[object] = (),
) -> str:
    """A child protection plan."""
    held = "".join(element("CPPreviewDate", review) for review in reviews)
    return (
        "<ChildProtectionPlans>"
        + element("CPPstartDate", start)
        + element("CPPendDate", end)
        + element("InitialCategoryOfAbuse", initial)
        + element("LatestCategoryOfAbuse", latest)
        + element("NumberOfPreviousCPP", previous)
        + (f"<Reviews>{held}</Reviews>" if held else "")
        + "</ChildProtectionPlans>"
    )


def plan_dates(start: object, end: object = None) -> str:
    """A plan as a child in need: in the file from 2018, and not counted."""
    return (
        f"<CINPlanDates>{element('CINPlanStartDate', start)}{element('CINPlanEndDate', end)}</CINPlanDates>"
    )


def referral(
    on: object = "2023-05-09",
    *records: str,
    source: object = "6",
    nfa: object = "false",
    conference: object = None,
    closed: object = None,
) -> str:
    """One CINdetails with its records in the order in which they are given, plans last."""
    plans = [record for record in records if record.startswith("<ChildProtectionPlans")]
    others = [record for record in records if record not in plans]
    return (
        "<CINdetails>"
        + element("CINreferralDate", on)
        + element("ReferralSource", source)
        + element("PrimaryNeedCode", "N1")
        + element("CINclosureDate", closed)
        + element("ReasonForClosure", closed and "RC7")
        + element("DateOfInitialCPC", conference)
        + "".join(others)
        + element("ReferralNFA", nfa)
        + "".join(plans)
        + "</CINdetails>"
    )


def child(
    *referrals: str, number: object = "Q000000001", born: object = "2011-07-13", year: int = YEAR
) -> str:
    """One Child. The number is the council's own for the child."""
    sex = element("Sex", "F") if year >= FIRST_WITH_SEX else element("GenderCurrent", "2")
    return (
        "<Child><ChildIdentifiers>"
        + element("LAchildID", number)
        + element("UPN", f"Z{crc32(str(number).encode()):012d}")
        + element("PersonBirthDate", born)
        + sex
        + "</ChildIdentifiers><ChildCharacteristics><Ethnicity>WBRI</Ethnicity>"
        + "<Disabilities><Disability>NONE</Disability></Disabilities></ChildCharacteristics>"
        + "".join(referrals)
        + "</Child>"
    )


def header(
    year: object = YEAR, *, reference: object = "", council: object = COUNCIL, collection: object = "CIN"
) -> str:
    """The header; a part that is None is left out."""
    reference = f"{year}-03-31" if reference == "" else reference
    return (
        "<Header><CollectionDetails>"
        + element("Collection", collection)
        + element("Year", year)
        + element("ReferenceDate", reference)
        + "</CollectionDetails><Source><SourceLevel>L</SourceLevel>"
        + element("LEA", council)
        + "<SoftwareCode>Invented</SoftwareCode></Source></Header>"
    )


def message(*children: str, head: str | None = None, year: int = YEAR) -> str:
    """A whole census as text, without a declaration."""
    head = header(year) if head is None else head
    return f"<Message>{head}<Children>{''.join(children)}</Children></Message>"


def census(*children: str, head: str | None = None, year: int = YEAR) -> bytes:
    """A whole census as bytes, in UTF-8."""
    return ('<?xml version="1.0" encoding="utf-8"?>\n' + message(*children, head=head, year=year)).encode()


class Invented:
    """A census of any size, always the same from the same seed. Written out child by child, indented."""

    def __init__(self, children: int, *, year: int = YEAR, seed: int = 1, council: str = COUNCIL) -> None:
        self.children, self.year, self.council = children, year, council
        self._chance = random.Random(seed)
        self._first = date(year - 2, 4, 1)
        self._days = [(self._first + timedelta(days=number)).isoformat() for number in range(730)]

    def parts(self) -> Iterator[bytes]:
        """The file in parts, each child one of them."""
        before, after = message("\n", head=header(self.year, council=self.council)).split("\n")
        yield f'<?xml version="1.0" encoding="utf-8"?>\n{indented(before)}'.encode()
        for number in range(self.children):
            yield indented(self._child(number), depth=2).encode()
        yield f"\n{after}\n".encode()

    def _child(self, number: int) -> str:
        repeated = number if self._chance.random() > 0.01 else max(number - 7, 0)  # some stand in two records
        referrals = [self._referral() for _ in range(1 if self._chance.random() < 0.75 else 2)]
        born = date(self.year - 1 - self._chance.randrange(17), 1 + number % 12, 1 + number % 28)
        return child(*referrals, number=f"Q{repeated:09d}", born=born, year=self.year)

    def _referral(self) -> str:
        at, chance = self._chance.randrange(600), self._chance.random
        source = self._chance.choice([*SOURCES, "6", "6", "6", "2A", "2A"])
        if chance() < 0.1:
            return referral(self._day(at), source=source, nfa="true", closed=self._day(at))
        records = [self._assessment(at)] if chance() < 0.8 else []
        if chance() < 0.4 and self.year >= FIRST_WITH_PLAN_DATES:
            records.append(plan_dates(self._day(at + 30), self._day(at + 90)))
        if chance() < 0.35:
            held = self._day(at + 3 + self._chance.randrange(30)) if chance() < 0.5 else None
            records.append(enquiry(self._day(at + 2), held, target=self._day(at + 23)))
            records += [self._plan(at)] if held and chance() < 0.8 else []
        closed = self._day(at + 120) if chance() < 0.5 else None
        return referral(self._day(at), *records, source=source, closed=closed)

    def _assessment(self, at: int) -> str:
        factors = self._chance.sample(
            ["2A", "2B", "3A", "3B", "4A", "4B", "5A", "6A"], self._chance.randrange(1, 7)
        )
        return assessment(self._day(at + 1), authorised=self._day(at + 40), factors=factors)

    def _plan(self, at: int) -> str:
        start = at + 35
        end = self._day(start + self._chance.randrange(400)) if self._chance.random() < 0.4 else None
        reviews = [self._day(start + 80)] if start + 80 < 700 else []
        initial, latest = self._chance.choice(CATEGORIES), self._chance.choice(CATEGORIES)
        return plan(self._day(start), end, initial=initial, latest=latest, reviews=reviews)

    def _day(self, number: int) -> str:
        return self._days[min(number, len(self._days) - 1)]

    def write(self, path: Path) -> int:
        """Write the file; gives back its size in bytes."""
        with path.open("wb") as file:
            return sum(file.write(part) for part in self.parts())

    def stream(self) -> io.BufferedReader:
        """The file as a stream that can only be read on, as from a pipe: it never stands anywhere whole."""
        return io.BufferedReader(_Parts(self.parts()))


class _Parts(io.RawIOBase):
    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts, self._left = parts, b""

    def readable(self) -> bool:
        return True

    def readinto(self, into: memoryview) -> int:
        while not self._left:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._left = part
        taken, self._left = self._left[: len(into)], self._left[len(into) :]
        into[: len(taken)] = taken
        return len(taken)


def indented(xml: str, *, depth: int = 0) -> str:
    """Each element on a line of its own, as the systems of councils write it."""
    lines, level = [], depth
    for piece in xml.replace("><", ">\n<").splitlines():
        level -= piece.startswith("</")
        lines.append("  " * level + piece)
        level += not piece.startswith("</") and "</" not in piece
    return "\n" + "\n".join(lines)
