"""What a council's own words for a source of referral mean: a published group, a code where it is certain.

Words that could be two things are not guessed at: their group is "" and the board is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from lscb_core.domain.codes import SOURCE_GROUP_LABELS, SOURCE_GROUPS
from lscb_core.imports.sources.code import coded, groups_of
from lscb_core.imports.sources.lexicon import STRENGTH
from lscb_core.imports.sources.phrases import phrases_of
from lscb_core.imports.sources.text import LONGEST, key_of, repaired, words_of
from lscb_core.imports.sources.weighing import Weighed

_TAKEN_IN = {"5": ("housing",), "7": ("police",)}
"""Number -> groups that its own name, loosely read, takes in: council housing, the police."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What words for a source mean. `group` is "" where the board must be asked.

    `key`: the words without case, spaces and signs, at most 200 characters. `code`: of `codes.SOURCES`, or ""
    where only the group is certain. `suggested`: groups that it could be, the likeliest first.
    """

    key: str
    code: str = ""
    group: str = ""
    suggested: tuple[str, ...] = ()


def meaning(words: str, *, remembered: Mapping[str, str]) -> Meaning:
    """The meaning of a source as a file words it. Never raises.

    `remembered`: key -> source code or group that a person chose for this board; it wins over every rule.
    """
    understood = _understood(words[:LONGEST])
    chosen = remembered.get(understood.key, "")
    if chosen in SOURCE_GROUPS:
        return Meaning(understood.key, chosen, SOURCE_GROUPS[chosen])
    if chosen in SOURCE_GROUP_LABELS:
        return Meaning(understood.key, "", chosen)
    return understood


@lru_cache(maxsize=20_000)
def _understood(words: str) -> Meaning:
    key, plain = key_of(words), coded(repaired(words))
    weighed = Weighed(phrases_of(words_of(plain.rest), plain.rest))
    if plain.code:
        return _with_code(key, plain.code, weighed)
    if weighed.group:
        return Meaning(key, _code(weighed.group, weighed), weighed.group)
    return Meaning(key, suggested=weighed.suggested)


def _code(group: str, weighed: Weighed) -> str:
    """The code that the phrases of the group agree on, or the group's only one; "" where that is not sure."""
    named = weighed.codes.get(group, set())
    of_group = [code for code, its in SOURCE_GROUPS.items() if its == group]
    certain = list(named) if named else of_group
    return certain[0] if len(certain) == 1 else ""


def _with_code(key: str, code: str, weighed: Weighed) -> Meaning:
    """What an official code says, unless the words say something else.

    A number alone needs words that say the same, or none: "6 month review" is not the police's. It gives
    way to certain words that say the same more exactly: the police are a legal agency too.
    """
    groups = groups_of(code)
    against = [g for g, said in weighed.weights.items() if said >= STRENGTH["firm"] and g not in groups]
    borne_out = [group for group in weighed.weights if group in groups]
    silent = not code.isdigit() or not weighed.found or (code == "8" and weighed.says_other)
    if code in SOURCE_GROUPS and (borne_out or (silent and not against)):
        return Meaning(key, code, groups[0])
    if against and against == [weighed.group] and weighed.group in _TAKEN_IN.get(code, ()):
        return Meaning(key, _code(weighed.group, weighed), weighed.group)
    if borne_out and not against:
        return Meaning(key, _code(borne_out[0], weighed), borne_out[0])
    return Meaning(key, suggested=tuple(dict.fromkeys([*against, *groups])))
