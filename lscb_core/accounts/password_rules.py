"""What a new password has to be: 12 to 128 characters of any kind, and not what anybody would try first.

There is no rule about capitals, figures or signs. What is left of a password after everything guessable is
taken out (common words, the account's and the boards' names, months and years, rows of keys, repeats) has to
be long enough by itself. Passwords that were chosen before a rule stay good: only a new one is looked at.
"""

import re
import unicodedata
from collections.abc import Iterable

from lscb_core.accounts.known_words import CALENDAR, ROWS, SIGNS_FOR_LETTERS, WORDS
from lscb_core.domain.numbers import listed
from lscb_core.errors import BadInput

SHORTEST, LONGEST = 12, 128
LEAST_LEFT = 8
"""Characters that have to be left when everything guessable is taken out."""
FEWEST_KINDS = 5
"""Different characters that a password has at the least."""
OWN = "the account's own name or role"
BOARDS = "the name of a board"
RUN = "a row of keys, letters or figures"
REPEAT = "the same again and again"
ADVICE = "Take three or four words that do not belong together; spaces are welcome."
_YEAR = re.compile(r"(?:19|20)\d\d")
_AGAIN = re.compile(r"(.+?)\1{2,}")
_TWICE = re.compile(r"(.+)\1")
_NEIGHBOURS = {
    pair for row in ROWS for line in (row, row[::-1]) for pair in zip(line, line[1:], strict=False)
}
_SHORTEST_RUN = 4
_WHOLE_WORD_UNDER = 5  # a short word counts only where it stands alone: "care" is part of many others


def check_password(new: str, *, name: str, label: str, boards: Iterable[str]) -> None:
    """Raise BadInput, saying why and what to do, where this cannot be the account's new password.

    `boards` are the names that the boards go by. The password itself stands in no message.
    """
    _check_length(new)
    if len(set(new)) < FEWEST_KINDS:
        raise _guessable([REPEAT])
    known = {OWN: _words(name, label), BOARDS: _words(*boards), **WORDS}
    small = _small(new)
    for text in (small, small.translate(SIGNS_FOR_LETTERS)):
        left, found = _left_of(text, known)
        if left < LEAST_LEFT:
            raise _guessable(sorted(found) or [REPEAT])


def _guessable(kinds: list[str]) -> BadInput:
    return BadInput(
        "This password was not taken.",
        why=f"Nearly all of it is {listed(kinds)}: that is tried first.",
        advice=ADVICE,
    )


def _check_length(new: str) -> None:
    if "\x00" in new or any("\ud800" <= each <= "\udfff" for each in new):
        raise BadInput(
            "This password was not taken.",
            why="It holds a character that cannot be typed again.",
            advice="Type it by hand instead of pasting it.",
        )
    if not SHORTEST <= len(new) <= LONGEST:
        raise BadInput(
            "This password was not taken.",
            why=f"It has {len(new):,} characters; {SHORTEST} to {LONGEST} are needed.",
            advice=ADVICE,
        )


def _small(text: str) -> str:
    """Small letters without accents; wide and decorated letters as plain ones."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each)).casefold()


def _words(*texts: str) -> frozenset[str]:
    """The words of names, and each name as one word."""
    small = [_small(text) for text in texts]
    return frozenset(word for text in small for word in (*re.split(r"[\W_]+", text), _letters(text)) if word)


def _letters(text: str) -> str:
    return "".join(each for each in text if each.isalnum())


def _left_of(text: str, known: dict[str, frozenset[str]]) -> tuple[int, set[str]]:
    """How many characters nobody could guess are left, and of what kinds the others were.

    Signs and spaces between are taken out before longer words are looked for; each counts once.
    """
    found: set[str] = set()
    signs = {each for each in text if not each.isalnum()}
    text = _letters(_without_short_words(text, known, found))
    for kind, pattern, instead in ((CALENDAR, _YEAR, " "), (REPEAT, _AGAIN, r"\1")):
        text = _taken_out(text, kind, pattern, instead, found)
    words = {word: kind for kind, some in known.items() for word in some if len(word) >= _WHOLE_WORD_UNDER}
    for word in sorted(words, key=len, reverse=True):
        text = _taken_out(text, words[word], re.compile(re.escape(word)), " ", found)
    text = _without_runs(text, found).replace(" ", "")
    if twice := _TWICE.fullmatch(text):
        found.add(REPEAT)
        text = twice[1]
    different = len(set(text))
    return (different if different < FEWEST_KINDS else len(text)) + len(signs), found


def _without_short_words(text: str, known: dict[str, frozenset[str]], found: set[str]) -> str:
    words = {word: kind for kind, some in known.items() for word in some if len(word) < _WHOLE_WORD_UNDER}

    def instead(match: re.Match[str]) -> str:
        if match[0] not in words:
            return match[0]
        found.add(words[match[0]])
        return " "

    return re.sub(r"[^\W\d_]+", instead, text)


def _taken_out(text: str, kind: str, pattern: re.Pattern[str], instead: str, found: set[str]) -> str:
    changed = pattern.sub(instead, text)
    if changed != text:
        found.add(kind)
    return changed


def _without_runs(text: str, found: set[str]) -> str:
    """The text without each run of four or more neighbours on a keyboard or in the alphabet."""
    left, begin = "", 0
    for end in range(1, len(text) + 1):
        if end < len(text) and (text[end - 1], text[end]) in _NEIGHBOURS:
            continue
        if end - begin < _SHORTEST_RUN:
            left += text[begin:end]
        else:
            found.add(RUN)
        begin = end
    return left
