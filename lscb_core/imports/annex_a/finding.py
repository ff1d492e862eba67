"""Finds the lists and their columns, whatever the case, spaces, signs and small rewordings of their names."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

from lscb_core.imports.annex_a.lists import CHILD, KNOWN_HEADERS, LISTS, Column, List
from lscb_core.imports.workbooks.sheets import clean_text

CLOSE_ENOUGH = 0.75
"""Of all the words of a header and of the name looked for, this share has to be in both."""
LESS_FOR_EACH = 0.01  # the further down the list of names, the less a column fits
SAME_WORD = 0.85  # how alike two words must be to be one word misspelled
LONGEST = 200  # letters of a header that are looked at
LONG_ENOUGH = 5  # letters of a word that may be misspelled

_BRACKETS = re.compile(r"\([^)]*\)?")
_INNER_CAPITAL = re.compile(r"(?<=[a-z]{2})(?=[A-Z])")
_PHRASES = tuple(
    (re.compile(pattern), f" {word} ")
    for pattern, word in (
        (r"\bs(ection)? ?47s?\b", "s47"),
        (r"\binitial (child protection|cp) (case )?conferences?\b|\binitial cpcs?\b|\bicpcs?\b", "icpc"),
        (r"\b(child protection|cp) plans?\b|\bcpps?\b", "cpp"),
        (r"\bno further action\b|\bn f a\b", "nfa"),
        (r"\bchild(ren)? in need\b", "cin"),
        (r"\b((last|past|previous|prior|preceding) )?(12|twelve) months?\b", "year"),
        (r"\bre ?referrals?\b", "again"),
        (r"\bd ?o ?b\b", "date birth"),
    )
)
_SAME = {
    word: name
    for name, spellings in {
        "referral": "referrals referred referrer",
        "contact": "contacts contacted",
        "assessment": "assessments",
        "start": "started starts commenced commencement begin began begun beginning",
        "end": "ended ends ceased cease closed close closure",
        "date": "dates dated day datetime",
        "source": "sources",
        "enquiry": "enquiries inquiry inquiries investigation investigations",
        "number": "no num nos count",
        "conference": "conferences",
        "category": "categories",
        "id": "identifier identification ref reference",
        "plan": "plans",
        "latest": "current",
    }.items()
    for word in spellings.split()
}
_SAYS_NOTHING = """of the a an in at on to for was were is did does do has by and or with this it its child
 childs children childrens s dd mm yy yyyy format"""
_PASSED_OVER = frozenset(_SAYS_NOTHING.split())
_LIST_NUMBER = re.compile(r"(\b(?:list|l|tab|annex a)\W*|^\W*)0*(1[01]|[1-9])(?!\d)")


@cache
def words(text: str) -> frozenset[str]:
    """What a name says: its words in one spelling, without those that say nothing."""
    spaced = _INNER_CAPITAL.sub(" ", text)
    said = " ".join(re.findall(r"[a-z0-9]+", spaced.casefold().replace("’", "").replace("'", "")))
    for pattern, word in _PHRASES:
        said = pattern.sub(word, said)
    found = frozenset(_SAME.get(word, word) for word in said.split()) - _PASSED_OVER
    return found - {"date"} if found & {"start", "end"} else found  # "Plan started" is a date by itself


@cache
def _known_words() -> tuple[str, ...]:
    names = [name for each in LISTS for name in each.names]
    headers = [name for each in LISTS for column in (CHILD, *each.columns) for name in _names(column)]
    found = {word for name in (*names, *headers, *KNOWN_HEADERS) for word in words(name)}
    return tuple(sorted(word for word in found if len(word) >= LONG_ENOUGH))


def _names(column: Column) -> tuple[str, ...]:
    return (column.header, *column.also, *column.short)


@cache
def _mended(word: str) -> str:
    """The known word that this one is, if it is one misspelled."""
    if len(word) < LONG_ENOUGH:
        return word
    close = get_close_matches(word, _known_words(), n=1, cutoff=SAME_WORD)
    return _SAME.get(close[0], close[0]) if close else word


def likeness(text: str, name: str) -> float:
    """How far two names say the same: 1 where they do, 0 where no word is in both."""
    wanted = words(name)
    if _letters(text) == _letters(name):
        return 1.0
    return max(len(said & wanted) / len(said | wanted) if said else 0.0 for said in _readings(text))


@cache
def _readings(text: str) -> tuple[frozenset[str], ...]:
    """The words of a name without what it adds in brackets, and with it."""
    plain = _BRACKETS.sub(" ", text)
    return tuple(frozenset(_mended(word) for word in words(each)) for each in (plain, text))


@cache
def _letters(text: str) -> str:
    return "".join(re.findall(r"[a-z0-9]", text.casefold()))


def lists_named(sheet: str) -> list[List]:
    """The lists that a sheet's name tells of: none, one, or, where it contradicts itself, two."""
    plain = _BRACKETS.sub(" ", sheet)
    number = _LIST_NUMBER.search(plain.casefold().replace("_", " "))
    rest = plain[number.end() :] if number else plain
    fit, best = max(((_fits(rest, each), each) for each in LISTS), key=lambda pair: pair[0])
    found = {best.number: best} if fit >= CLOSE_ENOUGH else {}
    if number and (found or number[1].strip() or not words(rest)):  # "1 April" is no list
        found |= {each.number: each for each in LISTS if each.number == int(number[2])}
    return list(found.values())


def _fits(name: str, wanted: List) -> float:
    return max(likeness(name, each) for each in wanted.names)


@dataclass(frozen=True, slots=True)
class Headers:
    """The row of headers: its number, the columns found (key -> place from 0), those that could be two."""

    row: int
    cells: tuple[str, ...]
    places: dict[str, int]
    doubtful: dict[str, tuple[int, ...]]

    def known(self) -> int:
        """How many of its cells are headers that are known, of this list or of any."""
        shared = sum(any(likeness(cell, name) >= 1 for name in KNOWN_HEADERS) for cell in self.cells if cell)
        return shared + len(self.places) + len(self.doubtful)

    def missing(self, wanted: List) -> list[Column]:
        """The needed columns that are not there."""
        found = {*self.places, *self.doubtful}
        return [column for column in wanted.columns if column.needed and column.key not in found]


def headers_of(rows: Iterable[tuple[int, Sequence[Any]]], wanted: List, *, named: bool = True) -> Headers:
    """The first row among these that has all that is needed; else the one most like headers, or the first.

    `named`: the sheet's name has told which list it is, so that short headers will do.
    """
    best, most = Headers(0, (), {}, {}), -1
    for number, cells in rows:
        found = _headers(number, cells, wanted, named=named)
        known = found.known()
        if not found.missing(wanted) and known > 1:
            return found
        if known > most:
            best, most = found, known
    return best


def _headers(number: int, cells: Sequence[Any], wanted: List, *, named: bool) -> Headers:
    said = tuple(clean_text(cell[:LONGEST]) if isinstance(cell, str) else "" for cell in cells)
    headers = Headers(number, said, {}, {})
    for column in (CHILD, *wanted.columns):
        best, places = 0.0, tuple[int, ...]()
        for place, cell in enumerate(said):
            fit = _fit(cell, column, named=named) if cell else 0.0
            if fit > best:
                best, places = fit, (place,)
            elif fit and fit == best:
                places += (place,)
        if len(places) == 1 or (places and not column.needed):
            headers.places[column.key] = places[0]
        elif places:
            headers.doubtful[column.key] = places
    return headers


def _fit(cell: str, column: Column, *, named: bool) -> float:
    """How well a header fits a column; 0 where it does not. Of its names the first ones fit best."""
    names = _names(column) if named else (column.header, *column.also)
    fits = [
        fit - LESS_FOR_EACH * place
        for place, name in enumerate(names)
        if (fit := likeness(cell, name)) >= CLOSE_ENOUGH
    ]
    return max(fits, default=0.0)
