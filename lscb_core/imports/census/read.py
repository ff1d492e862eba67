"""Reads a children in need census: each child is counted and forgotten, and the figures alone are kept.

Counted is what lies in the twelve months to the reference date. Earlier referrals serve to find re-referrals.
What the form leaves open is decided so:

- A re-referral follows a referral of the same child on an earlier day, 365 days before at most. Two
  referrals on one day are no re-referrals of each other.
- Each section 47 enquiry with a conference counts one conference. A conference that stands with the referral
  itself counts when no enquiry of that referral names the same day, and has no number of working days.
- A plan that ends after the reference date was open on it.
- The same words again (a record with a referral, a referral with a child, a whole child) count once.
"""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, BinaryIO

from lscb_core.domain.periods import between, day, year_start
from lscb_core.imports.census import refusals as why
from lscb_core.imports.census.counting import Counting
from lscb_core.imports.census.findings import Findings
from lscb_core.imports.census.header import reference_of
from lscb_core.imports.census.refusals import refuse
from lscb_core.imports.census.said import children_of
from lscb_core.imports.census.stream import batches
from lscb_core.imports.reading import Asked, Problems, Progress, Reading, Refused, Scope, reading

if TYPE_CHECKING:
    from lxml import etree

KIND = "cin-census"


def read(stream: BinaryIO, *, asked: Asked, progress: Progress) -> Reading:
    """Read a census from a stream that is only ever read on: one scope, the tally of its twelve months.

    Rows: step, month (its last day, ISO), source, detail, count; `counts` has the year's figures. A file that
    cannot be read to its end comes back as a reading with that problem: Refused does not leave this function.
    """
    problems, notes = Problems(), Problems()
    findings = Findings(problems)
    try:
        coming = batches(stream, problems=problems, progress=progress)
        reference = _reference(coming, asked=asked, problems=problems, notes=notes)
        counting = Counting(reference, today=asked.today, findings=findings)
        for child in (child for batch in coming for child in children_of(batch)):
            counting.child(child)
        if not findings.child:
            refuse(problems, why.HAS_NO_CHILD)
    except Refused:
        return reading(KIND, problems=problems, notes=notes)
    return _whole(counting, findings, notes)


def _reference(
    coming: Iterator[list["etree._Element"]], *, asked: Asked, problems: Problems, notes: Problems
) -> date:
    first = next(coming, None)
    if first is None:
        refuse(problems, why.HAS_NO_HEADER)
    reference = reference_of(first[0], asked=asked, problems=problems, notes=notes)
    if reference is None:
        raise Refused
    return reference


def _whole(counting: Counting, findings: Findings, notes: Problems) -> Reading:
    reference, rows = counting.reference, tuple(counting.rows())
    year = between(year_start(reference), reference)
    counting.tell()
    findings.tell(notes, first=day(year_start(reference)))
    if not rows:
        notes.add(
            f"Nothing in this file lies in the {year}, so each of its months would count 0.",
            "Check that it is the right year's file, and the reference date in its header.",
        )
    return reading(
        KIND,
        scopes=[Scope(f"{KIND}/{reference.isoformat()}", reference, rows)],
        counts=counting.counts(),
        as_at=reference,
        title=f"Children in need census, {year}",
        problems=findings.problems,
        notes=notes,
    )
