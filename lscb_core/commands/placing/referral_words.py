"""What a cell of the grid is called in a preview."""

from collections.abc import Iterator, Mapping

from lscb_core.commands.placing.model import Change
from lscb_core.domain.codes import ABUSE, SOURCE_GROUP_LABELS, SOURCES
from lscb_core.domain.periods import day, month_label
from lscb_core.domain.thresholds import BELOW, Step
from lscb_core.domain.vocab import Outcome
from lscb_core.imports.grids.children import IN_15
from lscb_core.imports.grids.referrals import Spot

Shown = int | str | None
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


def changes(*, before: Mapping[Spot, Shown], now: Mapping[Spot, Shown]) -> list[Change]:
    """The cells that readers see otherwise than before, in the order of their periods."""
    both = [spot for spot in {**before, **now} if before.get(spot) != now.get(spot)]
    both.sort(key=lambda spot: (spot.period_end, spot.span, spot))
    return [Change(words(spot), _said(before.get(spot)), _said(now.get(spot))) for spot in both]


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


def _said(shown: Shown) -> str:
    return "" if shown is None else f"{shown:,}" if isinstance(shown, int) else shown
