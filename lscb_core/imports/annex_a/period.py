"""Which months an Annex A workbook covers, and its counts by month: one scope for each.

The lists of contacts and referrals hold all of the period and nothing else. Assessments, plans and the like
stand in the file where they were only open in the period: those begun before it are a part of what began
then, and are not counted as such.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from lscb_core.domain.periods import day, month_end, month_ends, month_label, month_start, months_back
from lscb_core.imports.annex_a.counted import Counted
from lscb_core.imports.annex_a.words import NOT_RECORDED
from lscb_core.imports.reading import Problems, Scope

WHOLE = ("contact", "referral")
"""Steps whose lists hold everything in the period."""
USUAL, LONG_AGO, GAP = 6, 12, 3
"""Months: of a usual file; after which a record is old; with nothing between old records and the others."""
SLACK = timedelta(days=3)
"""A month whose first or last record is so near its end is taken as whole: weekends, bank holidays."""
DETAILS = {"referral": "other", "plan": "NEG", "plan_open": "NEG|3m"}
LOOK = "If this is not meant, correct the dates in the list and send it again."
PART = "/part"
"""How the key of a month ends that is covered in part: it never takes the place of the whole one."""
OPEN = "plan_open"
USUAL_ADVICE = "Nothing has to be done."

Tally = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day of contacts and referrals to the last day of anything. `sure` is False where there
    are no contacts and referrals, and half a year is assumed."""

    first: date
    last: date
    sure: bool = True

    @property
    def months(self) -> list[date]:
        """The last day of each month it touches."""
        return month_ends(self.first, month_end(self.last))

    @property
    def title(self) -> str:
        """Annex A, 1 April 2024 to 30 September 2024."""
        return f"Annex A, {day(self.first)} to {day(self.last)}"


def period_of(counted: Counted) -> Period | None:
    """The period of a file; None where it has no day."""
    if not counted.days:
        return None
    last = max(on for _, on, _, _ in counted.days)
    days = sorted({on for step, on, _, _ in counted.days if step in WHOLE}, reverse=True)
    if not days:
        return Period(months_back(last, USUAL) + timedelta(days=1), last, sure=False)
    first = days[0]
    for on in days[1:]:
        if on < months_back(first, GAP) and on < months_back(last, LONG_AGO):
            break
        first = on
    return Period(first, last)


def scopes_of(counted: Counted, period: Period) -> list[Scope]:
    """One scope for each month, also where nothing happened in it: then that is known."""
    rows: dict[date, list[Tally]] = defaultdict(list)
    for row in (*_monthly(counted, period), *_open(counted, period)):
        rows[month_end(date.fromisoformat(row["month"]))].append(row)
    for end in period.months:
        told = {row["step"] for row in rows[end]}
        for step in sorted(counted.steps - told):  # of a list that is there, no row says 0
            rows[end] += [] if step == OPEN and end != period.months[-1] else [_nobody(step, end, period)]
    parts = _in_part(period)
    return [Scope(f"annex-a/{end}{PART * (end in parts)}", end, tuple(rows[end])) for end in period.months]


def _nobody(step: str, end: date, period: Period) -> Tally:
    return _tally(step, period.last if step == OPEN else end, NOT_RECORDED, DETAILS.get(step, ""), 0)


def _in_part(period: Period) -> dict[date, str]:
    """The months that the file covers in part, by their last day, and how far in words."""
    first, last, found = period.first, period.last, dict[date, str]()
    if period.sure and first - month_start(first) > SLACK:
        found[month_end(first)] = f"from {day(first)} on"
    if period.sure and month_end(last) - last > SLACK:
        is_both = month_end(last) in found
        found[month_end(last)] = f"from {day(first)} to {day(last)}" if is_both else f"to {day(last)}"
    return found


def _monthly(counted: Counted, period: Period) -> Iterable[Tally]:
    found: Counter[tuple[str, date, str, str]] = Counter()
    for (step, on, source, detail), count in counted.days.items():
        if on >= period.first:
            found[step, month_end(on), source, detail] += count
    return (_tally(*key, count) for key, count in sorted(found.items()))


def _open(counted: Counted, period: Period) -> Iterable[Tally]:
    found: Counter[str] = Counter()
    for (start, end, category), count in counted.plans.items():
        if end is None or end > period.last:
            found[f"{category}|{_length(start, period.last)}"] += count
    return (_tally(OPEN, period.last, NOT_RECORDED, key, count) for key, count in sorted(found.items()))


def _length(start: date, on: date) -> str:
    """How long a plan has lasted on a day, in the published bands."""
    for months, name in ((3, "3m"), (6, "6m")):
        if start >= months_back(on, months):
            return name
    return "12m" if start > months_back(on, 12) else "24m" if start > months_back(on, 24) else "24m+"


def _tally(step: str, on: date, source: str, detail: str, count: int) -> Tally:
    month = on if step == OPEN else month_end(on)
    return {"step": step, "month": month.isoformat(), "source": source, "detail": detail, "count": count}


def open_now(counted: Counted, period: Period) -> dict[str, int]:
    """What was open at the end of the period, for the lists that the file has."""
    need, plans = counted.in_need_ends, counted.plans
    found = {}
    if need:
        found["children in need, open"] = sum(n for end, n in need.items() if not end or end > period.last)
    if plans:
        found["plans, open"] = sum(n for (_, end, _), n in plans.items() if not end or end > period.last)
    return found


def tell_period(counted: Counted, period: Period, notes: Problems) -> None:
    """Notes on months that are not whole or empty, and on what is from before the period."""
    before = {key: count for key, count in counted.days.items() if key[1] < period.first}
    old = sorted(key[:2] for key in before if key[0] in WHOLE)
    if old:
        sheet, row = counted.first[min(old, key=lambda key: counted.first[key])]
        number = sum(count for key, count in before.items() if key[0] in WHOLE)
        notes.add(
            f"{number:,} contacts or referrals are from long before the others, and were not counted.",
            LOOK,
            sheet=sheet,
            row=f"first in {row}",
        )
    if number := sum(count for key, count in before.items() if key[0] not in WHOLE):
        notes.add(
            f"{number:,} assessments, enquiries, conferences, starts or ends of plans are from before "
            f"{day(period.first)}. The file holds only a part of that time's, so they were not counted.",
            USUAL_ADVICE,
        )
    if period.sure:
        _tell_months(counted, period, notes)


def _tell_months(counted: Counted, period: Period, notes: Problems) -> None:
    for end, extent in _in_part(period).items():
        notes.add(
            f"{month_label(end)} is covered only {extent}, so that its counts are of a part of it.",
            "Send a file with the whole month when there is one. A month that is held whole stays as it is.",
        )
    told = {month_end(on) for step, on, _, _ in counted.days if step in WHOLE}
    if empty := [month_label(end) for end in period.months if end not in told]:
        notes.add(f"There is no contact and no referral in {', '.join(empty)}.", LOOK)
