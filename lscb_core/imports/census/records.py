"""Counts the records inside a referral: assessments, section 47 enquiries with conferences, plans."""

from collections import defaultdict
from datetime import date

from lscb_core.domain.codes import ABUSE
from lscb_core.imports.census.days import DOUBLED, MISSING, TOO_EARLY, TOO_LATE, Days, Year
from lscb_core.imports.census.findings import Findings
from lscb_core.imports.census.names import (
    ASSESSMENT,
    ASSESSMENT_START,
    CONFERENCE,
    EARLIER_PLANS,
    ENQUIRY,
    ENQUIRY_START,
    INITIAL,
    LATEST,
    PLAN_END,
    PLAN_START,
)
from lscb_core.imports.census.said import TWICE, Record, Words, repeated

Tally = defaultdict[tuple[str, str, str, str], int]
"""(step, month, source, detail) -> how many."""
_CATEGORIES = ", ".join(ABUSE)
_SAID = {
    TOO_EARLY: "This date lies before the year 1900.",
    TOO_LATE: "This date lies after the reference date of the census.",
    MISSING: "No date stands here, and without it the record cannot be counted.",
}
_UNREADABLE = "This is not a date written as year-month-day, like 2024-03-31."


class Records:
    """Adds the records of each referral to the tally, or takes down what is wrong with them.

    `outside` is how many records lie wholly before the year.
    """

    def __init__(self, year: Year, *, today: date, tally: Tally, findings: Findings) -> None:
        self._year, self._tally, self._findings = year, tally, findings
        self._days, self._ends = year.days, Days(year.first, today)
        self.outside = 0

    def count(self, records: list[Record], source: str) -> None:
        """Count the records of a referral."""
        findings, findings.records = self._findings, records
        again = repeated(records)
        for findings.place, (kind, _, words) in enumerate(records):
            if findings.place in again:
                findings.note("same_record")
            elif kind == ASSESSMENT:
                self._assessment(words, source)
            elif kind == ENQUIRY:
                self._enquiry(words, source)
            else:
                self._plan(words, source)
        findings.records = ()

    def count_own(self, conference: str, records: list[Record], source: str) -> None:
        """Count the conference of the referral itself, where no enquiry names the same day."""
        named = {self._days[words.get(CONFERENCE)] for kind, _, words in records if kind == ENQUIRY}
        if self._days[conference] not in named:
            self._conference(conference, MISSING, source)

    def wrong_day(self, sign: int, field: str) -> None:
        """Take down what is wrong with a day that is none."""
        if sign == DOUBLED:
            self._findings.doubled(field)
        else:
            self._findings.wrong(_SAID.get(sign, _UNREADABLE), field=field)

    def _assessment(self, words: Words, source: str) -> None:
        start, month = self._days[words.get(ASSESSMENT_START)]
        if month:
            self._tally["assessment", month, source, ""] += 1
        elif start > 0:
            self.outside += 1
        else:
            self.wrong_day(start, ASSESSMENT_START)

    def _enquiry(self, words: Words, source: str) -> None:
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

    def _plan(self, words: Words, source: str) -> None:
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
        if previous == TWICE:
            self._findings.doubled(EARLIER_PLANS)
        elif previous and not (previous.isascii() and previous.isdecimal()):
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
