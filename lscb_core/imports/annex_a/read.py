"""Reads an Annex A workbook: the eleven lists that councils keep for inspections.

Every list is found and its rows are counted. Figures come from contacts (1), referrals (3), assessments (4),
section 47 enquiries and conferences (5) and plans (7); list 6 says how many children in need are open.
Children are counted and dropped: of a row only day, source, outcome and category are kept, as counts.
"""

from collections.abc import Callable
from typing import BinaryIO

from lscb_core.imports.annex_a.counted import Counted
from lscb_core.imports.annex_a.counting import contacts, referrals
from lscb_core.imports.annex_a.findings import Findings
from lscb_core.imports.annex_a.lists import LISTS
from lscb_core.imports.annex_a.period import open_now, period_of, scopes_of, tell_period
from lscb_core.imports.annex_a.protection import assessments, enquiries, in_need, plans
from lscb_core.imports.annex_a.rows import Table, count_rows
from lscb_core.imports.annex_a.sheets import NAME_IT, Finding
from lscb_core.imports.annex_a.words import MOST_UNKNOWN, Sources
from lscb_core.imports.reading import Asked, Problems, Progress, Reading, reading
from lscb_core.imports.workbooks.sheets import sheets

KIND = "annex-a"
STEPS = {1: "contact", 3: "referral", 4: "assessment", 5: "section_47", 7: "plan"}
"""The lists that bring figures, and the step of each."""
_COUNT: dict[int, Callable[[Table, Counted, Findings], int]] = {
    1: contacts,
    3: referrals,
    4: assessments,
    5: enquiries,
    6: in_need,
    7: plans,
}


def read(stream: BinaryIO, *, asked: Asked, progress: Progress) -> Reading:
    """The counts of a workbook, month by month. Raises Refused for what is no workbook or a hostile one.

    A date is wrong after `asked.today` or before 1900. `as_at` is the latest day on which anything counted
    happened. A row without its date is told in a note and not counted; one that does not say whether it was
    closed was taken further; a column without any date is a problem. The same child and day again in a list
    is counted once, a contact only where the source is the same too.
    """
    problems, notes = Problems(), Problems()
    counted, finding = Counted(Sources(asked.sources)), Finding(problems, notes)
    rows: dict[int, int] = {}
    for sheet in sheets(stream):
        if table := finding.table(sheet):
            number = table.wanted.number
            progress(f"Reading {table.wanted.name}", len(rows) / len(LISTS))
            findings = Findings(table, today=asked.today)
            rows[number] = _rows(table, counted, findings) if finding.whole(table) else count_rows(table)
            findings.tell(problems, notes)
    _tell_missing(finding, problems, notes)
    return _reading(counted, rows, problems, notes)


def _rows(table: Table, counted: Counted, findings: Findings) -> int:
    number = table.wanted.number
    if number in STEPS:
        counted.steps.add(STEPS[number])
    return _COUNT[number](table, counted, findings) if number in _COUNT else count_rows(table)


def _tell_missing(finding: Finding, problems: Problems, notes: Problems) -> None:
    if not finding.found:
        if not len(problems):
            problems.add("None of the eleven lists of Annex A was found.", NAME_IT)
        return
    for each in LISTS:
        if each.number not in finding.found:
            said = f"{each.name} is not in the file."
            effect = "Its figures are not brought. " if each.number in STEPS else ""
            notes.add(said, f"{effect}If it should be there, add it and send the file again.")


def _reading(counted: Counted, rows: dict[int, int], problems: Problems, notes: Problems) -> Reading:
    if counted.sources.too_many:
        problems.add(
            f"More than {MOST_UNKNOWN} different sources are not understood, so they are hardly sources.",
            "Check that the columns “Contact Source” and “Referral Source” hold sources, and nothing else.",
        )
    counts = {f"{each.name}": rows[each.number] for each in LISTS if each.number in rows}
    period = period_of(counted)
    if period is None:
        if not len(problems):
            problems.add(
                "No list has a record with a date, so there is nothing to count.",
                "Check that it is filled in.",
            )
        return reading(KIND, counts=counts, problems=problems, notes=notes)
    tell_period(counted, period, notes)
    return reading(
        KIND,
        scopes=scopes_of(counted, period),
        counts=counts | open_now(counted, period),
        as_at=period.last,
        title=period.title,
        problems=problems,
        notes=notes,
        spellings=counted.sources.spellings(),
    )
