"""A second reading of the rules of the XmR chart: slow, plain, and written apart from the product."""

from decimal import Decimal
from fractions import Fraction


def slow_limits(x):
    """Average, and the reach of the limits to either side."""
    average = sum(x) / len(x)
    steps = [abs(x[i] - x[i - 1]) for i in range(1, len(x))]
    bar = sum(steps) / len(steps)
    calm = [step for step in steps if not step >= Fraction(3267, 1000) * bar]
    return average, Fraction(266, 100) * (sum(calm) / len(calm) if calm else bar)


def slow_runs(x):
    found = {}
    for start in range(len(x) - 6):
        seven = x[start : start + 7]
        for direction, ordered in ((1, sorted(seven)), (-1, sorted(seven, reverse=True))):
            if seven == ordered and len(set(seven)) == 7:
                found |= dict.fromkeys(range(start, start + 7), direction)  # the later run speaks
    return found


def slow_stretch(x, average, i, side):
    """How many neighbours in a row, the point among them, lie on that side of the average."""
    if side * (x[i] - average) <= 0:
        return 0
    first = last = i
    while first > 0 and side * (x[first - 1] - average) > 0:
        first -= 1
    while last < len(x) - 1 and side * (x[last + 1] - average) > 0:
        last += 1
    return last - first + 1


def slow_reading(values):
    """Average, reach of the limits, and for each point the number of its rule and its direction."""
    x = [Fraction(Decimal(str(value))) for value in values]
    average, reach = slow_limits(x)
    runs, found = slow_runs(x), {}
    for i, side in ((i, side) for i in range(len(x)) for side in (1, -1)):
        near = [j for j in range(len(x)) if side * (x[j] - average) * 3 > 2 * reach]
        held = {
            1: side * (x[i] - average) > reach,
            2: runs.get(i) == side,
            3: i in near and any(0 < abs(i - j) <= 2 for j in near),
            4: slow_stretch(x, average, i, side) >= 7,
        }
        found[i] = min(found.get(i, (5, 0)), *((rule, side) for rule, holds in held.items() if holds), (5, 0))
    return average, reach, {i: mark for i, mark in found.items() if mark[0] < 5}
