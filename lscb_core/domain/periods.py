"""Days, months and years as a board says them. Dates on screen read 31 March 2014."""

from calendar import monthrange
from datetime import date, datetime, timedelta

from lscb_core.errors import BadInput

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%d-%m-%Y", "%d.%m.%Y")


def year_start(on: date) -> date:
    """The 1 April that begins the financial year of a day."""
    return date(on.year if on.month >= 4 else on.year - 1, 4, 1)


def year_end(on: date) -> date:
    """The 31 March that ends the financial year of a day."""
    return date(year_start(on).year + 1, 3, 31)


def financial_year(on: date) -> str:
    """The year from April to March that holds a day, as 2023-24."""
    first = year_start(on).year
    return f"{first}-{(first + 1) % 100:02d}"


def month_start(on: date) -> date:
    """The first day of the month of a day."""
    return on.replace(day=1)


def month_end(on: date) -> date:
    """The last day of the month of a day."""
    return on.replace(day=monthrange(on.year, on.month)[1])


def month_ends(start: date, end: date) -> list[date]:
    """The last days of all months that end between two days, both included."""
    found = []
    last = month_end(start)
    while last <= end:
        found.append(last)
        last = month_end(last + timedelta(days=1))
    return found


def months_back(on: date, months: int) -> date:
    """The same day so many months earlier, or the last day of a shorter month."""
    years, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return date(years, month + 1, min(on.day, monthrange(years, month + 1)[1]))


def day(on: date) -> str:
    """31 March 2014."""
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def short_day(on: date) -> str:
    """31 Mar 2014, where space is short."""
    return f"{on.day} {_MONTHS[on.month - 1][:3]} {on.year}"


def moment(at: datetime) -> str:
    """1 April 2026 at 09:12, day and time as they are where the server stands."""
    here = at.astimezone()
    return f"{day(here.date())} at {here:%H:%M}"


def month_label(on: date) -> str:
    """March 2014."""
    return f"{_MONTHS[on.month - 1]} {on.year}"


def between(start: date, end: date) -> str:
    """A period in words: 'year to 31 March 2024', 'March 2024' or '3 April to 9 June 2024'."""
    if start == months_back(end + timedelta(days=1), 12):
        return f"year to {day(end)}"
    if start == month_start(end) and end == month_end(end):
        return month_label(end)
    if start == end:
        return day(end)
    first = day(start)
    if start.year == end.year:
        first = first.rsplit(" ", 1)[0]
        if start.month == end.month:
            first = str(start.day)
    return f"{first} to {day(end)}"


def parse_day(text: str) -> date:
    """A day from the ways people write it, day before month. Raises BadInput."""
    wanted = " ".join(text.split())
    for form in _FORMS:
        try:
            return datetime.strptime(wanted, form).date()
        except ValueError:
            continue
    raise BadInput(
        f"“{wanted[:40]}” was not understood as a date.",
        why="A date needs a day, a month and a year that exist.",
        advice="Write it like 31 March 2014 or 31/03/2014.",
    )
