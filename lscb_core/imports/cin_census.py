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

from typing import TYPE_CHECKING, BinaryIO

from lscb_core.domain.periods import between, day, year_start
from lscb_core.imports import census_refusals as why
from lscb_core.imports.census_counting import Counting
from lscb_core.imports.census_findings import Findings
from lscb_core.imports.census_header import reference_of
from lscb_core.imports.census_refusals import refuse
from lscb_core.imports.census_stream import parts
from lscb_core.imports.reading import Asked, Problems, Progress, Reading, Refused, Scope, reading

if TYPE_CHECKING:
    from lxml import etree

KIND = "cin-census"


def read(stream: BinaryIO, *, asked: Asked, progress: Progress) -> Reading:
    """Read a census from a stream that is only ever read on: one scope, the tally of its twelve months.

    Rows: step, month (its last day, ISO), source, detail, count; `counts` has the year's figures. A file that
    cannot be read to its end comes back as a reading with that problem: Refused does not leave this function.
    """
    reader = _Reader(asked)
    try:
        for element in parts(stream, problems=reader.problems, progress=progress):
            reader.take(element)
        return reader.whole()
    except Refused:
        return reading(KIND, problems=reader.problems, notes=reader.notes)


class _Reader:
    """One file as far as it was read."""

    def __init__(self, asked: Asked) -> None:
        self.problems, self.notes = Problems(), Problems()
        self._asked, self._findings = asked, Findings(self.problems)
        self._counting: Counting | None = None

    def take(self, element: "etree._Element") -> None:
        """Take the header or a child. Raises Refused where the file cannot be counted."""
        if element.tag == "Header":
            self._header(element)
        elif self._counting is None:
            refuse(self.problems, why.HAS_NO_HEADER)
        else:
            self._counting.child(element)

    def _header(self, element: "etree._Element") -> None:
        if self._counting is not None:
            refuse(self.problems, why.HAS_TWO_HEADERS)
        reference = reference_of(element, asked=self._asked, problems=self.problems, notes=self.notes)
        if reference is None:
            raise Refused
        self._counting = Counting(reference, today=self._asked.today, findings=self._findings)

    def whole(self) -> Reading:
        """What was read, now that all has come. Raises Refused where that is nothing."""
        if self._counting is None:
            refuse(self.problems, why.HAS_NO_HEADER)
        if not self._findings.child:
            refuse(self.problems, why.HAS_NO_CHILD)
        reference = self._counting.reference
        rows = self._counting.rows()
        title = f"Children in need census, {between(year_start(reference), reference)}"
        self._counting.tell()
        self._findings.tell(self.notes, first=day(year_start(reference)))
        if not rows:
            self.notes.add(
                f"Nothing in this file lies in the {between(year_start(reference), reference)}, so no figure "
                "would come of it.",
                "Check that it is the right year's file, and the reference date in its header.",
            )
        return reading(
            KIND,
            scopes=[Scope(f"{KIND}/{reference.isoformat()}", reference, tuple(rows))],
            counts=self._counting.counts(),
            as_at=reference,
            title=title,
            problems=self.problems,
            notes=self.notes,
        )
