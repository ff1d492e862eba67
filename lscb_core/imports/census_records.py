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
    IN_ENQUIRY,
    IN_PLAN,
    INITIAL,
    LATEST,
    PLAN,
    PLAN_END,
    PLAN_START,
    REPEATED,
    Record,
)
from lscb_core.imports.census_said import once, record_of, start_of

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
        self._days, self._ends = year.days, Days(year.first, today)
        self._counts = {
            ASSESSMENT: self._assessment,
            ENQUIRY: self._enquiry,
            PLAN: self._plan,
            REPEATED: self._repeated,
        }
        self.outside = 0

    def count(self, records: list[Record], source: str) -> None:
        """Count the records of a referral."""
        findings, counts = self._findings, self._counts
        findings.records = records
        for findings.place, (tag, record) in enumerate(once(records)):
            counts[tag](record, source)
        findings.records = ()

    def count_own(self, conference: str, records: Sequence[Record], source: str) -> None:
        """Count the conference of the referral itself, where no enquiry names the same day."""
        enquiries = (record for tag, record in records if tag == ENQUIRY)
        named = {self._days[start_of(record, CONFERENCE, self._findings)] for record in enquiries}
        if self._days[conference] not in named:
            self._conference(conference, MISSING, source)

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

    def _repeated(self, _record: "etree._Element", _source: str) -> None:
        self._findings.note("same_record")

    def _assessment(self, record: "etree._Element", source: str) -> None:
        start, month = self._days[start_of(record, ASSESSMENT_START, self._findings)]
        if month:
            self._tally["assessment", month, source, ""] += 1
        elif start > 0:
            self.outside += 1
        else:
            self.wrong_day(start, ASSESSMENT_START)

    def _enquiry(self, record: "etree._Element", source: str) -> None:
        words = record_of(record, IN_ENQUIRY, self._findings)
        start, month = self._days[words.get(ENQUIRY_START)]
        if month:
            self._tally["section_47", month, source, ""] += 1
        elif start > 0:
            self.outside += 1
        elif start == MISSING:
            self._findings.note("no_enquiry_start")
        else:
            self.wrong_day(start, ENQUIRY_START)
        if held := words.get(CONFERENCE):
            self._conference(held, start, source)

    def _conference(self, conference: str, start: int, source: str) -> None:
        """Count a conference for an enquiry begun on `start` (or MISSING)."""
        held, month = self._days[conference]
        if month:
            self._tally["conference", month, source, self._year.band(start, held)] += 1
        elif held > 0:
            self.outside += 1
        elif held < 0:
            self.wrong_day(held, CONFERENCE)

    def _plan(self, record: "etree._Element", source: str) -> None:
        words = record_of(record, IN_PLAN, self._findings)
        start, month = self._days[words.get(PLAN_START)]
        end, ended = self._ends[words.get(PLAN_END)]
        if not self._can_be(words, start, end):
            return
        tally, year = self._tally, self._year
        initial, latest = self._category(words, INITIAL), self._category(words, LATEST)
        if month:
            tally["plan", month, source, initial] += 1
        if end == MISSING or end > year.last:
            tally["plan_open", year.end, source, f"{latest}|{year.length(start)}"] += 1
        elif ended:
            tally["plan_ended", ended, source, ""] += 1
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
