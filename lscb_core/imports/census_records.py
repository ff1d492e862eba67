"""Counts the records inside a referral: assessments, section 47 enquiries with conferences, plans."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from lscb_core.domain.codes import ABUSE
from lscb_core.imports.census_days import MISSING, TOO_EARLY, TOO_LATE, Days, Year
from lscb_core.imports.census_findings import Findings
from lscb_core.imports.census_names import (
    ASSESSMENT,
    ASSESSMENT_START,
    CONFERENCE,
    EARLIER_PLANS,
    ENQUIRY,
    ENQUIRY_START,
    IN_ASSESSMENT,
    IN_ENQUIRY,
    IN_PLAN,
    INITIAL,
    LATEST,
    PLAN_END,
    PLAN_START,
    Record,
)
from lscb_core.imports.census_said import record_of, repeated_records

if TYPE_CHECKING:
    from lxml import etree

Words = Mapping[str, str | None]
"""What stands in a record, by the name of the element."""
Tally = defaultdict[tuple[str, str, str, str], int]
"""(step, month, source, detail) -> how many."""
_CATEGORIES = ", ".join(ABUSE)


class Records:
    """Adds the records of each referral to the tally, or takes down what is wrong with them.

    `outside` is how many records lie wholly before the year.
    """

    def __init__(self, year: Year, *, today: date, tally: Tally, findings: Findings) -> None:
        self._year, self._tally, self._findings = year, tally, findings
        self._days, self._months, self._ends = year.days, year.months, Days(today)
        self.outside = 0

    def count(self, records: Sequence[Record], source: str) -> list[int]:
        """Count the records of a referral; gives back the days of the conferences of its enquiries."""
        findings, findings.records = self._findings, records
        held: list[int] = []
        again = repeated_records(records) if len(records) > 1 else ()
        for findings.place, (tag, record) in enumerate(records):
            if findings.place in again:
                findings.note("same_record")
            elif tag == ASSESSMENT:
                self._assessment(record, source)
            elif tag == ENQUIRY:
                held.append(self._enquiry(record, source))
            else:
                self._plan(record_of(record, IN_PLAN, findings), source)
        findings.records = ()
        return held

    def wrong_day(self, sign: int, field: str) -> None:
        """Take down what is wrong with a day that is none."""
        if sign == TOO_EARLY:
            said = "This date lies before the year 1900."
        elif sign == TOO_LATE:
            said = "This date lies after the reference date of the census."
        elif sign == MISSING:
            said = "No date stands here, and without it the record cannot be counted."
        else:
            said = "This is not a date written as year-month-day, like 2024-03-31."
        self._findings.wrong(said, field=field)

    def _assessment(self, record: "etree._Element", source: str) -> None:
        started = record_of(record, IN_ASSESSMENT, self._findings).get(ASSESSMENT_START)
        if month := self._months[started]:
            self._tally["assessment", month, source, ""] += 1
        elif (start := self._days[started]) > 0:
            self.outside += 1
        else:
            self.wrong_day(start, ASSESSMENT_START)

    def _enquiry(self, record: "etree._Element", source: str) -> int:
        words = record_of(record, IN_ENQUIRY, self._findings)
        started, held = words.get(ENQUIRY_START), words.get(CONFERENCE)
        start = self._days[started]
        if month := self._months[started]:
            self._tally["section_47", month, source, ""] += 1
        elif start > 0:
            self.outside += 1
        elif start == MISSING:
            self._findings.note("no_enquiry_start")
        else:
            self.wrong_day(start, ENQUIRY_START)
        return self.conference(held, start, source) if held else MISSING

    def conference(self, conference: str | None, start: int, source: str) -> int:
        """Count a conference for an enquiry begun on `start` (or MISSING); gives back its day."""
        held = self._days[conference]
        if month := self._months[conference]:
            self._tally["conference", month, source, self._year.band(start, held)] += 1
        elif held > 0:
            self.outside += 1
        elif held < 0:
            self.wrong_day(held, CONFERENCE)
        return held

    def _plan(self, words: Words, source: str) -> None:
        start, end = self._days[words.get(PLAN_START)], self._ends[words.get(PLAN_END)]
        if not self._can_be(words, start, end):
            return
        tally, year = self._tally, self._year
        initial = self._category(words, INITIAL)
        latest = self._category(words, LATEST)
        if month := self._months[words[PLAN_START]]:
            tally["plan", month, source, initial] += 1
        if end == MISSING or end > year.last:
            tally["plan_open", year.end, source, f"{latest}|{year.length(start)}"] += 1
        elif end >= year.first:
            tally["plan_ended", self._months[words[PLAN_END]], source, ""] += 1
        elif not month:
            self.outside += 1

    def _can_be(self, words: Words, start: int, end: int) -> bool:
        """The days of a plan are days, the end is none before the start, and no number is below 0."""
        before = len(self._findings.problems)
        if start <= 0:
            self.wrong_day(start, PLAN_START)
        if end == TOO_LATE:
            self._findings.wrong("This plan ends on a day that has not come yet.", field=PLAN_END)
        elif end < 0:
            self.wrong_day(end, PLAN_END)
        elif 0 < end < start:
            self._findings.wrong("This plan ends before it starts.", field=PLAN_END)
        previous = (words.get(EARLIER_PLANS) or "0").strip()
        if previous and not (previous.isascii() and previous.isdecimal()):
            said = "The number of earlier plans is not a whole number from 0."
            self._findings.wrong(said, field=EARLIER_PLANS)
        return len(self._findings.problems) == before

    def _category(self, words: Words, field: str) -> str:
        if (written := words.get(field)) in ABUSE:
            return str(written)
        said = (written or "").strip().upper()
        if not said:
            self._findings.wrong("No category of abuse stands here.", field=field)
        elif said not in ABUSE:
            self._findings.unknown_code(said, field=field, known=_CATEGORIES)
        return said
