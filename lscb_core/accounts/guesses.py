"""How many guesses a text would stand, as zxcvbn estimates it, and of what it is made."""

from collections.abc import Iterator, Mapping
from threading import Lock
from typing import Any, NamedTuple

from lscb_core.accounts.known_words import CALENDAR, COMMON

RUN = "a row of keys, letters or figures"
REPEAT = "the same again and again"
NAME = "a name"
WORD = "a common word"
LOOKED_AT = 32
"""Characters that are looked at together: the time grows with their cube."""
_KINDS = {"spatial": RUN, "sequence": RUN, "repeat": REPEAT, "date": CALENDAR, "regex": CALENDAR}
_LISTS = {"passwords": COMMON, "surnames": NAME, "male_names": NAME, "female_names": NAME}
_SHORTEST_NAMED = 3  # what is found of two letters is chance, and says nothing to anybody
_one_at_a_time = Lock()  # zxcvbn keeps the words that it is told in one place for all


class Estimate(NamedTuple):
    """After how many guesses a text is found, and the kinds of what it is made of, in words."""

    guesses: float
    kinds: tuple[str, ...]


def estimate(text: str, known: Mapping[str, str]) -> Estimate:
    """The estimate of a text of any length. `known` are more words, in small letters, and their kinds.

    Of a long text both ends are looked at, and the harder one counts: whoever finds the whole has found both.
    """
    return max(_of_an_end(end, known) for end in {text[:LOOKED_AT], text[-LOOKED_AT:]})


def _of_an_end(text: str, known: Mapping[str, str]) -> Estimate:
    from zxcvbn import zxcvbn  # its lists take time and memory that only a new password needs

    if not text:
        return Estimate(1, ())  # zxcvbn fails on nothing
    with _one_at_a_time:
        found = zxcvbn(text, user_inputs=list(known), max_length=LOOKED_AT)
    return Estimate(float(found["guesses"]), tuple(dict.fromkeys(_kinds(found["sequence"], known))))


def _kinds(parts: list[dict[str, Any]], known: Mapping[str, str]) -> Iterator[str]:
    for part in parts:
        if part["pattern"] == "repeat":
            yield from _kinds(part["base_matches"], known)
        if part["pattern"] == "dictionary" and len(part["token"]) >= _SHORTEST_NAMED:
            yield known.get(part["matched_word"]) or _LISTS.get(part["dictionary_name"], WORD)
        elif part["pattern"] in _KINDS:
            yield _KINDS[part["pattern"]]
