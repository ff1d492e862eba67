"""What a new password has to be: 12 to 128 characters of any kind, and hard to guess.

There is no rule about capitals, figures or signs. How many guesses a password would stand is estimated by
zxcvbn, which knows common passwords, words and names, rows of keys, dates and repeats, also where letters are
exchanged for signs. Passwords that were chosen before a rule stay good: only a new one is looked at.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from lscb_core.accounts.guesses import REPEAT, Estimate, estimate
from lscb_core.accounts.known_words import WORDS, letters, without_known_words
from lscb_core.domain.numbers import listed
from lscb_core.errors import BadInput

SHORTEST, LONGEST = 12, 128
FEWEST_GUESSES = 10**10
"""zxcvbn's best mark. The brake leaves a stranger 175,000 tries a year. Whoever has stolen the database makes
about 1,500 a second of one password with a graphics card (bcrypt, cost 12): eleven weeks for so many."""
KNOWN_COUNT = 100
"""What all years and words that are known here count together. zxcvbn takes any four words for a good
password; four words of this work, or the board's name and a date, are none."""
SIGN_COUNTS = 10
"""What each different sign counts where signs are left out: zxcvbn takes one after every letter for hard."""
MOST_SEPARATORS = 3
"""Different signs that may stand between words or letters; where there are more, they are no separators."""
OWN = "the account's own name or role"
BOARDS = "the name of a board"
ADVICE = "Take four words that do not belong together; spaces are welcome."
_SHORTEST_WORD = 3


def check_password(new: str, *, name: str, label: str, boards: Iterable[str]) -> None:
    """Raise BadInput, saying why and what to do, where this cannot be the account's new password.

    `boards` are the names that the boards go by. The password itself stands in no message.
    """
    _check_length(new)
    own, theirs = dict.fromkeys(_words(name, label), OWN), dict.fromkeys(_words(*boards), BOARDS)
    for guesses, kinds in _estimates(new, {**theirs, **own, **WORDS}):
        if guesses < FEWEST_GUESSES:
            raise BadInput(
                "This password was not taken.",
                why=f"Nearly all of it is {listed(list(kinds) or [REPEAT])}: that is tried first.",
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


def _estimates(new: str, known: Mapping[str, str]) -> Iterator[Estimate]:
    """In plain letters, then without what stands between them, then without words that are known here."""
    plain = _plain(new)
    yield estimate(plain, known)
    signs = {each for each in plain if not each.isalnum()}
    times = SIGN_COUNTS ** len(signs)
    if 0 < len(signs) <= MOST_SEPARATORS:
        guesses, kinds = estimate(letters(plain), known)
        yield Estimate(guesses * times, kinds)
    left, taken_out = without_known_words(plain, known)
    if taken_out:
        guesses, kinds = estimate(left, known)
        yield Estimate(guesses * times * KNOWN_COUNT, tuple(dict.fromkeys(taken_out + kinds)))


def _plain(text: str) -> str:
    """Without accents, wide and decorated letters as plain ones; a sign that stands for several stays one."""
    return "".join(map(_bare, unicodedata.normalize("NFC", text)))


def _bare(sign: str) -> str:
    base = [each for each in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(each)]
    return base[0] if len(base) == 1 else sign


def _words(*texts: str) -> Iterator[str]:
    """The words of names, and each name as one word, in small letters."""
    for small in (_plain(text).lower() for text in texts):
        both = (*re.split(r"[\W_]+", small), letters(small))
        yield from (word for word in both if len(word) >= _SHORTEST_WORD)
