"""Small counts identify children: which cells of a declared grid have to be hidden.

The rule is DfE's for children in need: 1 to 5 is hidden, a true 0 is shown, and further cells are hidden
until no hidden count can be pinned to fewer than three values by adding and subtracting what is shown.
A grid is protected once, when it is stored; every view then draws on the protected cells alone.

Further cells are chosen by `shifts`: hiding all that moves in a shift is itself the proof that each of
these cells keeps three values, and hiding more can never undo it.
"""

from collections.abc import Hashable, Iterable, Mapping
from itertools import product
from typing import Literal, TypeVar

from lscb_core.domain.attack import Sums, bounds, equations, groups, unproven
from lscb_core.domain.shifts import Shifts

__all__ = ["HIDDEN", "TOTAL", "bounds", "protect", "protect_cells", "shown", "with_margins"]

K = TypeVar("K", bound=Hashable)
Key = tuple[str, ...]
Shown = int | Literal["c"]

HIDDEN: Literal["c"] = "c"
TOTAL = "all"
SMALL = range(1, 6)


def protect(counts: Mapping[Key, int]) -> dict[Key, Shown]:
    """A table of counts with all its margins (key part `all`), protected; hidden cells read 'c'.

    Keys are one label for each side of the table; a combination that is left out counts as 0.
    """
    cells, sums = with_margins(counts)
    return shown(cells, protect_cells(cells, sums))


def shown(cells: Mapping[K, int], hidden: Iterable[K]) -> dict[K, Shown]:
    """What readers get: the count, or 'c'."""
    unseen = set(hidden)
    return {key: HIDDEN if key in unseen else count for key, count in cells.items()}


def with_margins(counts: Mapping[Key, int]) -> tuple[dict[Key, int], list[tuple[Key, list[Key]]]]:
    """The full grid with every margin, and the sums that it declares. Raises ValueError on bad keys."""
    sides = [list(dict.fromkeys(labels)) for labels in zip(*counts, strict=True)]
    if any(TOTAL in side for side in sides):
        raise ValueError(f"{TOTAL!r} names the margins and cannot be a label")
    cells = dict.fromkeys(product(*([*side, TOTAL] for side in sides)), 0)
    for key, count in counts.items():
        for margin in product(*((label, TOTAL) for label in key)):
            cells[margin] += count
    sums = [
        (key, [(*key[:side], label, *key[side + 1 :]) for label in sides[side]])
        for key in cells
        for side, part in enumerate(key)
        if part == TOTAL
    ]
    return cells, sums


def protect_cells(
    cells: Mapping[K, int], sums: Sums[K], *, shown: Iterable[K] = (), hidden: Iterable[K] = ()
) -> set[K]:
    """The cells to hide, where each sum (total, parts) is an equality that readers know of.

    Totals are cells too. Zeros are never hidden. The same input gives the same answer.
    Where part of the grid has been read before, `shown` are the cells that readers saw with this very count,
    which can no longer be hidden, and `hidden` those that were hidden with this very count, which stay so:
    the further cells are then found among the new ones. A count that what was shown before gives away can
    no longer be saved; it stays hidden, and nothing else is hidden for it in vain.
    Raises ValueError where a count is negative or a declared sum does not hold.
    """
    _check(cells, sums)
    seen = set(shown)
    small = [key for key, count in cells.items() if count in SMALL and key not in seen]
    kept = {key for key in hidden if cells.get(key, 0) and key not in seen}
    to_hide = kept.union(small)
    unseen = [key for key in cells if key in to_hide]
    tied = [group for group in groups(unseen, equations(cells, unseen, sums)) if group[1]]
    endangered = [key for group in tied for key in unproven(group, cells)]
    found = set(unseen)
    if endangered:
        shifts = Shifts(cells, sums, fixed=seen)
        coming = sorted(endangered, key=shifts.order)
        for key in coming:  # cells that are hidden for another's sake are asked about in their turn
            if key not in shifts.proven:
                moved = shifts.cheapest(key, found)
                coming += sorted(moved - found, key=shifts.order)
                found |= moved
    return found


def _check(cells: Mapping[K, int], sums: Sums[K]) -> None:
    for key, count in cells.items():
        if count < 0:
            raise ValueError(f"{key} counts {count}, less than nothing")
    for total, parts in sums:
        if cells[total] != sum(cells[part] for part in parts):
            raise ValueError(f"{total} is {cells[total]}, its parts are {sum(cells[part] for part in parts)}")
