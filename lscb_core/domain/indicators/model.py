"""What every measure has to say about itself before it may be shown."""

from dataclasses import dataclass
from typing import Literal

Unit = Literal["count", "percent", "rate_per_10k", "days"]
Better = Literal["higher", "lower", "neither"]
Kind = Literal["published", "local", "audit", "death", "action"]
Span = Literal["year", "quarter", "month", "day"]

NOT_A_SHARE = "None: this is a plain count, not a share."
RELEASE = "Department for Education, Children in need, reporting year 2024"


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One measure, defined once. Pages, packs, the About page and tests are written from it.

    `title` stands over a chart, `short` (18 characters at the most) on a figure's card. `counted` and
    `left_out` say exactly what is in and what is not, `source` where it comes from, `caveat` what not to
    read into it. `span` is the usual period; a measure of a single day, such as 31 March, has "day".
    A value in percent runs from 0 to 100.
    """

    key: str
    title: str
    short: str
    unit: Unit
    better: Better
    numerator: str
    denominator: str
    counted: str
    left_out: str
    source: str
    caveat: str
    kind: Kind
    span: Span = "year"


def worked_out(unit: Unit, part: int, whole: int | None) -> int | float | None:
    """The value that two counts make: the count itself, a percentage (0-100) or an average to one place.

    None where there is nothing to divide by.
    """
    if unit == "count":
        return part
    return round((100 if unit == "percent" else 1) * part / whole, 1) if whole else None
