"""Words that anybody would try first in a password here, by kind, and how they are taken out of one."""

import re
from collections.abc import Mapping

COMMON = "a common password"
FIELD = "a word of this work"
CALENDAR = "a day, month, season or year"

_COMMON = """
password passwort passcode passphrase passwd pass welcome letmein secret login logon signin
administrator admin changeme change default temporary temp test testing guest user username account
access open sesame hello whatever nothing monkey dragon sunshine princess football rugby cricket
liverpool arsenal chelsea everton manchester london england wales scotland britain charlie computer
internet master superman batman starwars shadow freedom iloveyou loveyou trustno
correct horse battery staple keyboard system security database server demo example sample forgotten
flower chocolate summertime office work home family mother father
"""
_FIELD = """
safeguarding safeguard safe children childrens child board partnership local lscb lscp dashboard
council police health social care services service worker chair manager independent member lead
agency audit threshold referral neglect protection meeting ofsted inspection annual report school
education housing probation panel measure action history review
"""
_CALENDAR = """
january february march april may june july august september october november december jan feb mar
apr jun jul aug sep sept oct nov dec spring summer autumn winter christmas easter monday tuesday
wednesday thursday friday saturday sunday today tomorrow
"""

WORDS: Mapping[str, str] = {
    word: kind
    for kind, words in ((COMMON, _COMMON), (FIELD, _FIELD), (CALENDAR, _CALENDAR))
    for word in words.split()
}
"""In small letters, with the kind of each."""
_SIGNS_FOR_LETTERS = str.maketrans("@4301!57$8", "aaeoiistsb")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WHOLE_WORD_UNDER = 5  # a short word counts only where it stands alone: "care" is part of many others


def without_known_words(text: str, known: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The letters and figures that are left without years and `known` words, and the kinds of those.

    Also where letters were exchanged for signs, or stand apart. All is in small letters then.
    """
    text, years = _YEAR.subn(" ", text.lower())
    found = [CALENDAR] * bool(years)

    def noted(match: re.Match[str]) -> str:
        found.append(known[match[0]])
        return " "

    words = re.compile("|".join(_pattern(each) for each in sorted(known, key=len, reverse=True)))
    text = words.sub(noted, words.sub(noted, text).translate(_SIGNS_FOR_LETTERS))
    left = words.sub(noted, letters(text))
    return letters(left), tuple(dict.fromkeys(found))


def letters(text: str) -> str:
    """The letters and figures of a text."""
    return "".join(each for each in text if each.isalnum())


def _pattern(word: str) -> str:
    if len(word) < _WHOLE_WORD_UNDER:
        return rf"(?<![^\W\d_]){re.escape(word)}(?![^\W\d_])"
    return re.escape(word)
