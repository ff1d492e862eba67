"""All the odd text that is tried on everything, in its kinds: more than 500 different strings of our own."""

from tests import naughty, naughty_code, naughty_signs, naughty_words

KINDS: dict[str, tuple[str, ...]] = {
    name.lower(): texts
    for source in (naughty_signs, naughty_words, naughty_code)
    for name, texts in vars(source).items()
    if name.isupper() and not name.startswith("_") and isinstance(texts, tuple)
}
_SO_FAR = (naughty.WORDS, naughty.FORMULAS, naughty.MARKED, naughty.NOT_TEXT, (naughty.LONG,))
EVERY = tuple(dict.fromkeys(text for texts in (*KINDS.values(), *_SO_FAR) for text in texts))
"""Every string once."""
SENDABLE = [text for text in EVERY if not any("\ud800" <= sign <= "\udfff" for sign in text)]
"""What a browser can send: no half characters."""
FEW = tuple(text for texts in KINDS.values() for text in (texts[0], texts[len(texts) // 2], texts[-1]))
"""Three of each kind, for what costs seconds a string."""
DRAWN = (
    *KINDS["html"][::3],
    *KINDS["markdown"][::5],
    *(
        text
        for name, texts in KINDS.items()
        if name not in ("html", "markdown", "halves", "long")
        for text in texts[5::40]
    ),
)
"""Some 60 that a real browser draws, most of them what a browser could run."""


def halves(text: str) -> bool:
    """Whether a half character stands in it: no database, page or file holds one."""
    return any("\ud800" <= sign <= "\udfff" for sign in text)


def as_kept(text: str) -> str:
    """What a field keeps: without NUL and outer spaces, a question mark for half a character."""
    return "".join("?" if halves(sign) else sign for sign in text if sign != "\0").strip()


def share(of: str, *, everything: bool = False) -> tuple[str, ...]:
    """Every second string, one half for each database: more than 500 each. `everything`: all of them."""
    return EVERY if everything else EVERY[("sqlite", "postgresql").index(of) :: 2]
