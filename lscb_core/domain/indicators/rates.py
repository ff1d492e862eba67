"""A published count and its rate: two measures, one definition."""

from dataclasses import replace
from functools import partial

from lscb_core.domain.indicators.model import NOT_A_SHARE, Indicator

CHILDREN = "Every 10,000 children under 18 living in the area, by the national population estimates."
CAVEAT = "The files give the rate but not the number of children, so no likely range can be shown."

published_count = partial(
    Indicator, unit="count", better="neither", denominator=NOT_A_SHARE, kind="published"
)
"""A count of the national statistics, with no better direction: what is left to say is what it counts."""


def with_rate(count: Indicator, *, short: str) -> tuple[Indicator, Indicator]:
    """The count, and the same count for every 10,000 children under the key `<key>_rate`."""
    rate = replace(
        count,
        key=f"{count.key}_rate",
        title=f"{count.title} for every 10,000 children",
        short=short,
        unit="rate_per_10k",
        denominator=CHILDREN,
        caveat=CAVEAT,
    )
    return count, rate
