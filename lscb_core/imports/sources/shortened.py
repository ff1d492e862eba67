"""Words cut short ("FATH", "GRPA") and initials: what they can only be, and what they might be."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from lscb_core.imports.sources.lexicon import STRENGTH, Sense, shortenable, vocabulary

_LONGEST_INITIALS = 5
_OF_A_CODE = 4  # letters; longer ones are words of their own, shorter ones initials


@lru_cache(maxsize=20_000)
def shortened(text: str) -> Sense | None:
    """What a word cut short can only stand for; None where nothing known begins so, or two things do."""
    if text in vocabulary():
        return None
    groups = {sense.group for sense in _completions(text)}
    return Sense(groups.pop(), STRENGTH["fair"]) if len(groups) == 1 and "" not in groups else None


@lru_cache(maxsize=20_000)
def hinted(text: str) -> tuple[str, ...]:
    """Groups that initials or a word cut short might stand for, the likeliest first. Never sure enough."""
    if not text.isalpha() or len(text) > _LONGEST_INITIALS:
        return ()
    spelt = [sense for words, sense in shortenable().items() if _initials(words).startswith(text)]
    near = Counter(group for sense in [*_completions(text), *spelt] for group in (sense.group, *sense.asks))
    return tuple(group for group, _ in near.most_common() if group)


def _initials(words: tuple[str, ...]) -> str:
    return "".join(word[0] for word in words)


def _completions(text: str) -> Iterator[Sense]:
    """What every phrase says that the text can be the beginning of."""
    for words, sense in shortenable().items():
        if (len(words) == 1 and _cut_short(text, words[0], sense)) or _pieces(text, words):
            yield sense


def _cut_short(text: str, word: str, sense: Sense) -> bool:
    """Whether the text is the beginning of the word; relatives have names short enough for three."""
    of_kin = sense.code == "1A" and len(text) == 3 and len(word) == 5
    return word.startswith(text) and (len(text) == _OF_A_CODE or of_kin)


def _pieces(text: str, words: tuple[str, ...]) -> bool:
    """Whether the text is the beginnings of two words set together, as in GRPA for "grand parent"."""
    if len(text) != _OF_A_CODE or len(words) < 2:
        return False
    return any(
        words[0].startswith(text[:at]) and words[1].startswith(text[at:]) for at in range(1, len(text))
    )
