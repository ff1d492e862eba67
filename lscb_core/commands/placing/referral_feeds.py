"""Which files count for a year of referrals, and the grid that they make together.

Three kinds of file may tell of the same referrals: the agencies' own returns, the census, Annex A. For each
step of a year one kind counts: the one that covers most of its months; where two cover as many, the one that
says most (returns know levels, the census knows sources). What the others sent is kept, and counts as soon as
it covers more, or the first is undone.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from lscb_core.commands.placing.model import Sent
from lscb_core.domain.periods import months_back
from lscb_core.imports.grids.children import AGAIN, OPEN, Tally, child_grid, child_sums
from lscb_core.imports.grids.referrals import Grid, Spot, Sum, months_of, sums
from lscb_core.imports.grids.returns import return_grid, whole_months

RETURNS, STEPS, CENSUS, ANNEX_A = "template/thresholds/", "template/steps/", "cin-census/", "annex-a/"
OTHERS = "others"
"""The part of a return that is no agency's: families, the public, sources not known."""
PART = "/part"
"""How the key of a month of Annex A ends that the file covers in part."""
PREFIXES = (RETURNS, STEPS, CENSUS, ANNEX_A)
CENSUS_STEPS = (
    "referral", "re_referral", "assessment", "section_47", "conference", "plan", "plan_ended", "plan_open",
)  # fmt: skip


class Children(NamedTuple):
    """What the files of one kind about single children tell of a year: step -> months that it is told of."""

    kind: str
    sent: list[Sent]
    months: Mapping[str, Sequence[date]]


class Declared(NamedTuple):
    """Exact counts of one year on their grid, which of them add up to which, and the scopes behind a step."""

    grid: Grid
    sums: list[Sum]
    sent: Mapping[str, Sequence[Sent]]

    def origin_of(self, spot: Spot) -> int | None:
        """The newest file that tells of the period (and agency); None where no file has an origin."""
        told = [one for one in self.sent.get(spot.step, ()) if one.import_id and _tells(one, spot)]
        return max(told, key=lambda one: one.import_id or 0).origin_id if told else None


def _tells(one: Sent, spot: Spot) -> bool:
    if one.key.startswith(RETURNS) and spot.split == "agency" and part_of(one.key) != spot.part:
        return False
    is_year = spot.span == "year" or one.key.startswith(CENSUS)
    return is_year or one.period_end == spot.period_end


def declared(year: date, sent: Mapping[str, Sent], *, asked: Mapping[date, Collection[str]]) -> Declared:
    """The grid of the year to that 31 March from the scopes that stand."""
    own, told = _of(sent, RETURNS, year), _of(sent, STEPS, year)
    returns, steps = _returns(own), _steps(told)
    files = [_census(_of(sent, CENSUS, year), year), _annex_a(_of(sent, ANNEX_A, year), year)]
    if len(whole_months(returns, asked)) < _most(files, "referral"):
        returns, own = {}, []
    kept = {place: n for place, n in steps.items() if _told(steps, place[0]) >= _most(files, place[0])}
    grid = return_grid(returns, asked=asked, steps=kept)
    behind = {"referral": own} | {step: told for step, _ in kept}
    return _with_children(Declared(grid, sums(grid), behind), files)


def _told(steps: Mapping[tuple[str, date], int], step: str) -> int:
    return sum(place[0] == step for place in steps)


def _most(files: Collection[Children], step: str) -> int:
    """Months that the best of these files tells of a step."""
    return max(len(file.months.get(step, ())) for file in files)


def _of(sent: Mapping[str, Sent], prefix: str, year: date) -> list[Sent]:
    first = months_back(year, 12)
    return [
        one
        for key, one in sent.items()
        if key.startswith(prefix) and one.period_end and first < one.period_end <= year
    ]


def _returns(sent: Iterable[Sent]) -> dict[tuple[str, date], Iterable[Mapping[str, Any]]]:
    return {(part_of(one.key), one.period_end): one.rows or () for one in sent if one.period_end}


def part_of(key: str) -> str:
    """The agency in the key of a return, or "others"."""
    return key.split("/")[2]


def _steps(sent: Iterable[Sent]) -> dict[tuple[str, date], int]:
    listed = ((one.period_end, row) for one in sent for row in one.rows or ())
    return {(row["step"], end): row["count"] for end, row in listed if end}


def _census(sent: list[Sent], year: date) -> Children:
    return Children("cin-census", sent, dict.fromkeys(CENSUS_STEPS if sent else (), months_of(year)))


def _annex_a(sent: list[Sent], year: date) -> Children:
    """Of a month held whole and in part the whole one. A step is told of where its list was in the file."""
    best: dict[date, Sent] = {}
    for one in sent:
        if one.period_end and (one.period_end not in best or not one.key.endswith(PART)):
            best[one.period_end] = one
    months: dict[str, list[date]] = {}
    for end, one in sorted(best.items()):
        for step in {row["step"] for row in one.rows or ()} - {OPEN if one.key.endswith(PART) else ""}:
            months.setdefault(step, []).append(end)
    return Children("annex-a", list(best.values()), _that_fit(months, year))


def _that_fit(months: dict[str, list[date]], year: date) -> dict[str, list[date]]:
    """Without re-referrals that leave out months of referrals; plans open on the year's last day alone."""
    again, is_open = months.pop(AGAIN, []), year in months.pop(OPEN, [])
    fits = {AGAIN: again} if again == months.get("referral") else {}
    return months | fits | ({OPEN: months.get("plan", [])} if is_open else {})


def _with_children(found: Declared, files: Collection[Children]) -> Declared:
    """The grid with the steps that nothing before has told of, each from the file that tells most of it."""
    taken = {spot.step for spot in found.grid}
    alike: dict[tuple[str, tuple[date, ...]], list[str]] = {}
    for step in sorted({step for file in files for step in file.months} - taken):
        best = max(files, key=lambda file: len(file.months.get(step, ())))
        alike.setdefault((best.kind, tuple(best.months[step])), []).append(step)
    for (kind, months), steps in alike.items():
        [sent] = (file.sent for file in files if file.kind == kind)
        tallies = [Tally.of(row) for one in sent for row in one.rows or ()]
        grid = child_grid(tallies, months=months, steps=steps, kind=kind)
        behind = {**found.sent, **dict.fromkeys(steps, sent)}
        found = Declared({**found.grid, **grid}, [*found.sums, *child_sums(grid)], behind)
    return found
