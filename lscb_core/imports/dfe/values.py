"""From a cell to a number or to the symbol that stands in its place."""

import re
from dataclasses import dataclass

from lscb_core.domain.codes import SYMBOLS
from lscb_core.imports.dfe.columns import quoted
from lscb_core.imports.dfe.model import Column

Value = int | float | str
"""A count is whole, a share or rate has decimals; a text is a symbol (a key of SYMBOLS)."""

WHOLE = re.compile(r"-?(?:\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.0*)?")
DECIMAL = re.compile(r"-?(?:\d{1,15}|\d{1,3}(?:,\d{3}){1,4})?(?:\.\d{0,15})?")
WITH_COMMA = re.compile(r"(-?\d{1,15}),(\d{1,2}|\d{4,15})")
MOST = 100_000_000
"""More than any count or rate can be: there are fewer people in England."""
ADVICE = "Take the file as it was published, or correct the cell."


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a cell, and what to do."""

    problem: str
    advice: str = ADVICE


def value(cell: str, column: Column, *, decimal_comma: bool = False) -> Value | Wrong:
    """The number in a cell, or its symbol; what is wrong where it is neither."""
    text = cell.strip().removesuffix("%" if column.kind == "percent" else "").rstrip()
    if text.isdigit() and text.isascii() and len(text) < 16:
        number: int | float = int(text)
    elif text.lower() in SYMBOLS:
        return text.lower()
    else:
        parsed = _number(WITH_COMMA.sub(r"\1.\2", text) if decimal_comma else text, column)
        if isinstance(parsed, Wrong):
            return parsed
        number = parsed
    if number > (100 if column.kind == "percent" else MOST):
        return Wrong(f"{quoted(text)} is more than it can be.")
    return number if column.is_whole else float(number)


def _number(text: str, column: Column) -> int | float | Wrong:
    if not text:
        return Wrong("Nothing stands here, neither a number nor one of the symbols.")
    plain = text.replace(",", "")
    if WHOLE.fullmatch(text):
        number: int | float = int(plain.partition(".")[0])
    elif DECIMAL.fullmatch(text) and any(letter.isdigit() for letter in text):
        if column.is_whole:
            return Wrong(f"{quoted(text)} is not a whole number, as a count must be.")
        number = float(plain)
    else:
        known = ", ".join(SYMBOLS)
        return Wrong(f"{quoted(text)} is neither a number nor one of the symbols {known}.")
    return Wrong(f"{quoted(text)} is less than nothing.") if number < 0 else number
