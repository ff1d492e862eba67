"""England's bank holidays, from a kept library: one-off days (a jubilee, a funeral) are among them."""

from datetime import date
from functools import cache


@cache
def bank_holidays(first_year: int, last_year: int) -> frozenset[date]:
    """Every bank holiday of England from one year to another, both included."""
    import holidays

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=range(first_year, last_year + 1)))
