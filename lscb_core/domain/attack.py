"""What a reader could work out about hidden counts from all that is shown.

The reader knows every shown count, which counts are declared totals of which others, and that a hidden
count is at least 1 (a true 0 is shown). `bounds` says how far that pins each hidden count down.
`unproven` looks for other tables of whole numbers that fit everything shown as well as the true one:
three values for a cell, each in a table that fits, prove that it is not pinned down.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf
from random import Random
from typing import Any, Generic, TypeVar

K = TypeVar("K")
Sums = Sequence[tuple[K, Sequence[K]]]

# A hidden count must keep at least this many values that fit.
ENOUGH_VALUES = 3
TRIES = 8


@dataclass(frozen=True, slots=True)
class Equation(Generic[K]):
    """What one declared sum says of hidden counts: they add up, each with its sign, to `known`."""

    signs: Mapping[K, int]
    known: int

    def holds(self, table: Mapping[K, int] | Mapping[K, Fraction]) -> bool:
        """True where the table fits, exactly; a cell that it leaves out counts as 0."""
        return sum(sign * table[key] for key, sign in self.signs.items() if key in table) == self.known


Group = tuple[list[K], list[Equation[K]]]


def equations(cells: Mapping[K, int], hidden: Iterable[K], sums: Sums[K]) -> list[Equation[K]]:
    """The sums that speak of hidden cells, with everything shown moved to the other side."""
    unknown = set(hidden)
    found = []
    for total, parts in sums:
        signed = [(total, -1), *((part, 1) for part in parts)]
        signs = {key: sign for key, sign in signed if key in unknown}
        shown = sum(sign * cells[key] for key, sign in signed if key not in unknown)
        if signs:
            found.append(Equation(signs, -shown))
    return found


def groups(hidden: Iterable[K], found: Sequence[Equation[K]]) -> list[Group[K]]:
    """Hidden cells that sums tie together, group by group, each with its sums."""
    mine = {key: key for key in hidden}

    def root(key: K) -> K:
        while mine[key] != key:
            mine[key] = key = mine[mine[key]]
        return key

    for equation in found:
        first, *others = equation.signs
        for other in others:
            mine[root(other)] = root(first)
    tied: dict[K, Group[K]] = {}
    for key in mine:
        tied.setdefault(root(key), ([], []))[0].append(key)
    for equation in found:
        tied[root(next(iter(equation.signs)))][1].append(equation)
    return list(tied.values())


def matrix(keys: Sequence[K], found: Sequence[Equation[K]]) -> Any:
    """The signs as a sparse matrix: one row for each sum, one column for each key."""
    from scipy.sparse import csr_array

    at = {key: i for i, key in enumerate(keys)}
    entries = [(sign, row, at[key]) for row, eq in enumerate(found) for key, sign in eq.signs.items()]
    signs, rows, columns = zip(*entries, strict=True)
    return csr_array((signs, (rows, columns)), shape=(len(found), len(keys)))


class Tables(Generic[K]):
    """All tables of whole numbers that fit what is shown: each hidden cell from 1 to its cap, if any."""

    def __init__(self, group: Group[K], *, caps: Mapping[K, float]) -> None:
        from scipy.optimize import Bounds, LinearConstraint

        self.keys, self.found = group
        known = [equation.known for equation in self.found]
        self.fit = LinearConstraint(matrix(self.keys, self.found), known, known)
        self.ends = Bounds(1, [caps.get(key, inf) for key in self.keys])

    def least(self, weights: Mapping[K, float], *, whole: bool) -> dict[K, int] | None:
        """The table with the least weighted sum, or None where none was found.

        `whole` makes the solver look for whole numbers, which takes longer in tables of three sides.
        It counts in floating point: a table that does not fit exactly proves nothing.
        """
        from scipy.optimize import milp

        result = milp(
            [weights.get(key, 0.0) for key in self.keys],
            constraints=self.fit,
            integrality=[int(whole)] * len(self.keys),
            bounds=self.ends,
            options={"mip_rel_gap": 0.0},
        )
        if result.x is None:
            return None
        table = {key: round(value) for key, value in zip(self.keys, result.x, strict=True)}
        return table if all(equation.holds(table) for equation in self.found) else None


def unproven(group: Group[K], truth: Mapping[K, int]) -> list[K]:
    """Cells of a group for which a few quick tries did not find three tables with three values."""
    keys, found = group
    if all(equation.known == 0 for equation in found):
        return []  # nothing but hidden counts and zeros: twice and three times the table fit too
    most = ENOUGH_VALUES * (max(truth[key] for key in keys) + 1)
    tables = Tables(group, caps=dict.fromkeys(keys, most))
    seen = {key: {truth[key]} for key in keys}
    chance = Random(1)
    for _ in range(TRIES):
        table = tables.least({key: chance.uniform(-1, 1) for key in keys}, whole=False)
        for key, values in seen.items():
            values.add(table[key] if table else truth[key])
    return [key for key in keys if len(seen[key]) < ENOUGH_VALUES]


def bounds(cells: Mapping[K, int], hidden: Iterable[K], sums: Sums[K]) -> dict[K, tuple[int, float]]:
    """The least and the greatest whole number that each hidden count could be; inf where nothing ends it.

    Raises ArithmeticError where the solver finds no table at all.
    """
    wanted = list(hidden)
    ends: dict[K, tuple[int, float]] = dict.fromkeys(wanted, (1, inf))
    for group in groups(wanted, equations(cells, wanted, sums)):
        keys, found = group
        if found:
            # No sum of what is known reaches this far, so a count that does has no end.
            far = sum(abs(equation.known) for equation in found) + len(keys) + 1
            ends.update((key, _span(key, Tables(group, caps={key: far}), far)) for key in keys)
    return ends


def _span(key: K, tables: Tables[K], far: int) -> tuple[int, float]:
    least, most = (tables.least({key: weight}, whole=True) for weight in (1.0, -1.0))
    if least is None or most is None:
        raise ArithmeticError(f"no table was found that fits what is shown of {key}")
    return least[key], inf if most[key] >= far else most[key]
