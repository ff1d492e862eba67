"""The cheapest way to keep a hidden count from being worked out: which further cells have to be hidden.

A shift moves counts of the grid so that every declared sum still holds and no count falls below 1. Made
once and made twice it gives two more tables that fit all that stands still, so whatever moves in it keeps
at least three values once it is hidden. Linear programming finds the shift that loses the least.
After Castro, and Fischetti and Salazar-Gonzalez, on complementary cell suppression.
"""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from itertools import islice
from math import inf, lcm, log2
from typing import Any, Generic, TypeVar

from lscb_core.domain.attack import Equation, Sums, equations, matrix

K = TypeVar("K")

# A cell already hidden costs nothing but for a trifle that keeps shifts short.
TRIFLE = 0.001
# Moving by a third is as good as moving by one, three times; beyond this the arithmetic is not trusted.
FINEST = 60
TRIES = 4
# Where no shift can be made twice: two tables that differ by these are looked for, one by one.
NEARBY = (1, -1, 2, -2, 3, -3)
NOISE = 1e-6

Moves = dict[K, Fraction]


class Shifts(Generic[K]):
    """Shifts of the counts that are not 0. `proven` holds the cells that some shift has moved.

    `fixed` cells do not move: readers have seen them.
    """

    def __init__(self, cells: Mapping[K, int], sums: Sums[K], *, fixed: Collection[K] = ()) -> None:
        from scipy.sparse import hstack

        self.keys = [key for key, count in cells.items() if count and key not in fixed]
        self.at = {key: i for i, key in enumerate(self.keys)}
        self.cells = cells
        self.depths = _depths(cells, sums)
        # What stands still cancels out of a shift, so every sum of what moves has to come to nothing.
        self.found = [Equation(each.signs, 0) for each in equations(cells, self.keys, sums)]
        signs = matrix(self.keys, self.found)
        self.signs = hstack([signs, -signs]).tocsc()  # what rises, then what falls
        self.proven: set[K] = set()

    def order(self, key: K) -> tuple[int, int, int]:
        """Totals first, since their shifts run through the cells below; then the smallest counts."""
        return -self.depths[key], self.cells[key], self.at[key]

    def cheapest(self, key: K, hidden: set[K]) -> set[K]:
        """The cells that move in the cheapest shift that moves `key`.

        Where there is none, the cells that move in two single steps, each to another value of `key`; `key`
        alone where fixed cells leave it no room at all.
        """
        prices = [self._price(other, hidden) for other in self.keys]
        moves = self._shift(key, prices, 1)
        if not moves or self._cost(moves, prices) > 1:
            falls = self._shift(key, prices, -1)
            moves = min((m for m in (moves, falls) if m), key=lambda m: self._cost(m, prices), default=None)
        # Where only odd fractions were found: let nothing fall, so that any multiple fits.
        moves = moves or self._solve(key, prices, 1, fall=0)
        self.proven |= set(moves or [key])
        return set(moves or self._apart(key, prices))

    def _apart(self, key: K, prices: Sequence[float]) -> set[K]:
        """The cells that move in steps to two other values of `key`, the nearest first.

        These steps prove nothing of the other cells that move. Every cell, should there be room and no step.
        """
        steps = (self._step(key, prices, by) for by in NEARBY)
        found = list(islice((moves for moves in steps if moves), 2))
        if len(found) < 2 and self._could_move(key):
            return set(self.keys)
        return {key}.union(*found)

    def _could_move(self, key: K) -> bool:
        """True where some table, however different, fits what is fixed with another count for `key`."""
        free = [0.0] * len(self.keys)
        return any(self._solve(key, free, way, fall=1) for way in (1, -1))

    def _price(self, key: K, hidden: set[K]) -> float:
        """What hiding a cell loses: more for large counts, and three times more for each level of total."""
        return TRIFLE if key in hidden else (1 + log2(self.cells[key])) * 3 ** self.depths[key]

    def _cost(self, moves: Moves[K], prices: Sequence[float]) -> float:
        return sum(price for key, price in zip(self.keys, prices, strict=True) if key in moves)

    def _shift(self, key: K, prices: Sequence[float], way: int) -> Moves[K] | None:
        """The shift in which `key` rises (1) or falls (-1), in steps so fine that it is whole when made
        `steps` times, and leaves every count at 1 or more when made twice as often."""
        steps = 1
        for _ in range(TRIES):
            moves = self._solve(key, prices, way, fall=1 / steps)
            finest = lcm(*(by.denominator for by in moves.values())) if moves else inf
            if not moves or finest > FINEST:
                return None
            if steps % finest == 0:
                return moves if self._fits_twice(moves, steps) else None
            steps = lcm(steps, int(finest))
        return None

    def _fits_twice(self, moves: Moves[K], steps: int) -> bool:
        """The solver counts in floating point: whether no count really falls below 1 is seen here."""
        return all(self.cells[key] + 2 * steps * by >= 1 for key, by in moves.items())

    def _solve(self, key: K, prices: Sequence[float], way: int, *, fall: float) -> Moves[K] | None:
        """Rises and falls at the least price; `fall` is the part of its room by which a count may fall."""
        from scipy.optimize import linprog

        room = [(self.cells[other] - 1) // 2 * fall for other in self.keys]
        if way < 0 and room[self.at[key]] < 1:
            return None
        spans = [(0.0, inf)] * len(self.keys) + [(0.0, most) for most in room]
        up, down = self.at[key], len(self.keys) + self.at[key]
        spans[up], spans[down] = ((1, 1), (0, 0)) if way > 0 else ((0, 0), (1, 1))
        result = linprog([*prices, *prices], A_eq=self.signs, b_eq=[0] * len(self.found), bounds=spans)
        return self._exact(result.x)

    def _step(self, key: K, prices: Sequence[float], by: int) -> Moves[K] | None:
        """Whole rises and falls at the least price, with which `key` changes by so much; no count below 1."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        room = [self.cells[other] - 1 for other in self.keys]
        if by + room[self.at[key]] < 0:
            return None
        least, most = [0.0] * (2 * len(room)), [*([inf] * len(room)), *room]
        up, down = self.at[key], len(room) + self.at[key]
        least[up], least[down] = most[up], most[down] = max(by, 0), max(-by, 0)
        result = milp(
            [*prices, *prices],
            constraints=LinearConstraint(self.signs, 0, 0),
            integrality=[1] * len(most),
            bounds=Bounds(least, most),
        )
        return self._exact(result.x)

    def _exact(self, found: Any) -> Moves[K] | None:
        """Rises less falls of what moves, as fractions, where with them every sum holds exactly."""
        if found is None:
            return None
        net = found[: len(self.keys)] - found[len(self.keys) :]
        moving = [(key, float(by)) for key, by in zip(self.keys, net, strict=True) if abs(by) > NOISE]
        moves = {key: Fraction(by).limit_denominator(FINEST) for key, by in moving}
        return moves if all(equation.holds(moves) for equation in self.found) else None


def _depths(cells: Mapping[K, int], sums: Sums[K]) -> dict[K, int]:
    """0 for an inner cell, 1 for its totals, 2 for their totals, and so on."""
    depths = dict.fromkeys(cells, 0)
    for _ in sums:
        before = dict(depths)
        for total, parts in sums:
            depths[total] = max(depths[total], 1 + max((depths[part] for part in parts), default=-1))
        if depths == before:
            break
    return depths
