"""What a reader without the right to exact counts could work out, by linear bounds over all that is shown.

Written apart from the product's own protection, in other terms: the unknowns are the people themselves,
sorted as finely as any count sorts them (month, agency, level and outcome of a referral; year, age and
expectedness of a death). Every count that anybody sees is a sum of such unknowns, whatever the filter, the
day or the table it was seen in, so two overlapping views need no further thought.
"""

from collections import defaultdict
from itertools import product
from random import Random

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

MOST = 10_000  # nobody believes more in one cell
ENOUGH = 3
TRIES = 12


class Seen:
    """Numbers and letters as they were seen: a tuple of cells that add up, and what was shown of them."""

    def __init__(self, makes_up):
        self.makes_up = makes_up  # cell -> the unknowns it adds up
        self.numbers = {}
        self.letters = set()
        self.unsaid = set()  # counts that no view shows, not even as a letter: a nought may be among them

    def number(self, cells, value):
        """Somebody saw that these cells add up to a number."""
        before = self.numbers.setdefault(tuple(cells), int(value))
        assert before == value, f"{cells} read {before} in one view and {value} in another"

    def cell(self, cell, value, symbol=""):
        """Somebody saw a number of one cell, or the letter c in its place."""
        if isinstance(value, int | float):
            self.number([cell], value)
        elif symbol == "c":
            self.letters.add(cell)

    def pinned(self):
        """Hidden cells that fewer than three whole numbers fit: cell -> (least, greatest)."""
        spans = self.spans()
        return {cell: (low, high) for cell, (low, high) in spans.items() if _fit(low, high) < ENOUGH}

    def spans(self):
        """How far each hidden cell is known: at least this far, and exactly where that is narrow."""
        told = self._news()
        unknowns = _Families()
        aims = sorted(self.letters | self.unsaid, key=str)
        for cells in [*told, *((cell,) for cell in aims)]:
            unknowns.tie([person for cell in cells for person in self.makes_up(cell)])
        families = defaultdict(lambda: ([], []))
        for cells, value in told.items():
            families[unknowns.of(self.makes_up(cells[0])[0])][0].append((cells, value))
        for cell in aims:
            families[unknowns.of(self.makes_up(cell)[0])][1].append(cell)
        found = {}
        for seen, hidden in families.values():
            if hidden:
                least = [int(cell in self.letters) for cell in hidden]
                found |= _Family(self.makes_up, seen, hidden, least).spans()
        return found

    def _news(self):
        """What was seen, without sums of cells each of which was seen: they only have to be right."""
        news = {}
        for cells, value in self.numbers.items():
            singly = [self.numbers.get((cell,)) for cell in cells]
            if len(cells) == 1 or None in singly:
                news[cells] = value
            else:
                assert sum(singly) == value, f"{cells} add up to {sum(singly)}, not {value}"
        return news


def _fit(low, high):
    """Whole numbers between two ends, which the solver gives to a millionth."""
    if low > high:
        return 0
    return int(np.floor(high + 1e-6)) - int(np.ceil(low - 1e-6)) + 1


class _Families:
    """Unknowns that some count ties together."""

    def __init__(self):
        self.above = {}

    def of(self, person):
        path = []
        while self.above.setdefault(person, person) != person:
            path.append(person)
            person = self.above[person]
        for each in path:
            self.above[each] = person
        return person

    def tie(self, people):
        first = self.of(people[0])
        for other in people[1:]:
            self.above[self.of(other)] = first


class _Family:
    """One linear programme: everything seen that hangs together."""

    def __init__(self, makes_up, told, hidden, least):
        self.hidden, self.least = hidden, np.array(least)
        none = {person for cells, value in told if value == 0 for cell in cells for person in makes_up(cell)}
        sums = [[p for cell in cells for p in makes_up(cell) if p not in none] for cells, _ in told]
        inside = [[p for p in makes_up(cell) if p not in none] for cell in hidden]
        self.at = {person: i for i, person in enumerate(sorted({p for s in [*sums, *inside] for p in s}))}
        self.equal, self.values = self._matrix(sums), [value for _, value in told]
        self.parts = self._matrix(inside)
        self.low, self.high = np.full(len(hidden), np.inf), np.full(len(hidden), -np.inf)

    def _matrix(self, sums):
        rows = [row for row, people in enumerate(sums) for _ in people]
        columns = [self.at[person] for people in sums for person in people]
        shape = (len(sums), len(self.at))
        return coo_array((np.ones(len(rows)), (rows, columns)), shape=shape).tocsr()

    def spans(self):
        """Try tables that fit everything and move the cells still narrow; then look closer, one by one."""
        chance = Random(2)
        for _ in range(TRIES):
            if not self._narrow().any():
                break
            self._solve(np.array([chance.choice((-1.0, 1.0)) for _ in self.hidden]) * self._narrow())
        for at in np.flatnonzero(self._narrow()):
            for sign in (1.0, -1.0):
                if self._narrow()[at]:
                    self._solve(sign * np.eye(len(self.hidden))[at])
        return dict(zip(self.hidden, zip(self.low, self.high, strict=True), strict=True))

    def _narrow(self):
        return np.array([_fit(*ends) < ENOUGH for ends in zip(self.low, self.high, strict=True)])

    def _solve(self, weights):
        """The people with the least weighted count of hidden cells that fit all that was seen."""
        found = linprog(
            self.parts.T @ weights,
            A_eq=self.equal if self.values else None,
            b_eq=self.values or None,
            A_ub=-self.parts,  # behind a letter there is never a nought: noughts are shown
            b_ub=-self.least,
            bounds=(0, MOST),
            method="highs",
        )
        assert found.status == 0, f"nothing fits what is shown: {found.message}"
        counts = self.parts @ found.x
        self.low, self.high = np.minimum(self.low, counts), np.maximum(self.high, counts)


def people_of(**choices):
    """Unknowns: one for each way of choosing one of each, as tuples in the order given."""
    return list(product(*choices.values()))
