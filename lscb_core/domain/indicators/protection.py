"""Measures of enquiries and conferences, as the national statistics publish them (table C4)."""

from functools import partial

from lscb_core.domain.indicators.model import NOT_A_SHARE, RELEASE, Indicator
from lscb_core.domain.indicators.rates import published_count, with_rate

C4 = f"{RELEASE}, table C4 (Open Government Licence v3.0)."

_count = partial(published_count, source=C4)

ENQUIRIES = with_rate(
    _count(
        key="section_47",
        title="Section 47 enquiries started",
        short="Enquiries",
        numerator="Section 47 enquiries started.",
        counted="Enquiries into serious harm, by child. Two enquiries about one child are counted twice.",
        left_out="Enquiries that had begun before the year, which runs to 31 March.",
        caveat="A rise can mean more harm, more harm noticed, or a lower bar for starting an enquiry.",
    ),
    short="Enquiries per 10k",
)

CONFERENCES = with_rate(
    _count(
        key="conferences",
        title="First child protection conferences",
        short="Conferences",
        numerator="First child protection conferences.",
        counted="First meetings in the year to 31 March that decide whether a child needs a plan, by child.",
        left_out="Review conferences, and meetings that were planned but not held.",
        caveat="Not every enquiry leads to a conference, and some follow an enquiry of the year before.",
    ),
    short="Conferences rate",
)


def _band(key: str, days: str, short: str) -> Indicator:
    """How many conferences were held within one band of working days."""
    return Indicator(
        key=key,
        title=f"Conferences held {days} after the enquiry began",
        short=short,
        unit="count",
        better="neither",
        numerator=f"First conferences held {days} after the section 47 enquiry began.",
        denominator=NOT_A_SHARE,
        counted="First conferences in the year to 31 March, by working days from the start of the enquiry.",
        left_out="Conferences dated before their enquiry: they are in the total but in no band.",
        source=C4,
        caveat="For this reason the four bands may add up to a little less than all conferences.",
        kind="published",
    )


BANDS = (
    _band("conferences_0_to_10_days", "up to 10 working days", "Up to 10 days"),
    _band("conferences_11_to_15_days", "11 to 15 working days", "11 to 15 days"),
    _band("conferences_16_to_20_days", "16 to 20 working days", "16 to 20 days"),
    _band("conferences_over_20_days", "21 working days or more", "21 days or more"),
)

TIMELINESS = (
    Indicator(
        key="conferences_in_15_days",
        title="Conferences within 15 working days",
        short="Within 15 days",
        unit="percent",
        better="higher",
        numerator="First conferences held within 15 working days of the start of the section 47 enquiry.",
        denominator="All first conferences in the same year.",
        counted="The two published bands up to 10 and 11 to 15 working days, added up.",
        left_out="Nothing. A conference dated before its enquiry counts as not in time.",
        source=C4,
        caveat="Worked out here from published counts. Where a band is hidden, so is the share.",
        kind="published",
    ),
    Indicator(
        key="conferences_median_days",
        title="Usual time from enquiry to conference",
        short="Usual days",
        unit="days",
        better="lower",
        numerator="Working days from the start of the section 47 enquiry to the first conference.",
        denominator="None: half of the conferences came sooner than this, half later.",
        counted="First child protection conferences in the year to 31 March whose length is known.",
        left_out="Conferences recorded with a date before their enquiry.",
        source=C4,
        caveat="The middle value hides the longest waits: see the conferences after 21 days or more.",
        kind="published",
    ),
)


PROTECTION = (*ENQUIRIES, *CONFERENCES, *BANDS, *TIMELINESS)
