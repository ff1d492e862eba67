"""Names beside marks, so that none covers another: each takes the first free side of its mark."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

CHARACTER = 7.2  # pixels of an average character at 13 pixels, bold
HALF_LINE = 8.0
HALF_MARK = 6.0
OFF = 17.0  # from a mark's middle up or down to the middle of its name


class Box(NamedTuple):
    """A rectangle in pixels, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """The two share more than an edge."""
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)

    def within(self, width: float, height: float) -> bool:
        """It lies in a field of this size, both in pixels."""
        return self.left >= 0 and self.top >= 0 and self.right <= width and self.bottom <= height


class Mark(NamedTuple):
    """A mark's middle in pixels, its name, and whether the name would rather stand above than below."""

    x: float
    y: float
    text: str
    above: bool = True


class Placed(NamedTuple):
    """From the mark's middle to the middle of its name, in pixels."""

    dx: float
    dy: float


def place_labels(
    marks: Sequence[Mark], *, width: float, height: float, clear: Sequence[Box] = ()
) -> list[Placed | None]:
    """A place for each mark's name, or None where all sides are taken; the first marks choose first.

    No name covers another, any mark, or a box of `clear` (lines and words that are drawn anyway).
    Places are distances from the marks, so that on a wider screen names move apart with their marks.
    """
    taken = [*clear, *(_around(mark.x, mark.y, HALF_MARK, HALF_MARK) for mark in marks)]
    found: list[Placed | None] = []
    for mark in marks:
        free = (
            (place, box)
            for place, box in _sides(mark, width)
            if box.within(width, height) and not any(map(box.meets, taken))
        )
        place, box = next(free, (None, None))
        found.append(place)
        taken += [box] if box else []
    return found


def _sides(mark: Mark, width: float) -> Iterator[tuple[Placed, Box]]:
    """Above or below, beside, then slanting; near an edge as far inwards as the name needs."""
    half = len(mark.text) * CHARACTER / 2
    aside = half + HALF_MARK + 4
    up = -OFF if mark.above else OFF
    inwards = min(max(mark.x, half), width - half) - mark.x
    near = [(0.0, up), (aside, 0.0), (-aside, 0.0), (0.0, -up), (inwards, up), (inwards, -up)]
    slanting = [(side * (half + 2), way) for way in (up, -up) for side in (1, -1)]
    for dx, dy in chain(near, slanting):
        yield Placed(dx, dy), _around(mark.x + dx, mark.y + dy, half, HALF_LINE)


def _around(x: float, y: float, half_width: float, half_height: float) -> Box:
    return Box(x - half_width, y - half_height, x + half_width, y + half_height)
