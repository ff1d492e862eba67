"""What a cell of the grid is called in a preview."""

from collections.abc import Iterator, Mapping

from lscb_core.commands.placing.model import Change, differences
from lscb_core.domain.codes import ABUSE, SOURCE_GROUP_LABELS, SOURCES
from lscb_core.domain.periods import day, month_label
from lscb_core.domain.thresholds import BELOW, Step
from lscb_core.domain.vocab import Outcome
from lscb_core.imports.grids.children import IN_15
from lscb_core.imports.grids.referrals import Spot

Seen = int | str | None
"""What readers see of a cell: its count or its symbol; None where nothing stands."""
STEPS = {step.value: step.label for step in Step} | {
    "re_referral": "Re-referrals within 12 months",
    "plan": "Protection plans started",
    "plan_ended": "Protection plans ended",
    "plan_open": "Protection plans open on the day",
}
LENGTHS = {
    "3m": "3 months or less",
    "6m": "more than 3 months, up to 6",
    "12m": "more than 6 months, less than a year",
    "24m": "1 year, less than 2",
    "24m+": "2 years or more",
}


def changes(*, before: Mapping[Spot, Seen], now: Mapping[Spot, Seen]) -> list[Change]:
    """The cells that readers see otherwise than before, in the order of their periods."""
    was, is_now = ({spot: _said(seen) for spot, seen in cells.items()} for cells in (before, now))
    return differences(was, is_now, words=words, order=lambda spot: (spot.period_end, spot.span, spot))


def words(spot: Spot) -> str:
    """Referrals, police, below the threshold, May 2026."""
    return ", ".join(_parts(spot))


def _parts(spot: Spot) -> Iterator[str]:
    yield STEPS.get(spot.step, spot.step)
    yield from filter(None, [_part(spot)])
    if spot.level == BELOW:
        yield "below the threshold"
    elif spot.level == IN_15:
        yield "within 15 working days"
    elif spot.level != "all":
        yield f"level {spot.level}"
    if spot.outcome != "all":
        yield Outcome.of(spot.outcome).label.lower()
    whole = f"year to {day(spot.period_end)}"
    yield whole if spot.span == "year" else month_label(spot.period_end)


def _part(spot: Spot) -> str:
    known = {"group": SOURCE_GROUP_LABELS, "source": SOURCES, "category": ABUSE, "length": LENGTHS}
    if spot.split == "days":
        return f"{spot.part} working days" if spot.part != "unknown" else "days not known"
    return (
        "" if spot.split == "all" else known.get(spot.split, {}).get(spot.part, spot.part.replace("-", " "))
    )


def _said(seen: Seen) -> str:
    return "" if seen is None else f"{seen:,}" if isinstance(seen, int) else seen
