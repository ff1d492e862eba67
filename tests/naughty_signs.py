"""Odd signs, made by rule: spaces, controls, halves, directions, marks, emoji, every script, lengths.

Each is written by its number, so that the file itself reads the same in every program.
"""

import unicodedata

_SPACES = [
    *(chr(code) for code in range(0x09, 0x0E)),
    *(chr(code) for code in range(0x1C, 0x21)),
    *(chr(code) for code in range(0x2000, 0x200B)),
    *"\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000",
]
SPACES = (
    "",
    *_SPACES,
    *(f"before{sign}after" for sign in _SPACES),
    *(f"{sign}both ends{sign}" for sign in _SPACES),
    "   many    spaces   between   ",
    "\r\n\r\n\r\n",
    "first\r\nsecond\nthird\rfourth",
    "\t\t\ttabs\t\t\t",
)
CONTROLS = (
    *(f"a{chr(code)}b" for code in range(0x20) if chr(code) not in _SPACES),
    *(f"a{chr(code)}b" for code in range(0x7F, 0xA0) if chr(code) not in _SPACES),
    "\x00",
    "\x00\x00\x00",
    "ends with\x00",
    "\x00begins with",
    "\x1b[31mred\x1b[0m",
    "\x1b]0;a title of the window\x07",
    "\x1b[2J\x1b[H",
    "\x9b2J",
    "back\b\b\b\bspace",
    "\x07\x07\x07",
)
HALVES = (
    "\ud800",
    "\udbff",
    "\udc00",
    "\udfff",
    "a\ud83db",
    "a\ude42b",
    "\udc00\ud800",  # the right halves the wrong way round
    "\ud83d\ude42",  # two halves that Python does not join
    "\udcff\udc80",  # as names of files come that are no UTF-8
    "=\ud800",
    "\ufffd",
    "\ufffe",
    "\uffff",
    "\ufdd0",
    "\U0001fffe",
    "\U0010ffff",
    "\ue000 private \uf8ff",
    "\U000f0000\U0010fffd",
)
_UNSEEN = (
    "\u00ad\u034f\u061c\u070f\u115f\u1160\u17b4\u17b5\u180b\u180e\u200b\u200c\u200d\u200e\u200f"
    "\u2060\u2061\u2062\u2063\u2064\u206a\u206f\u3164\ufe00\ufe0f\ufeff\uffa0\ufff9\ufffb\U000e0001\U000e0020"
)
UNSEEN = (
    *(f"zero{sign}width" for sign in _UNSEEN),
    "\ufeff=1+1",
    "\u200b\u200b\u200b",
    "po\u200blice",
    "\U000e0067\U000e0062 tags",
)
DIRECTIONS = (
    *(f"{sign}turned\u202c end" for sign in "\u202a\u202b\u202d\u202e"),
    *(f"{sign}apart\u2069 end" for sign in "\u2066\u2067\u2068"),
    "\u202eevil.exe",
    "report\u202efdp.xlsx",
    "due \u202e5202/01/13",
    "\u202e" * 50,
    "\u05e9\u05dc\u05d5\u05dd, \u0645\u0631\u062d\u0628\u0627",
    "\u05d1\u05e8\u05d0\u05e9\u05d9\u05ea 12 (a) [b] 34",
    "\u0627\u0644\u0639\u0631\u0628\u064a\u0629 123 english \u0641\u0627\u0631\u0633\u06cc",
    "\u200fright mark, \u200eleft mark",
)


def _stack(text: str, height: int) -> str:
    """Every letter under and over so many marks."""
    marks = [chr(code) for code in range(0x300, 0x370)]
    high = ("".join(marks[(7 * n + 11 * at) % 112] for n in range(height)) for at in range(len(text)))
    return "".join(letter + above for letter, above in zip(text, high, strict=True))


STACKS = (
    "\u0301 a mark that stands on nothing",
    "\u0301",
    "e\u0301\u0323\u0327\u0331",
    *(_stack("overdue", height) for height in (1, 3, 12, 60)),
    "\u0e01\u0e33\u0e47\u0e47\u0e47\u0e47",
    "\u20dd\u20e3 around",
    "1\u20e3 2\u20e3 #\u20e3",
    "\u0b95\u0bcd\u0bb7\u0bcc",
    "\u0915\u094d\u0937\u094d\u0930",
)
EMOJI = (
    "\U0001f642",
    "\U0001f469\u200d\U0001f467\u200d\U0001f466",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466",
    "\U0001f44d\U0001f3fb\U0001f44d\U0001f3ff",
    "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "\U0001f1ec\U0001f1e7",
    "\U0001f1ec",
    "\U0001f3f3\ufe0f\u200d\U0001f308",
    "\u2764\ufe0f \u2764\ufe0e",
    "\u200d\U0001f642\u200d",
    "\U0001f642" * 300,
    "\u00a9\ufe0f \u2122 \u3297\ufe0f",
    "\U0001fae8 new this year",
    "\u26a0\ufe0f late",
    "\u2713 \u2717 \u25cf \u25a0",
    "\U0001d49c\U0001d4b7\U0001d4b8 in mathematical letters",
)
FIRST_LETTERS = {
    "Greek": 0x3B1, "Cyrillic": 0x430, "Armenian": 0x561, "Hebrew": 0x5D0, "Arabic": 0x628, "Syriac": 0x712,
    "Thaana": 0x780, "N'Ko": 0x7CA, "Samaritan": 0x800, "Mandaic": 0x840, "Devanagari": 0x915,
    "Bengali": 0x995, "Gurmukhi": 0xA15, "Gujarati": 0xA95, "Oriya": 0xB15, "Tamil": 0xB95, "Telugu": 0xC15,
    "Kannada": 0xC95, "Malayalam": 0xD15, "Sinhala": 0xD9A, "Thai": 0xE01, "Lao": 0xE81, "Tibetan": 0xF40,
    "Burmese": 0x1000, "Georgian": 0x10D0, "Hangul": 0xAC00, "Jamo": 0x1100, "Ethiopic": 0x1200,
    "Cherokee": 0x13A0, "Syllabics": 0x1401, "Ogham": 0x1681, "Runes": 0x16A0, "Tagalog": 0x1700,
    "Khmer": 0x1780, "Mongolian": 0x1820, "Limbu": 0x1900, "Tai Le": 0x1950, "Balinese": 0x1B05,
    "Lepcha": 0x1C00, "Ol Chiki": 0x1C5A, "Glagolitic": 0x2C30, "Coptic": 0x2C80, "Tifinagh": 0x2D30,
    "Hiragana": 0x3042, "Katakana": 0x30A2, "Bopomofo": 0x3105, "Han": 0x4E00, "Yi": 0xA000, "Lisu": 0xA4D0,
    "Vai": 0xA500, "Javanese": 0xA984, "Cham": 0xAA00, "Linear B": 0x10000, "Gothic": 0x10330,
    "Deseret": 0x10400, "Phoenician": 0x10900, "Cuneiform": 0x12000, "Hieroglyphs": 0x13000,
    "Rare Han": 0x20000, "Adlam": 0x1E900,
}  # fmt: skip
SCRIPTS = tuple("".join(chr(first + at) for at in range(5)) for first in FIRST_LETTERS.values())
_SEVERAL_WAYS = (
    "caf\u00e9",
    "\u00c5ngstr\u00f6m",
    "\ufb01nding",
    "\u0130stanbul",
    "\u01c6ep",
    "\uac00\ub098",
    "\u0958\u093f\u0924\u093e\u092c",
    "\u2126 ohm",
    "\u212a kelvin",
    "\u2460 first",
    "\uff30\uff4f\uff4c\uff49\uff43\uff45",
    "10\u00b2 and \u00bd",
    "\u1e9b\u0323",
)
_FORMS = ("NFC", "NFD", "NFKC", "NFKD")
PAIRS = tuple(
    dict.fromkeys(unicodedata.normalize(form, words) for words in _SEVERAL_WAYS for form in _FORMS)
) + ("stra\u00dfe", "STRASSE", "\u0131s it \u0131?", "\u03c3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2", "\u1e9e")
LOOKALIKES = (
    "\u0420\u043elice",  # two of the letters are Cyrillic
    "Heal\u03c4h",
    "\u0455chools",
    "l1I|O0",
    "\u2010\u2011\u2012\u2013\u2014\u2212-",
    "\u2018single\u2019 \u201cdouble\u201d \u00abangled\u00bb",
    "1\u2044 2 \u2215 3 / 4",
    "\u0661\u0662\u0663",
    "\u0967\u0968\u0969",
    "\u00b2\u00b3\u00b9",
    "\u037e not a semicolon",
)
LONG = (
    "x" * 2000,
    "x" * 2001,
    "\U0001f642" * 2000,
    "\u00fc" * 40_000,
    "word " * 399 + "word",
    " " * 5000 + "short" + " " * 5000,
    "\u0301" * 1500,
    "\n" * 1000 + "far below",
    "a\n" * 900,
    "(" * 1500,
    "=" * 1800,
)
