"""A reader who wants to know: attacks a protected table with nothing but what is shown.

Written apart from the product and in other terms: every count is a sum of cells that cannot be split
further, and only those are unknown. Used by all tests that attack what readers are given.
"""

from itertools import product

from scipy.optimize import linprog

TOTAL = "all"


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
    at = {key: i for i, key in enumerate(unknown)}

    def row(key):
        found = [0] * len(unknown)
        for part in parts[key]:
            if part in at:
                found[at[part]] += 1
        return found

    def known(key):
        return sum(shown[part] for part in parts[key] if part not in at)

    exact = [key for key in shown if key not in inner and shown[key] != "c"]
    atleast = [key for key in shown if key not in inner and shown[key] == "c"]
    limits = {
        "A_eq": [row(key) for key in exact] or None,
        "b_eq": [shown[key] - known(key) for key in exact] or None,
        "A_ub": [[-x for x in row(key)] for key in atleast] or None,
        "b_ub": [known(key) - 1 for key in atleast] or None,
        "bounds": (1, None),
    }
    found = {}
    for key in [*unknown, *atleast]:
        ends = [linprog([sign * x for x in row(key)], **limits) for sign in (1, -1)]
        assert ends[0].status == 0, f"nothing fits what is shown of {key}"
        high = -ends[1].fun + known(key) if ends[1].status == 0 else float("inf")
        found[key] = ends[0].fun + known(key), high
    return found


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
