"""Re-referrals and repeated children: what has to be remembered of every child, in few bytes and only here.

A child is a number of 64 bits, made with this process's own secret from the council's number of the child. It
leaves neither the process nor its memory. That two children of one file get the same number is as good as out
of the question: one chance in 100,000 for a file of 500,000.
"""

from array import array
from collections.abc import Iterator

from lscb_core.imports.census.days import LOOK_BACK

WHOLE = (1 << 64) - 1
_FEW = 1 << 17
"""Places in the table of children to begin with: 2 MB, enough for any council without a move."""
_PARTS, _PART = 64, 6  # bits of a child's number that choose its part
_KEPT = (1 << 48) - 1


NEW, SAME, ANOTHER = range(3)
"""A child not met before; one met before in the same words; another record of a child met before."""


class Children:
    """The children met so far, each with a mark of its words: a table of 16 bytes a place."""

    def __init__(self) -> None:
        self._make(_FEW)

    def _make(self, size: int) -> None:
        self._last, self._free = size - 1, size * 2 // 3
        self._children, self._marks = array("Q", bytes(8 * size)), array("Q", bytes(8 * size))

    def meet(self, child: int, mark: int) -> int:
        """NEW, SAME or ANOTHER: a child (1 to WHOLE) with its mark (0 to WHOLE). Remembers it."""
        at, children = child & self._last, self._children
        while found := children[at]:
            if found == child:
                return self._again(child, mark, at)
            at = at + 1 & self._last
        children[at], self._marks[at] = child, mark
        self._free -= 1
        if not self._free:
            self._grow()
        return NEW

    def _again(self, child: int, mark: int, at: int) -> int:
        """Its further records are remembered under numbers made of the child and the mark."""
        if self._marks[at] == mark:
            return SAME
        record = hash((child, mark)) & WHOLE or 1
        return ANOTHER if self.meet(record, mark) is NEW else SAME

    def _grow(self) -> None:
        held = zip(self._children, self._marks, strict=True)
        self._make(2 * len(self._children))
        for child, mark in held:
            if child:
                self.meet(child, mark)  # in a new order, so that it cannot be copied


class Referrals:
    """The referrals of the year and of the 365 days before it, to find those that follow another."""

    def __init__(self, look_back: int, sources: tuple[str, ...]) -> None:
        self._look_back, self._sources = look_back, sources
        self._places = {source: place for place, source in enumerate(sources)}
        self._parts = [array("Q") for _ in range(_PARTS)]  # in parts, so that never all are sorted at once

    def add(self, child: int, on: int, source: str) -> None:
        """Remember a referral; `on` is not before the look-back."""
        said = (on - self._look_back) << 5 | self._places[source]
        self._parts[child & _PARTS - 1].append((child >> _PART & _KEPT) << 16 | said)

    def again(self) -> Iterator[tuple[int, str]]:
        """Day and source of each referral within 365 days of one of the same child on an earlier day.

        Two referrals on the same day are no re-referrals of each other.
        """
        for part in self._parts:
            child, on, before = -1, 0, -LOOK_BACK - 1
            for key in sorted(part):
                day = key >> 5 & 0x7FF
                if key >> 16 != child:
                    child, on, before = key >> 16, day, -LOOK_BACK - 1
                elif day != on:
                    before, on = on, day
                if day - before <= LOOK_BACK:
                    yield day + self._look_back, self._sources[key & 31]
