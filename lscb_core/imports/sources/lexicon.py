"""The lists of words, ready to be looked up: each phrase with what it says of the source."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from lscb_core.imports.sources.people import BODIES, NEUTRAL, PEOPLE
from lscb_core.imports.sources.projects import ALONE, PROJECTS
from lscb_core.imports.sources.services import COUNCIL, SERVICES
from lscb_core.imports.sources.short_forms import ShortForm, short_forms
from lscb_core.imports.sources.text import phrase

STRENGTH = {"certain": 8.0, "sure": 6.0, "firm": 4.5, "fair": 3.0, "broad": 1.5, "slight": 1.0}
_PEOPLE = frozenset(
    phrase("adviser assistant midwife nurse officer psychologist practitioner worker visitor")
)
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
    written = [entry for text in (SERVICES, COUNCIL, PEOPLE, BODIES, PROJECTS) for entry in _listed(text)]
    return written + [(phrase(each.short), _stands_for(each)) for each in short_forms() if not each.alone]


@cache
def meant_alone() -> Mapping[tuple[str, ...], Sense]:
    """What means something only as the whole entry: short forms by their letters, and names of projects."""
    short = {(each.short,): _stands_for(each) for each in short_forms() if each.alone}
    return short | dict(_listed(ALONE))


@cache
def shortenable() -> Mapping[tuple[str, ...], Sense]:
    """The phrases that a code of a few letters may be cut from: not the names of charities and projects."""
    named = {words for words, _ in _listed(PROJECTS)}
    return {words: sense for words, sense in lexicon().items() if words not in named}


@cache
def vocabulary() -> frozenset[str]:
    """Every word that stands in a phrase."""
    return frozenset(word for words in lexicon() for word in words)


def sense_of(words: tuple[str, ...]) -> Sense | None:
    """What the phrase says, or None where it is not known."""
    found = lexicon().get(words)
    if found is None and len(words) == 1:
        return _family(words[0]) or _several(words[0])
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


def _several(word: str) -> Sense | None:
    """More than one person of a short form: EWOs, IROs. NASS is not the plural of a society."""
    return lexicon()[(word[:-1],)] if word.endswith("s") and word[:-1] in _short_people() else None


@cache
def _short_people() -> frozenset[str]:
    return frozenset(
        each.short for each in short_forms() if not each.alone and each.stands_for.split()[-1] in _PEOPLE
    )


def _stands_for(each: ShortForm) -> Sense:
    return Sense(each.group, STRENGTH["sure"], each.code)


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
