"""The lists of words, ready to be looked up: each phrase with what it says of the source."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from lscb_core.imports.source_people import BODIES, NEUTRAL, PEOPLE
from lscb_core.imports.source_services import COUNCIL, SERVICES
from lscb_core.imports.source_text import phrase

STRENGTH = {"sure": 6.0, "firm": 4.5, "fair": 3.0, "broad": 1.5, "slight": 1.0}
_COUNCIL_INITIALS = re.compile(r"[a-z]{1,2}(?:cc|bc|mbc|dc)")


@dataclass(frozen=True, slots=True)
class Sense:
    """What a phrase says: its group, how strongly, its code; or the groups to ask about, and how firmly."""

    group: str = ""
    weight: float = 0.0
    code: str = ""
    asks: tuple[str, ...] = ()
    hard: bool = False


NOTHING = Sense()


@cache
def lexicon() -> Mapping[tuple[str, ...], Sense]:
    """All phrases. A phrase of no word of its own ("of") is left out; what says nothing is `NOTHING`."""
    known = {phrase(each): NOTHING for each in re.split(r"[,\n]", NEUTRAL)}
    known.update(phrases_listed())
    known.pop((), None)
    return known


def phrases_listed() -> list[tuple[tuple[str, ...], Sense]]:
    """The phrases that say something, as they stand in the lists."""
    return [entry for listed in (SERVICES, COUNCIL, PEOPLE, BODIES) for entry in _listed(listed)]


@cache
def vocabulary() -> frozenset[str]:
    """Every word that stands in a phrase."""
    return frozenset(word for words in lexicon() for word in words)


def sense_of(words: tuple[str, ...]) -> Sense | None:
    """What the phrase says, or None where it is not known."""
    found = lexicon().get(words)
    if found is None and len(words) == 1:
        return _family(words[0])
    return found


def council_initials(word: str) -> bool:
    """Whether the word ends as councils' initials do: HCC, WBC, DMBC."""
    return bool(_COUNCIL_INITIALS.fullmatch(word))


def _family(word: str) -> Sense | None:
    """Initials that are made by one pattern: NHS bodies, mental health teams, councils."""
    if re.fullmatch(r"nhs[a-z]{1,4}|[acoj]?p?mh[a-z]?t", word):
        return Sense("health", STRENGTH["sure"])
    if re.fullmatch(r"ssd[a-z]", word):
        return Sense("la_services", STRENGTH["sure"])
    if council_initials(word):
        return Sense("la_services", STRENGTH["fair"])
    return None


def _listed(text: str) -> Iterator[tuple[tuple[str, ...], Sense]]:
    head = Sense()
    for line in text.strip().splitlines():
        if line.startswith("["):
            head = _head(line.strip("[]").split())
            continue
        for entry in line.split(","):
            words, _, code = entry.strip().partition("=")
            yield phrase(words), Sense(head.group, head.weight, code, head.asks, head.hard)


def _head(said: list[str]) -> Sense:
    if said[0] == "asks":
        return Sense(asks=tuple(each for each in said[1:] if each != "hard"), hard=said[-1] == "hard")
    return Sense(said[0], STRENGTH[said[1]])
