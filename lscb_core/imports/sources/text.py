"""The words of a source of referral made plain: repaired, cut into words, marked for what they are worth.

A spelling comes with list letters, an official code, dashes of all kinds, brackets and damaged quotes.
What comes out is a row of `Word`s, each with how much it may say (`worth`) and whether it was shut out.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 400
"""No source of referral is longer; what stands beyond is not read."""
LONGEST_KEY = 200
HEAD, BRACKET, EXAMPLE = 1.0, 0.5, 0.25
"""What a word may say: in the head of the phrase, in brackets, after "for example"."""

_DAMAGED = re.compile("[ÃÂâ]")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_MARKS = re.compile(r"[\u0300-\u036f]")
_APOSTROPHES = re.compile(r"(?<=[a-z])[\u2018\u2019\u201b'`´?\ufffd](?=s\b)")
_DOTTED = re.compile(r"\b(?:[a-z][./] ?){1,5}[a-z]\b\.?")
_SPACED = re.compile(r"(?<![a-z0-9])(?:[a-z] (?:(?:&|\+|and) )?){1,4}[a-z](?![a-z0-9])")
_EMERGENCY = re.compile(r"(?<![a-z])a\s*(?:&amp;|&|\+|and|/)\s*e(?![a-z])")
_EXAMPLES = re.compile(
    r"\b(?:e\.? ?g\.?|for example|for instance|such as|including|includes?|incl?|i\.? ?e\.?)(?![a-z])[.:]?"
)
_AND_SO_ON = re.compile(r"([(\[{])([^()\[\]{}]*\betc\b)")
_SHUT_OUT = re.compile(
    r"\b(?:other than|apart from|rather than|excluding|excludes?|excl?|except(?:ing| for)?|without|non"
    r"|not including|not)\b\.?-?"
)
_PIECES = re.compile(r"[a-z0-9]+|[()\[\]{}]| -+ ?|-+ |[:;~|>]|[,/\\&+]|\x01|\x02")
_HEADINGS_END = frozenset({"-", ":", ">", "|"})
_JOINS = frozenset({",", "/", "\\", "&", "+", "and", "or"})
_EMPTY = frozenset({"the", "a", "an", "of", "for", "in", "by", "to", "at", "s", "from", "with"})
_SHORT = {
    "env": "environmental",
    "dept": "department",
    "depts": "department",
    "serv": "service",
    "servs": "service",
    "assoc": "association",
    "auth": "authority",
    "hosp": "hospital",
    "vol": "voluntary",
    "org": "organisation",
    "orgs": "organisation",
    "advisor": "adviser",
    "advisors": "adviser",
    "comm": "community",
}
_SHORT_PLURALS = frozenset(
    {"gps", "mps", "hvs", "sws", "mums", "dads", "sons", "nans", "yots", "pcts", "ifas"}
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word in the singular. `apart`: a sign stands before it, so no phrase runs across.

    `below`: that sign is a dash or a colon, as after a heading.
    """

    text: str
    worth: float = HEAD
    shut_out: bool = False
    apart: bool = False
    below: bool = False


def repaired(text: str) -> str:
    """The text with twice-encoded letters put right, in lower case, with one kind of space and dash."""
    text = text[:LONGEST]
    for _ in range(3):
        mended = _mended(text)
        if mended == text:
            break
        text = mended
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", plain))
    return " ".join(_DASHES.sub("-", plain).split())


def key_of(text: str) -> str:
    """What is remembered of a spelling: letters and digits alone. The key of a key is the key itself."""
    for _ in range(LONGEST):
        plain = "".join(each for each in repaired(text) if each.isalnum())[:LONGEST_KEY]
        if plain == text:
            break
        text = plain
    return text


@lru_cache(maxsize=20_000)
def singular(word: str) -> str:
    """The word without the s of the plural or the owner ("nurseries" -> "nursery", "schools" -> "school")."""
    if word in _SHORT:
        return _SHORT[word]
    if not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    # A short word may be initials, of which the s is one.
    return word[:-1] if len(word) > 4 or word in _SHORT_PLURALS else word


def phrase(text: str) -> tuple[str, ...]:
    """The words of a phrase, as `words_of` would cut them, without anything shut out."""
    return tuple(singular(each) for each in re.findall("[a-z0-9]+", _joined(text)) if _counts(each))


def words_of(text: str) -> list[Word]:
    """The words of a repaired spelling without its code, in their order."""
    examples = _AND_SO_ON.sub("\\1 \x01 \\2", _EXAMPLES.sub(" \x01 ", _joined(text)))
    marked = _SHUT_OUT.sub(_shutting, examples)
    state = _Place()
    for piece in _PIECES.findall(marked):
        state.take(piece)
    return state.words


def _mended(text: str) -> str:
    if not _DAMAGED.search(text):
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def _counts(piece: str) -> bool:
    return piece not in _EMPTY and piece not in _JOINS


def _joined(text: str) -> str:
    """Initials written apart made one word: A & E, G.P., L/A."""
    text = _APOSTROPHES.sub("", text)
    text = _EMERGENCY.sub("ae", text)
    text = _DOTTED.sub(lambda found: re.sub("[^a-z]", "", found[0]) + " ", text)
    return _SPACED.sub(lambda found: re.sub(" (?:and )?|&|[+]", "", found[0]), text)


def _shutting(found: re.Match[str]) -> str:
    # "Non-resident" shuts out nothing that names a source; "not known" is a phrase of its own.
    after = found.string[found.end() :].lstrip(" -")
    no_source = found[0].startswith("non") and not re.match("school|housing|police|health|education", after)
    own = no_source or re.match("(?:known|recorded|stated|given|mapped|listed|provided|sure)", after)
    return found[0] if own else " \x02 "


class _Place:
    """Where in a spelling we are, and the words so far."""

    def __init__(self) -> None:
        self.words: list[Word] = []
        self.depth, self.example, self.shut_out = 0, False, False
        self.apart, self.below = False, False

    def take(self, piece: str) -> None:
        """Take in the next word or sign."""
        if piece[0].isalnum():
            self._word(piece)
            return
        self.apart = self.apart or piece not in "&+"
        self.below = self.below or piece.strip()[:1] in _HEADINGS_END
        if piece == "\x01":
            self.example, self.shut_out = True, False
        elif piece == "\x02":
            self.shut_out = True
        elif piece not in _JOINS:
            self._sign(piece)

    def _sign(self, piece: str) -> None:
        self.depth = max(0, self.depth + (piece in "([{") - (piece in ")]}"))
        if piece not in "([{":
            self.example = self.shut_out = False

    def _word(self, piece: str) -> None:
        if _counts(piece):
            worth = EXAMPLE if self.example else BRACKET if self.depth else HEAD
            self.words.append(Word(singular(piece), worth, self.shut_out, self.apart, self.below))
            self.apart = self.below = False
