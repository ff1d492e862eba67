"""Whether a file goes on to its end: one that was cut off is never half read.

Most cuts leave a row too short. A file that was cut between two rows ends in the middle of a year (or of an
area): areas that follow in the year before are not there. That is asked of files of the whole country only.
A file that was cut exactly between two years looks like one of fewer years: its title says which they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from lscb_core.imports.dfe.where import Where
from lscb_core.imports.reading import Problems

WHOLE_COUNTRY = 20
"""A file with as many areas in a year is one of the whole country; a smaller one may be anything."""
REGIONS, FULL_REGION = 8, 8
"""Regions of England beside London, and councils that each of them has at least."""
LONDON = "E12000007"
"""Its councils are those of Inner and Outer London."""
CUT = "The file seems to have been cut off: "
AGAIN = "Download it again, and send it as it comes."
K = TypeVar("K")


@dataclass(slots=True)
class Sequences:
    """The areas of each year and the years of each area, in the file's order; the region of each council."""

    areas: dict[date, dict[str, None]] = field(default_factory=dict)
    years: dict[str, dict[date, None]] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    regions: dict[str, int] = field(default_factory=dict)
    rows: int = 0
    last: tuple[str, date] | None = None
    last_region: str = ""

    def add(self, where: Where) -> None:
        """The next row of the file."""
        if where.end is None or not where.area:
            return
        self.rows += 1
        areas = self.areas.setdefault(where.end, {})
        if where.area not in areas:
            areas[where.area] = None
            self.homes[where.area] = where.region
            self.years.setdefault(where.area, {})[where.end] = None
            if where.kind == "region":
                self.regions.setdefault(where.area, 0)
            elif where.region:
                self.regions[where.region] = self.regions.get(where.region, 0) + 1
        self.last, self.last_region = (where.area, where.end), where.region

    @property
    def has_several_rows(self) -> bool:
        """Whether any area has more than one row of a year."""
        return self.rows > sum(len(areas) for areas in self.areas.values())

    def check(self, number: int, problems: Problems, notes: Problems, *, is_ended: bool) -> None:
        """Take down a problem where the file stops too early; `number`: its last row."""
        if self.last is None:
            return
        area, end = self.last
        is_whole_country = max(len(areas) for areas in self.areas.values()) >= WHOLE_COUNTRY
        if not is_ended and (is_whole_country or len(self.regions) > REGIONS):
            problems.add(f"{CUT}the last row has no end.", AGAIN, row=number)
        elif not is_ended:
            notes.add("The last row has no end of line.", "Check that the file is whole.", row=number)
        elif is_whole_country and (
            _stops(list(self.areas.values()), self.areas[end], self.homes)
            or _stops(list(self.years.values()), self.years[area], {})
        ):
            problems.add(
                f"{CUT}the year to March {end.year} has fewer areas than the others.", AGAIN, row=number
            )
        elif self._lacks_regions():
            problems.add(f"{CUT}it has no councils of the last regions.", AGAIN, row=number)

    def _lacks_regions(self) -> bool:
        """Councils come region by region, and those of the last regions are missing."""
        order = [region for region in self.regions if region != LONDON]
        if len(order) < REGIONS or self.last_region not in order:
            return False
        here = order.index(self.last_region)
        before = [self.regions[region] for region in order[:here]]
        after = [self.regions[region] for region in order[here + 1 :]]
        return bool(before and after) and min(before) >= FULL_REGION and max(after) == 0


def _stops(blocks: Sequence[Mapping[K, None]], block: Mapping[K, None], home: Mapping[K, str]) -> bool:
    """Whether a block ends where the one before it goes on: all that follows there is missing here.

    Councils are merged and parted from year to year: where others stand in the same region (`home`), a few
    may be missing.
    """
    at = next(place for place, each in enumerate(blocks) if each is block)
    before = list(blocks[at - 1]) if at else []
    shared = [place for place, each in enumerate(before) if each in block]
    if not shared:
        return False
    missing = before[shared[-1] + 1 :]
    others = [each for each in block if each not in before]
    elsewhere = {home.get(each) for each in others}
    unexplained = [each for each in missing if home.get(each) not in elsewhere]
    return bool(unexplained) or len(missing) > 3 * len(others)
