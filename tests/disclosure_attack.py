"""A reader who wants to know: attacks a protected table with nothing but what is shown.

Written apart from the product and in other terms: every count is a sum of cells that cannot be split
further, and only those are unknown. Used by all tests that attack what readers are given.
"""

from itertools import product

from scipy.optimize import linprog

TOTAL = "all"
PLACES, KINDS, YEARS = ["North", "South", "East", "West"], ["A", "B", "C"], ["2021", "2022", "2023"]


def table(rows):
    """A small invented table to protect and attack: places down, kinds across."""
    return {
        (place, kind): count
        for place, row in zip(PLACES, rows, strict=False)
        for kind, count in zip(KINDS, row, strict=True)
    }


def makes_up(key, keys):
    """The inner cells that a cell of the grid adds up."""
    return [
        inner for inner in keys if all(want in (TOTAL, got) for want, got in zip(key, inner, strict=True))
    ]


def spans(shown, pooled=None):
    """Key -> (least, greatest) of every hidden cell: linear bounds over all that is shown.

    `shown` holds numbers and 'c'; `pooled` names the inner cells of keys that are not plain margins.
    """
    inner = [key for key in shown if TOTAL not in key and key not in (pooled or {})]
    parts = {key: (pooled or {}).get(key) or makes_up(key, inner) for key in shown}
    unknown = [key for key in inner if shown[key] == "c"]
    rows = {key: [parts[key].count(cell) for cell in unknown] for key in shown}
    known = {key: sum(shown[part] for part in parts[key] if shown[part] != "c") for key in shown}
    limits = limits_of(shown, rows, known, [key for key in shown if key not in inner])
    hidden = [key for key in shown if shown[key] == "c"]
    return {key: ends(rows[key], known[key], limits) for key in hidden}


def limits_of(shown, rows, known, sums):
    """What the sums say: a shown one is exact, a hidden one is at least 1."""
    exact = [key for key in sums if shown[key] != "c"]
    atleast = [key for key in sums if shown[key] == "c"]
    return {
        "A_eq": [rows[key] for key in exact] or None,
        "b_eq": [shown[key] - known[key] for key in exact] or None,
        "A_ub": [[-x for x in rows[key]] for key in atleast] or None,
        "b_ub": [known[key] - 1 for key in atleast] or None,
        "bounds": (1, None),
    }


def ends(row, known, limits):
    """Least and greatest of one cell; no end where the solver finds none."""
    least, most = (linprog([sign * x for x in row], **limits) for sign in (1, -1))
    assert least.status == 0, "nothing fits what is shown"
    return least.fun + known, known - most.fun if most.status == 0 else float("inf")


def pinned(shown, pooled=None):
    """The hidden cells that fewer than three whole numbers fit."""
    return [key for key, (low, high) in spans(shown, pooled).items() if high - low < 2 - 1e-6]


def pinned_by_trying(shown, most=11):
    """The same for a tiny table, by trying every whole number from 1 to `most` in every unknown cell."""
    inner = [key for key in shown if TOTAL not in key]
    parts = {key: makes_up(key, inner) for key in shown}
    unknown = [key for key in inner if shown[key] == "c"]
    exact = [key for key in shown if TOTAL in key and shown[key] != "c"]
    seen = {key: set() for key in shown if shown[key] == "c"}
    for values in product(range(1, most + 1), repeat=len(unknown)):
        table = shown | dict(zip(unknown, values, strict=True))
        if all(sum(table[part] for part in parts[key]) == shown[key] for key in exact):
            for key, found in seen.items():
                found.add(sum(table[part] for part in parts[key]))
    return [key for key, found in seen.items() if len(found) < 3]
