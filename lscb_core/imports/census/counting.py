"""Counts children and their referrals, and puts the tally of a census together."""

from collections import defaultdict
from datetime import date
from typing import Any

from lscb_core.domain.codes import SOURCES
from lscb_core.domain.working_days import IN_TIME
from lscb_core.imports.census.again import NEW, SAME, WHOLE, Children, Referrals
from lscb_core.imports.census.days import Year, month_of
from lscb_core.imports.census.findings import Findings
from lscb_core.imports.census.names import ASSESSMENT, CONFERENCE, ENQUIRY, NFA, NUMBER, REFERRED, SOURCE
from lscb_core.imports.census.records import Records, Tally
from lscb_core.imports.census.said import Child, Record, Referral, Words, repeated, words_of

NOT_RECORDED = "UN"
_KNOWN: dict[str | None, str] = {code: code for code in SOURCES if code != NOT_RECORDED}
_LIST = ", ".join(_KNOWN.values())
_NFA: dict[str | None, bool] = {"0": False, "1": True, "false": False, "true": True}
_EARLY, _FIRST_WITH_EARLY_HELP = ("referral", "5D"), 2023
ROW = ("step", "month", "source", "detail")


class Counting:
    """Counts one child after another; asked for `rows`, then `counts`, when all have come."""

    def __init__(self, reference: date, *, today: date, findings: Findings) -> None:
        self.reference, self._findings, self._year = reference, findings, Year(reference)
        self._days, self._look_back = self._year.days, self._year.look_back
        self._tally: Tally = defaultdict(int)
        self._records = Records(self._year, today=today, tally=self._tally, findings=findings)
        self._met, self._again = Children(), Referrals(self._look_back, tuple(SOURCES))
        self._children = self._earlier = 0

    def child(self, child: Child) -> None:
        """Count a child, unless every word of it was met before."""
        findings, (element, words, referrals) = self._findings, child
        findings.child += 1
        findings.referral = 0
        number = (words.get(NUMBER) or "").strip()
        who = hash(number or (findings.child,)) & WHOLE or 1
        met = self._met.meet(who, hash(words_of(element)) & WHOLE)
        if met == NEW:
            self._children += 1
        else:
            findings.note("same_child" if met == SAME else "another_record")
        if not number:
            findings.note("no_number")
        if met != SAME:
            self._referrals(referrals, who)

    def _referrals(self, referrals: list[Referral], who: int) -> None:
        again = repeated(referrals)
        for place, (_, _, words, records) in enumerate(referrals):
            self._findings.referral = place + 1
            if place in again:
                self._findings.note("same_referral")
            else:
                self._referral(words, records, who)

    def _referral(self, words: Words, records: list[Record], who: int) -> None:
        source = _KNOWN.get(words.get(SOURCE)) or self._source(words.get(SOURCE))
        is_nfa = _NFA.get(words.get(NFA))
        if is_nfa is None:
            is_nfa = self._nfa(words.get(NFA))
        on, month = self._days[words.get(REFERRED)]
        if month:
            self._tally["referral", month, source, "nfa" if is_nfa else _outcome(records)] += 1
        elif on > 0:
            self._earlier += 1
        else:
            self._records.wrong_day(on, REFERRED)
        if on >= self._look_back:
            self._again.add(who, on, source)
        if records:
            self._records.count(records, source)
        if conference := words.get(CONFERENCE):
            self._records.count_own(conference, records, source)

    def _source(self, words: str | None) -> str:
        said = (words or "").strip().upper()
        if not said:
            self._findings.note("no_source")
        elif said not in _KNOWN:
            self._findings.unknown_code(said, field=SOURCE, known=_LIST)
        return _KNOWN.get(said, NOT_RECORDED)

    def _nfa(self, words: str | None) -> bool:
        said = (words or "").strip().lower()
        if not said:
            self._findings.note("no_nfa")
        elif said not in _NFA:
            self._findings.unknown_code(said, field=NFA, known="0, 1, false, true")
        return _NFA.get(said, False)

    def rows(self) -> list[dict[str, Any]]:
        """The tally, once all children have come: step, month, source, detail and count; in that order."""
        for on, source in self._again.again():
            if on >= self._year.first:
                self._tally["re_referral", month_of(on), source, ""] += 1
        return [
            {**dict(zip(ROW, key, strict=True)), "count": self._tally[key]} for key in sorted(self._tally)
        ]

    def counts(self) -> dict[str, int]:
        """The year's figures in all, after `rows`; the same as the rows add up to."""
        step, detail = defaultdict[str, int](int), defaultdict[str, int](int)
        for (name, _, _, said), number in self._tally.items():
            step[name] += number
            detail[said] += number if name in ("referral", "conference") else 0
        return {
            "children": self._children,
            "referrals": step["referral"],
            "no_further_action": detail["nfa"],
            "re_referrals": step["re_referral"],
            "assessments": step["assessment"],
            "section_47": step["section_47"],
            "conferences": step["conference"],
            "conferences_in_15_days": sum(detail[band] for band in IN_TIME),
            "plans_started": step["plan"],
            "plans_ended": step["plan_ended"],
            "plans_open": step["plan_open"],
            "outside_the_year": self._earlier + self._records.outside,
        }

    def tell(self) -> None:
        """Note what can only be noted at the end, of no child in particular."""
        findings = self._findings
        findings.child = findings.referral = 0
        early = sum(n for (step, _, source, _), n in self._tally.items() if (step, source) == _EARLY)
        findings.note("earlier_referrals", self._earlier)
        findings.note("earlier_records", self._records.outside)
        findings.note("early_code", early if self.reference.year < _FIRST_WITH_EARLY_HELP else 0)


def _outcome(records: list[Record]) -> str:
    outcome = "other"
    for kind, _, _ in records:
        if kind == ENQUIRY:
            return "section_47"
        if kind == ASSESSMENT:
            outcome = "assessment"
    return outcome
