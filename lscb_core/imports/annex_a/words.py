"""The words of an Annex A cell: yes or no, a category of abuse, a number, a source that is safe to show."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Any

from lscb_core.imports.reading import Spelling
from lscb_core.imports.sources.words import Meaning, meaning
from lscb_core.imports.workbooks.sheets import clean_text

NOT_RECORDED = "UN"
MOST_UNKNOWN = 60
"""With more spellings that are not understood, the column is hardly one of sources: none is shown."""
LONGEST_SHOWN, LONGEST_ASKED = 60, 120

_LETTER = re.compile(r"^\(?[a-z0-9]{1,2}\) *")
_YES = frozenset({"yes", "y", "true", "1", "nfa"})
_NO = frozenset({"no", "n", "false", "0"})
_NEITHER = frozenset({"not known", "unknown", "not recorded", "n/a", "none", "-"})
_CATEGORIES = {
    "NEG": re.compile(r"\bneg"),
    "PHY": re.compile(r"\bphy"),
    "SAB": re.compile(r"\bsex|\bsab\b|\bcsa\b"),
    "EMO": re.compile(r"\bemo"),
    "MUL": re.compile(r"\bmul|\bmore than one\b"),
}
_DATE = re.compile(r"\b\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b")
_NUMBER = re.compile(r"\d{4}")  # 111 and 101 may be called, a number of four digits is somebody's
_SAFE = re.compile(r"[^\w &/()\[\].,:;'’+-]")


@cache
def yes_or_no(value: Any) -> bool | None:
    """True, False, or None where nothing is said. Raises ValueError for other words."""
    said = _LETTER.sub("", clean_text(value).casefold())
    if not said or said in _NEITHER:
        return None
    if said.startswith("no further action"):
        return True
    first = re.split(r"[\s:;,.–-]+", said, maxsplit=1)[0]
    if first in _YES or first in _NO:
        return first in _YES
    raise ValueError("neither yes nor no")


def category(value: Any) -> str:
    """The code of a category of abuse, MUL where several are named, "" for nothing. Raises ValueError."""
    said = _LETTER.sub("", clean_text(value).casefold())
    named = [code for code, stem in _CATEGORIES.items() if stem.search(said)]
    if said and not named:
        raise ValueError("no category")
    return "" if not named else named[0] if len(named) == 1 else "MUL"


def how_many(value: Any) -> int | None:
    """A number of referrals; yes is 1 and no is 0; None where nothing is said. Raises ValueError."""
    said = clean_text(value)
    if re.fullmatch(r"\d{1,3}", said):
        return int(said)
    answer = yes_or_no(value)
    return None if answer is None else int(answer)


class Sources:
    """Reads the sources of a file, and keeps the spellings that were not understood."""

    def __init__(self, remembered: Mapping[str, str]) -> None:
        self._remembered = remembered
        self._asked: dict[str, tuple[str, Meaning]] = {}
        self._records: Counter[str] = Counter()
        self._read: dict[Any, tuple[str, str]] = {}

    def of(self, value: Any, records: int) -> str:
        """The code or group of a source; not recorded where nothing is said or the board has to be asked.

        Raises ValueError for what cannot be a source: a date, a long number, a long text.
        """
        known = (type(value), value)
        if known not in self._read:
            self._read[known] = self._understood(value)
        source, key = self._read[known]
        if key:
            self._records[key] += records
        return source

    def _understood(self, value: Any) -> tuple[str, str]:
        """The code or group of a source, and the key of what has to be asked about."""
        words = clean_text(value)
        if not words:
            return NOT_RECORDED, ""
        if not isinstance(value, str | float) or _DATE.search(words):
            raise ValueError("no source")
        found = meaning(words, remembered=self._remembered)
        if found.group:
            return found.code or found.group, ""
        if _NUMBER.search(words) or len(words) > LONGEST_ASKED:
            raise ValueError("no source")
        self._asked.setdefault(found.key, (words, found))
        return NOT_RECORDED, found.key

    @property
    def too_many(self) -> bool:
        """More is not understood than a column of sources could hold."""
        return len(self._asked) > MOST_UNKNOWN

    def spellings(self) -> list[Spelling]:
        """What has to be asked, the most frequent first; nothing where it is too much."""
        if self.too_many:
            return []
        return [
            Spelling(key, _shown(self._asked[key][0]), records, self._asked[key][1].suggested)
            for key, records in self._records.most_common()
        ]


def _shown(words: str) -> str:
    return _SAFE.sub("", words)[:LONGEST_SHOWN].strip()
