"""Measures of child protection plans, as the national statistics publish them (tables D1 and D5)."""

from functools import partial

from lscb_core.domain.indicators.model import RELEASE, Better, Indicator
from lscb_core.domain.indicators.rates import published_count, with_rate

D1 = f"{RELEASE}, table D1 (Open Government Licence v3.0)."
D5 = f"{RELEASE}, table D5 (Open Government Licence v3.0)."

_count = partial(published_count, source=D1)

PLANS_STARTED = with_rate(
    _count(
        key="plans_started",
        title="Child protection plans started",
        short="Plans started",
        numerator="Child protection plans started.",
        counted="Plans that began in the year to 31 March. Two plans for one child are counted twice.",
        left_out="Plans already running when the year began.",
        caveat="Read it beside the plans that ended: the difference makes the number on a plan rise or fall.",
    ),
    short="Started per 10k",
)

PLANS_ENDED = with_rate(
    _count(
        key="plans_ended",
        title="Child protection plans ended",
        short="Plans ended",
        numerator="Child protection plans ended.",
        counted="Child protection plans that ended in the year to 31 March, for whatever reason.",
        left_out="Plans still running on 31 March.",
        caveat="A plan may end because the child is safe, has moved, has come into care or has turned 18.",
    ),
    short="Ended per 10k",
)

PLANS_AT_31_MARCH = with_rate(
    _count(
        key="plans_at_31_march",
        title="Children on a protection plan on 31 March",
        short="On a plan",
        numerator="Children on a protection plan on 31 March.",
        counted="Children with a child protection plan on the one day, 31 March.",
        left_out="Plans that ended before that day.",
        caveat="One day in the year: the number may be quite different a month later.",
        span="day",
    ),
    short="On a plan per 10k",
)


def _length(key: str, length: str, short: str, better: Better = "neither") -> Indicator:
    """The share of plans on 31 March that had run for one band of time."""
    return Indicator(
        key=key,
        title=f"Plans that had run for {length} on 31 March",
        short=short,
        unit="percent",
        better=better,
        numerator=f"Child protection plans that had run for {length}.",
        denominator="All child protection plans on the same 31 March.",
        counted=f"Plans open on 31 March that had been open for {length} by that day.",
        left_out="Plans that ended before that day, however long they had run.",
        source=D5,
        caveat="Brothers and sisters often share a plan's course, so a few families can move this share.",
        kind="published",
        span="day",
    )


DURATIONS = (
    _length("plans_up_to_3_months", "3 months or less", "Up to 3 months"),
    _length("plans_3_to_6_months", "more than 3 months, up to 6", "3 to 6 months"),
    _length("plans_6_to_12_months", "more than 6 months, less than a year", "6 to 12 months"),
    _length("plans_1_to_2_years", "a year, less than two", "1 to 2 years"),
    _length("plans_over_2_years", "two years or more", "2 years or more", better="lower"),
)

PLANS = (*PLANS_STARTED, *PLANS_ENDED, *PLANS_AT_31_MARCH, *DURATIONS)
