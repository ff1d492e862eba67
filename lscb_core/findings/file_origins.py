"""Which files figures came in, in a sentence, and which of their months are not whole."""

from datetime import date

from lscb_core.domain.numbers import sentence_plural
from lscb_core.domain.periods import day, month_ends, month_label
from lscb_core.findings.words import Row

PARTLY = "{month} is covered only "
"""How a note begins that tells of a month that a file holds in part."""


def came_from(files: list[Row]) -> str:
    """'From: Children in need census, year to … (cin.xml, taken in on 30 July 2024).' Empty without a file.

    Rows: queries.file_origins.FILES, newest first.
    """
    told = list(dict.fromkeys(_file(row) for row in files))
    more = f", and {sentence_plural(len(told) - 1, 'earlier file')}" if len(told) > 1 else ""
    return f"From: {told[0]}{more}." if told else ""


def months_in_part(files: list[Row], since: date, until: date) -> str:
    """What was noted of months between two days that a file does not hold whole; empty where all are whole.

    Rows: queries.file_origins.FILES.
    """
    told = []
    for row in files:
        months = month_ends(max(since, row["first"].replace(day=1)), min(until, row["last"]))
        begins = tuple(PARTLY.format(month=month_label(end)) for end in months)
        told += [note for note in row["notes"].splitlines() if note.startswith(begins)]
    return " ".join(dict.fromkeys(told))


def _file(row: Row) -> str:
    taken = f"taken in on {day(row['taken_on'])}"
    if row["title"] in ("", row["file"]):
        return f"{row['file']} ({taken})"
    return f"{row['title']} ({row['file']}, {taken})"
