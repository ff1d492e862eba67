"""Files that are taken in, in words: their kinds, and the pieces that each replaces whole."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from lscb_core.domain.periods import day, month_end, month_label
from lscb_core.domain.returns import OF_A_DAY, PARTS

KINDS: dict[str, str] = {
    "cin-census": "Children in need census",
    "annex-a": "Annex A workbook",
    "dfe": "Published statistics",
    "template": "An agency's return",
}
WHOSE: dict[str, str] = {"all": "all agencies", "others": "all others", "part": "in part"}


def scope_words(key: str, agencies: Mapping[str, str]) -> str:
    """A piece of a file in words, from its key: 'Threshold return, Police, May 2026'.

    `agencies`: short name -> the board's name for it. What is not known stays as it is written.
    """
    kind, *rest = key.split("/")
    if kind == "template" and rest:
        template, *more = rest
        parts = [PARTS.get(template, template), *(_part(template, each, agencies) for each in more)]
    else:
        parts = [KINDS.get(kind, kind), *(_part(kind, each, {}) for each in rest)]
    return ", ".join(part for part in parts if part)


def _part(of: str, word: str, agencies: Mapping[str, str]) -> str:
    with suppress(ValueError):
        on = date.fromisoformat(word)
        is_month = on == month_end(on) and of not in (*OF_A_DAY, "cin-census")
        return month_label(on) if is_month else day(on)
    return agencies.get(word) or WHOSE.get(word) or word.replace("_", " ").replace("-", " ")
