"""A change of a published figure in plain words."""

from lscb_core.commands.placing.model import Change
from lscb_core.commands.placing.published_rows import Figure, Series
from lscb_core.domain.indicators import INDICATORS
from lscb_core.domain.numbers import of, rate, whole
from lscb_core.domain.periods import between, year_start


def change(series: Series, area: str, before: Figure | None, now: Figure | None) -> Change:
    """The measure, the area's name and the year, with what stood there and what stands there now."""
    title = INDICATORS[series.measure].title
    period = between(year_start(series.period_end), series.period_end)
    return Change(f"{title}, {area}, {period}", _said(series.measure, before), _said(series.measure, now))


def _said(measure: str, figure: Figure | None) -> str:
    """4,031; 29.2% (1,178 of 4,031); 518.3 per 10,000 (621,880 in all); 13 days; or the symbol."""
    if figure is None:
        return ""
    numerator, denominator, value, symbol = figure
    if value is None:
        return symbol
    unit = INDICATORS[measure].unit
    if unit == "percent":
        parts = f" ({of(numerator, denominator)})" if numerator is not None and denominator else ""
        return f"{value:g}%{parts}"
    if unit == "rate_per_10k":
        return rate(value) + (f" ({whole(numerator)} in all)" if numerator is not None else "")
    return whole(value) if unit == "count" else f"{value:g} days"
