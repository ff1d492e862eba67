"""Words that anybody would try first in a password, written down here by kind. All in small letters."""

from collections.abc import Mapping

COMMON = "a common password"
FIELD = "a word of this work"
CALENDAR = "a month, season, day or year"

_COMMON = """
password passwort passcode passphrase passwd pass welcome letmein secret login logon signin
administrator admin changeme change default temporary temp test testing guest user username account
access open sesame hello whatever nothing monkey dragon sunshine princess football rugby cricket
liverpool arsenal chelsea everton manchester london england wales scotland britain charlie computer
internet master superman batman starwars shadow freedom iloveyou loveyou trustno
correcthorsebatterystaple keyboard system security database server demo example sample forgotten
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

WORDS: Mapping[str, frozenset[str]] = {
    COMMON: frozenset(_COMMON.split()),
    FIELD: frozenset(_FIELD.split()),
    CALENDAR: frozenset(_CALENDAR.split()),
}
ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "azertyuiop",
    "qazwsxedcrfvtgbyhn",
    "1qaz2wsx3edc4rfv5tgb6yhn",
    "q1w2e3r4t5y6u7i8o9p0",
)
"""What a finger walks along: letters, figures, the rows of a keyboard, and its columns."""
SIGNS_FOR_LETTERS = str.maketrans("@4301!57$8", "aaeoiistsb")
"""The changes that everybody makes to get past a rule, taken back."""
