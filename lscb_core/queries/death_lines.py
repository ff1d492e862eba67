"""The lines of the child-death grid in words, in the order in which they are shown."""

from lscb_core.domain.vocab import AGE_BANDS, DEATH_CATEGORIES

LINES: dict[str, dict[str, str]] = {
    "all": {"all": "Deaths notified"},
    "age": AGE_BANDS,
    "expectedness": {"expected": "Expected", "unexpected": "Unexpected"},
    "abuse": {"yes": "From abuse or neglect", "no": "Not from abuse or neglect"},
    "reviews": {"completed": "Reviews completed", "in_time": "Reviews completed in time"},
    "category": DEATH_CATEGORIES,
    "modifiable": {
        "yes": "Something to change",
        "no": "Nothing found to change",
        "unknown": "Not enough information",
    },
}
SHORT = {
    "1": "Injury, abuse or neglect",
    "2": "Suicide or self-harm",
    "3": "Trauma, outside causes",
    "5": "Acute condition",
    "6": "Chronic condition",
    "7": "Genetic or congenital",
    "10": "Sudden, unexplained",
}
"""Categories in words that fit a table's first column."""
DEATHS, REVIEWS = ("all", "all"), ("reviews", "completed")
TOTALS: dict[str, tuple[str, str]] = {
    "age": DEATHS,
    "expectedness": DEATHS,
    "abuse": DEATHS,
    "category": REVIEWS,
    "modifiable": REVIEWS,
}
"""What the lines of a split add up to: ages split the deaths, categories the reviews of the panel."""


def words(dimension: str, key: str) -> str:
    """A line in words; a key that no list knows stands as it is."""
    return LINES.get(dimension, {}).get(key, key)


def short(dimension: str, key: str) -> str:
    """The line in words that fit a table's first column."""
    return SHORT.get(key, words(dimension, key)) if dimension == "category" else words(dimension, key)


def place(dimension: str, key: str) -> tuple[int, int]:
    """Where a line stands among the others; what no list knows comes last."""
    known = list(LINES)
    keys = list(LINES.get(dimension, {}))
    return (
        known.index(dimension) if dimension in known else len(known),
        keys.index(key) if key in keys else len(keys),
    )
