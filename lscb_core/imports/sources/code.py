"""The official code that a spelling of a source may carry: "3A", "5B:", "q) 6: Police", "Schools [2A]".

A number before a bracket ("01) Police") counts the entries of some council's own list and is no code.
"""

import re
from dataclasses import dataclass

from lscb_core.domain.codes import SOURCE_GROUPS

# A list letter or number with its bracket: "a)", "p1)", "01)"; but not "(GP)".
_ENTRY = re.compile(r"^\W*(?:\(?[a-z]\d?\)|\d{1,3}\))\s*(?=\S)")
_LETTERS = frozenset("ABCDEF")
_TWO = r"(?:1[a-d]|2[ab]|3[a-f]|5[a-d])"
_FIRST = re.compile(
    rf"^[^a-z0-9]*(?:code\s*)?0?({_TWO}|10|[4-9]|[1-3])(?:\.0+)?(?![a-z0-9]|\.[0-9])[\])'’]?\s*[^a-z0-9(\[]*"
)
_LAST = re.compile(rf"[\[(]\s*0?({_TWO}|10|[4-9])\s*[\])]\W*$|[-:]\s*({_TWO})\W*$")


@dataclass(frozen=True, slots=True)
class Coded:
    """A spelling apart from its code. `code` is "" where there is none, or a stem as "3" for 3A to 3F."""

    code: str
    rest: str


def coded(text: str) -> Coded:
    """The official code of a repaired spelling, and the words without it."""
    own = _ENTRY.sub("", text)
    if found := _FIRST.match(own):
        return Coded(found[1].upper(), own[found.end() :])
    if found := _LAST.search(own):
        return Coded((found[1] or found[2]).upper(), own[: found.start()])
    return Coded("", own)


def groups_of(code: str) -> tuple[str, ...]:
    """The groups that a code or the stem of codes stands for."""
    if code in SOURCE_GROUPS:
        return (SOURCE_GROUPS[code],)
    fitting = [group for each, group in SOURCE_GROUPS.items() if each[0] == code and each[1:] in _LETTERS]
    return tuple(dict.fromkeys(fitting))
