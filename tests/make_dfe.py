"""Invented releases of the published tables: small files of the same form, with figures of our own."""

import csv
import io
from datetime import date

from lscb_core.imports.reading import Asked
from lscb_core.imports.reading_here import read_here

HOME, NEAR, FAR = "908", "905", "904"
NORTH, SOUTH = "E12000001", "E12000008"
PLACES = ("ENG", NORTH, HOME, NEAR)
TODAY = date(2026, 5, 1)
BEGINNING = [
    *("time_period", "time_identifier", "geographic_level", "country_code", "country_name", "region_code"),
    *("region_name", "old_la_code", "new_la_code", "la_name", "category"),
]
COLUMNS = {
    "c1": "Referrals Referrals_rate Re_referrals Re_referrals_percent No_Further_Action "
    "No_Further_Action_percent Not_in_Need Not_in_Need_percent Referrals_child Re_referrals_child",
    "c4": "Section47 Section47_rate Section47_child ICPC ICPC_rate ICPC_child Duration_0-10_days "
    "Duration_11-15_days Duration_16-20_days Duration_21+_days Duration_25th_Percentile Duration_median "
    "Duration_75th_Percentile",
    "c5": "Referrals Individual Schools Education_Services Health_Services Housing LA_Services Police "
    "Other_legal_agency Other Anonymous Unknown",
    "d1": "CPP_start CPP_start_rate CPP_child_start CPP_end CPP_end_rate CPP_child_end CPP_anypoint CPP_At31 "
    "CPP_At31_rate",
    "d5": "CPP_At31 3_months_or_less 3_months_or_less_percent more_than_3_months_6_months "
    "more_than_3_months_6_months_percent more_than_6_months_less_than_1_year "
    "more_than_6_months_less_than_1_year_percent 1_year_less_than_2_years 1_year_less_than_2_years_percent "
    "2_years_or_more 2_years_or_more_percent",
}
FIRST = {
    "c1": [800, 400.5, 200, 25, 40, 5, 100, 12.5, 700, 150],
    "c4": [400, 200.5, 380, 160, 80.3, 158, 16, 80, 40, 16, 11, 13.5, 15],
    "c5": [800, 80, 160, 16, 120, 8, 100, 240, 30, 26, 12, 8],
    "d1": [120, 60.1, 118, 110, 55.5, 108, 250, 96, 48.1],
    "d5": [96, 24, 25, 24, 25, 24, 25, 12, 12.5, 12, 12.5],
}
"""The invented figures of the home council in the last year; other rows have them times a whole number."""
AREAS = {
    "ENG": ["National", "", "", "", "", ""],
    NORTH: ["Regional", NORTH, "North", "", "", ""],
    SOUTH: ["Regional", SOUTH, "South", "", "", ""],
    HOME: ["Local authority", NORTH, "North", HOME, "E06000901", "Hometown"],
    NEAR: ["Local authority", NORTH, "North", NEAR, "E06000902", "Nearby"],
    FAR: ["Local authority", SOUTH, "South", FAR, "E06000903", "Faraway"],
}
TIMES = {HOME: 1, NEAR: 2, FAR: 3, NORTH: 4, SOUTH: 5, "ENG": 10}


def table(stem: str, years=(2024, 2023), areas=tuple(AREAS)) -> list[dict]:
    """The rows of an invented table, newest year first, as the releases order them."""
    return [_row(stem, area, year, years[0]) for year in years for area in areas]


def _row(stem: str, area: str, year: int, newest: int) -> dict:
    level, region, name, number, ons, council = AREAS[area]
    words = [year, "Reporting year", level, "E92000001", "England", region, name, number, ons, council]
    row = dict(zip(BEGINNING, [*words, "Some words"], strict=True))
    size = TIMES[area] * (1 + newest - year)
    for column, figure in zip(COLUMNS[stem].split(), FIRST[stem], strict=True):
        is_count = isinstance(figure, int) and "percent" not in column.lower() and "tile" not in column
        row[column] = figure * size if is_count else figure
    return row


def changed(rows: list[dict], area: str, year: int, **cells) -> list[dict]:
    """The rows with these cells of one area and year written anew."""
    return [row | cells if _is(row, area, year) else row for row in rows]


def _is(row: dict, area: str, year: int) -> bool:
    return row["time_period"] == year and (row["old_la_code"] or row["region_code"] or "ENG") == area


def renamed(rows: list[dict], **names: str) -> list[dict]:
    """The rows with other headings. A name that is no word of Python goes in as `**{...}`."""
    return [{names.get(column, column): cell for column, cell in row.items()} for row in rows]


def without(rows: list[dict], *columns: str) -> list[dict]:
    """The rows without these columns."""
    return [{column: cell for column, cell in row.items() if column not in columns} for row in rows]


def file(rows: list[dict], *, encoding="utf-8", end="\r\n", separator=",") -> bytes:
    """The rows as a CSV file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=separator, lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def asked(**fields) -> Asked:
    """What the reader has to know of a board whose council is HOME, with NEAR as its neighbour."""
    plain = {"file": "release.csv", "today": TODAY, "council": HOME, "places": PLACES}
    return Asked(**(plain | fields))


def read(content, *, progress=None, **fields):
    """Read a file, or rows."""
    content = content if isinstance(content, bytes) else file(content)
    return read_here("dfe", io.BytesIO(content), asked=asked(**fields), progress=progress)


def told(made) -> dict[tuple[str, str, int], tuple]:
    """(measure, area, year) -> numerator, denominator, value, symbol."""
    assert made.problems == ()
    return {
        (row["measure"], scope.key.split("/")[2], int(row["period_end"][:4])): (
            row["numerator"],
            row["denominator"],
            row["value"],
            row["symbol"],
        )
        for scope in made.scopes
        for row in scope.rows
    }


def problem(made):
    """The one problem of a file that was refused."""
    [found] = made.problems
    assert made.scopes == ()
    assert not made.may_be_saved
    return found
