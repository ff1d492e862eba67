"""Phrases found in the words of a source: the longest first, slips of the pen put right."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from lscb_core.imports.sources.lexicon import (
    Sense,
    council_initials,
    lexicon,
    meant_alone,
    sense_of,
    vocabulary,
)
from lscb_core.imports.sources.shortened import shortened
from lscb_core.imports.sources.text import HEAD, Word

_LONGEST_PHRASE = 6


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase in its place. `sense` is None where the word is not known."""

    words: tuple[str, ...]
    sense: Sense | None
    worth: float = HEAD
    shut_out: bool = False
    apart: bool = False
    below: bool = False

    @property
    def names(self) -> bool:
        """Whether the phrase speaks for a group."""
        return bool(self.sense and self.sense.group) and not self.shut_out

    @property
    def strange(self) -> bool:
        """Whether the word is not known."""
        return self.sense is None and not self.shut_out and len(self.words[0]) > 1


def phrases_of(words: Sequence[Word], text: str) -> list[Found]:
    """The words as phrases, in their order. `text`: what they were cut from."""
    if alone := _whole(words, text):
        return [alone]
    right = [each for word in words for each in _put_right(word)]
    found, at = [], 0
    while at < len(right):
        one = _longest(right[at : at + _LONGEST_PHRASE])
        found.append(one)
        at += len(one.words)
    return [replace(found[0], sense=_alone(found[0]))] if len(found) == 1 else found


def _whole(words: Sequence[Word], text: str) -> Found | None:
    """The entry as one phrase, where it means something that its words in company would not."""
    letters = "".join(each for each in text if each.isalnum())
    for said in (tuple(each.text for each in words), (letters,)):
        sense = meant_alone().get(said)
        if sense and not any(each.shut_out for each in words):
            return Found(said, sense)
    return None


def _longest(words: Sequence[Word]) -> Found:
    first = words[0]
    for length in range(len(words), 1, -1):
        some = words[:length]
        texts = tuple(each.text for each in some)
        if not any(_cut_off(first, each) for each in some[1:]) and (sense := lexicon().get(texts)):
            return _found(texts, sense, first)
    return _found((first.text,), sense_of((first.text,)), first)


def _found(words: tuple[str, ...], sense: Sense | None, first: Word) -> Found:
    return Found(words, sense, first.worth, first.shut_out, first.apart, first.below)


def _alone(only: Found) -> Sense | None:
    """What the one word of a spelling says: it may be cut short; a council's initials say too little."""
    text = only.words[0]
    if only.words in lexicon():
        return only.sense
    return shortened(text) if only.sense is None or council_initials(text) else only.sense


def _cut_off(first: Word, other: Word) -> bool:
    return other.apart or other.worth != first.worth or other.shut_out != first.shut_out


def _put_right(word: Word) -> Iterator[Word]:
    for at, text in enumerate(_spelt(word.text)):
        yield replace(word, text=text, apart=word.apart and at == 0, below=word.below and at == 0)


@lru_cache(maxsize=20_000)
def _spelt(text: str) -> tuple[str, ...]:
    """The word as it should be: itself, two words run together, or the one known word it comes close to."""
    if text in vocabulary() or sense_of((text,)) is not None:
        return (text,)
    if len(text) >= 8:
        pairs = [(text[:at], text[at:]) for at in range(3, len(text) - 2)]
        for pair in pairs:
            if all(each in vocabulary() for each in pair):
                return pair
    near = _near(text) if len(text) >= 5 and not re.search("[0-9]", text) else ()
    return near[:1] if len(near) == 1 else (text,)


def _near(text: str) -> tuple[str, ...]:
    slips = 2 if len(text) >= 9 else 1
    for allowed in range(1, slips + 1):
        near = [word for word in _long_words(text) if _slips(text, word, allowed) <= allowed]
        if near:
            return tuple(near)
    return ()


def _long_words(text: str) -> list[str]:
    """The words that the text may be a slip of. They begin alike; a short one has to be a letter short."""
    alike = [word for word in vocabulary() if word[0] == text[0] and len(word) >= 5]
    return alike if len(text) > 5 else [word for word in alike if len(word) == len(text) + 1]


def _slips(one: str, other: str, most: int) -> int:
    """Letters left out, put in, changed or swapped with the next, up to one more than `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row, older = row, [i], before
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        before = last
    return row[-1]
