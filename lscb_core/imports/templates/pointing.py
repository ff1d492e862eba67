"""Words that could point to a child, in free text: a date of birth, a health or pupil number."""

import re

_YEAR = r"(?:(?:19|20)\d\d|\d\d)"
_DAY = (
    rf"(?:[0-3]?\d[-/][01]?\d[-/]{_YEAR}"
    r"|[0-3]?\d\.[01]?\d\.(?:19|20)\d\d|[0-3]\d\.[01]\d\.\d\d"  # 3.2.11 is a section of a document
    r"|(?:19|20)\d\d[-/.][01]?\d[-/.][0-3]?\d)"
)
_ANY_DAY = (
    rf"(?:[0-3]?\d[-/.\s][01]?\d[-/.\s]{_YEAR}"
    rf"|[0-3]?\d(?:st|nd|rd|th)?\s+(?:of\s+)?[a-z]{{3,9}}\.?,?\s+{_YEAR})"
)
_BORN = r"(?:\bborn\b|\bd\.?\s?o\.?\s?b\b|\bdate\s+of\s+birth\b|\bbirth\s?da(?:y|te)\b)"
_SIGNS = re.compile(
    rf"""(?<![\d./-]){_DAY}(?![\d/-])                          # a whole date in figures
    |{_BORN}[^\n]{{0,25}}?{_ANY_DAY}                           # born (on) 3 March 2014
    |(?<!\d)(?<!\d[ -])\d{{3}}[ -]?\d{{3}}[ -]?\d{{4}}(?![ -]?\d)  # a health number: ten digits
    |\b[a-z]\d{{11,12}}[a-z0-9]?\b                            # a pupil number: a letter, twelve digits
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DIGITS = re.compile(r"\d{6,}")
_SHORT_DAY = re.compile(rf"{_DAY}|[\w ]{{1,20}}", re.IGNORECASE)


def points_to_a_child(text: str) -> bool:
    """Whether something in the text looks like a date of birth, a health number or a pupil number.

    A whole date in figures is taken for a date of birth; one in words only beside a word such as "born".
    """
    return _SIGNS.search(text) is not None


def may_be_repeated(text: str) -> bool:
    """Whether the text may stand in a problem: nothing in it looks as if it pointed to a child."""
    return not (_SIGNS.search(text) or _DIGITS.search(text))


def is_short_day(text: str) -> bool:
    """Whether a text in a column of days is at least no more than a day."""
    return bool(_SHORT_DAY.fullmatch(text)) and not _DIGITS.search(text)
