"""Phrases found in the words of a source: the longest first, slips of the pen and cut words put right."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from lscb_core.imports.source_lexicon import NOTHING, Sense, lexicon, sense_of, vocabulary
from lscb_core.imports.source_text import Word

_LONGEST_PHRASE = 6


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase in its place. `sense` is None where the word is not known."""

    words: tuple[str, ...]
    sense: Sense | None
    worth: float
    shut_out: bool
    apart: bool

    @property
    def names(self) -> bool:
        """Whether the phrase speaks for a group."""
        return bool(self.sense and self.sense.group) and not self.shut_out

    @property
    def strange(self) -> bool:
        """Whether the word is not known."""
        return self.sense is None and not self.shut_out


def phrases_of(words: Sequence[Word]) -> list[Found]:
    """The words as phrases, in their order."""
    right = [each for word in words for each in _put_right(word)]
    found, at = [], 0
    while at < len(right):
        one = _longest(right[at : at + _LONGEST_PHRASE])
        found.append(one)
        at += len(one.words)
    return found


def _longest(words: Sequence[Word]) -> Found:
    first = words[0]
    for length in range(len(words), 1, -1):
        some = words[:length]
        texts = tuple(each.text for each in some)
        if not any(_cut_off(first, each) for each in some[1:]) and (sense := lexicon().get(texts)):
            return Found(texts, sense, first.worth, first.shut_out, first.apart)
    sense = sense_of((first.text,)) or _shortened(first.text)
    return Found((first.text,), sense, first.worth, first.shut_out, first.apart)


def _cut_off(first: Word, other: Word) -> bool:
    return other.apart or other.worth != first.worth or other.shut_out != first.shut_out


def _put_right(word: Word) -> Iterator[Word]:
    for at, text in enumerate(_spelt(word.text)):
        yield replace(word, text=text, apart=word.apart and at == 0)


@cache
def _spelt(text: str) -> tuple[str, ...]:
    """The word as it should be: itself, two words run together, or the one known word it comes close to."""
    if text in vocabulary() or sense_of((text,)) is not None:
        return (text,)
    if len(text) >= 8:
        pairs = [(text[:at], text[at:]) for at in range(3, len(text) - 2)]
        for pair in pairs:
            if all(each in vocabulary() for each in pair):
                return pair
    near = _near(text) if len(text) >= 6 and not re.search("[0-9]", text) else ()
    return near[:1] if len(near) == 1 else (text,)


def _near(text: str) -> tuple[str, ...]:
    slips = 2 if len(text) >= 9 else 1
    for allowed in range(1, slips + 1):
        near = [word for word in vocabulary() if len(word) >= 5 and _slips(text, word, allowed) <= allowed]
        if near:
            return tuple(near)
    return ()


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


@cache
def _shortened(text: str) -> Sense | None:
    """What a word cut short ("FATH", "PROB") can only stand for; None where it could be two things."""
    senses = {_bare(sense) for cut in (text, text + "s") for sense in _completions(cut)}
    return senses.pop() if len(senses) == 1 else None


def _bare(sense: Sense) -> Sense:
    return Sense(sense.group, 3.0)


def _completions(text: str) -> Iterator[Sense]:
    for words, sense in lexicon().items():
        if sense is NOTHING or not sense.group:
            continue
        if (len(words) == 1 and _cut_short(text, words[0])) or _pieces(text, words):
            yield sense


def _cut_short(text: str, word: str) -> bool:
    return word.startswith(text) and (len(text) >= 4 or (len(text) == 3 and len(word) <= 5))


def _pieces(text: str, words: tuple[str, ...]) -> bool:
    """Whether the text is the beginnings of two words set together, as in GRPA for "grand parent"."""
    if len(text) < 4 or len(words) < 2:
        return False
    return any(
        words[0].startswith(text[:at]) and words[1].startswith(text[at:]) for at in range(1, len(text))
    )
