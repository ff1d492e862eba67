"""What the heading of a column says, whatever the release writes it like.

`Re_referrals_percent`, `re-referral pct` and `% of re-referrals` say the same: the word "rereferral", as a
percentage. Case, spaces, signs, plurals and words that add nothing are put aside; what is known by several
names gets one (SAME); spans of time get one form: "0-10" (working days), "12-24m" (months), "21+".
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Kind = Literal["count", "percent", "rate"]

SAME = """
rereferral = re referral | rereferral | repeat referral | referral within 12 month of a previous referral
nfa = nfa | no further action | resulted in no further action | resulting in no further action
notinneed = not in need | assessed not in need | assessed as not in need | assessed and not in need \
| assessed as not being in need | found not in need | notinneed
s47 = section 47 | sec 47 | sect 47 | s 47 | s 47 s | section 47 enquiry | section 47 investigation \
| s 47 enquiry | s 47 investigation
icpc = icpc | initial child protection conference | initial cp conference | initial cpc \
| initial conference | first child protection conference
cpp = cpp | child protection plan | cp plan | protection plan | plan \
| subject of a child protection plan | subject of a cpp | subject of a plan
at31 = at 31 march | at 31 mar | at 31 st march | at 31 \
| on 31 march | on 31 st march | as at 31 march | 31 march
anypoint = any point | anypoint | at any point | any time | at any time | at any point during the year
start = start | started | starting | beginning | began | begun
end = end | ended | ending | ceased | ceasing
referral = referral | referred
lower = 25 th percentile | 25 percentile | percentile 25 | lower quartile | quartile 1
upper = 75 th percentile | 75 percentile | percentile 75 | upper quartile | quartile 3
median = median | 50 th percentile | percentile 50
la = la | local authority | council | utla | lea
rate = rate | per 10 000 | per 10 000 child | per 10 k | per 10000 | per 10000 child | rate per 10 000 \
| rate per 10 000 child | rate per 10000 | rate per 10000 child | rate per 10 k | rate per 10 k child
percent = percent | per cent | percentage | pct | pctg | perc | pcent | pcnt | pc | proportion | share | prop
= number of | no of | num of | count of | in year | during year | within year | year ending 31 march \
| year ended 31 march | year end 31 march | year to 31 march | in year to 31 march | in year ending 31 march \
| during year to 31 march | during year ending 31 march
"""
"""The one word, and the phrases (in the singular) that mean it; phrases of no meaning come last."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


LITTLE = _set("of the a an")
IDLE = _set(
    "in for by with and as number count total num n no all value figure population that were was which who"
)
KINDS: dict[str, Kind] = {"percent": "percent", "rate": "rate"}
BOUNDS = _set(
    "to up or more than over under less fewer but and between from at least plus above below within longer "
    "working day month year"
)
LEAST, MOST = _set("more plus over above longer least"), _set("less fewer under")
INCLUDED = _set("or and plus least")
IN_MONTHS = {"month": 1, "year": 12}


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a heading that matter, in no order, and what kind of number stands under it."""

    words: frozenset[str]
    kind: Kind = "count"

    @property
    def numbers(self) -> frozenset[str]:
        """The words with a digit: two headings that differ in these never mean the same."""
        return frozenset(word for word in self.words if any(letter.isdigit() for letter in word))


@lru_cache(maxsize=4096)
def said(heading: str) -> Said:
    """What a heading says."""
    words = _bands(_one_name(_singular(_split(heading))))
    kinds = [KINDS[word] for word in words if word in KINDS]
    kept = frozenset(word for word in words if word not in IDLE and word not in KINDS)
    return Said(kept, kinds[0] if kinds else "count")


def _split(heading: str) -> list[str]:
    """noFurtherAction%: no, further, action, percent."""
    text = unicodedata.normalize("NFKD", heading[:200])
    text = text.replace("%", " percent ").replace("+", " plus ")
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})", " ", text)
    words = re.findall(r"[a-z]+|\d+", text.lower())
    return [word for word in words if not re.fullmatch(r"(19|20)\d\d", word)]


def _singular(words: Iterable[str]) -> list[str]:
    """In the singular, little words left out; a letter at the end is no article ("Referrals_a")."""
    listed = list(words)
    return [_one(word) for at, word in enumerate(listed, 1) if word not in LITTLE or at == len(listed)]


def _one(word: str) -> str:
    if word == "children":
        return "child"
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    is_many = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us"))
    return word[:-1] if is_many else word


def _phrases(listed: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    lines = (line.partition("=") for line in listed.replace("\\\n", "").strip().splitlines())
    return {
        tuple(_singular(phrase.split())): tuple(name.split())
        for name, _, phrases in lines
        for phrase in phrases.split("|")
    }


_NAMES = _phrases(SAME)
_LONGEST = max(len(phrase) for phrase in _NAMES)


def _one_name(words: Sequence[str]) -> list[str]:
    """Each phrase by its one name, the longest phrase first."""
    found: list[str] = []
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST, len(words) - at), 0, -1):
            phrase = tuple(words[at : at + length])
            if phrase in _NAMES:
                found += _NAMES[phrase]
                break
        else:
            found.append(words[at])
        at += length
    return found


def _bands(words: Sequence[str]) -> list[str]:
    """A span of time as one word; the words around it that only bound it are dropped."""
    at = [place for place, word in enumerate(words) if word.isdigit()]
    if not at or len(at) > 2:
        return list(words)
    band = _band([_months(words, place) for place in at], {*words} & BOUNDS)
    return [band, *(word for word in words if word not in BOUNDS and not word.isdigit())]


def _months(words: Sequence[str], at: int) -> tuple[int, str]:
    """A number and its unit, the next that is named: months (of years 12), or none for days."""
    unit = next((word for word in words[at:] if word in ("day", *IN_MONTHS)), "")
    number = int(words[at][:6])
    return (number * IN_MONTHS[unit], "m") if unit in IN_MONTHS else (number, "")


def _band(numbers: list[tuple[int, str]], bounds: set[str]) -> str:
    last, unit = numbers[-1]
    if len(numbers) == 2:
        return f"{numbers[0][0]}-{last}{unit}"
    if bounds & LEAST:
        return f"{last + (not unit and not bounds & INCLUDED)}+{unit}"
    if bounds & MOST or {"up", "to"} <= bounds or "within" in bounds:
        return f"0-{last}{unit}"
    return f"{last}{unit}"
