"""How numbers are said on screen and on paper."""

_WORDS = ["no", "one", "two", "three", "four", "five", "six"]
_WORDS += ["seven", "eight", "nine", "ten", "eleven", "twelve"]
_TIMES = {0: "never", 1: "once", 2: "twice"}


def whole(number: float) -> str:
    """12,345: the nearest whole number with thousands separators, and a true minus sign."""
    return _plain(number, 0)


def in_words(number: int) -> str:
    """'one' to 'twelve' in a sentence, 'no' for nought, figures above."""
    return _WORDS[number] if 0 <= number < len(_WORDS) else whole(number)


def times(number: int) -> str:
    """'never', 'once', 'twice', 'three times'."""
    return _TIMES.get(number) or f"{in_words(number)} times"


def percent(fraction: float | None, *, places: int = 1) -> str:
    """38.2% from 0.382; an en dash where there is none."""
    return "–" if fraction is None else f"{_plain(fraction * 100, places)}%"


def rate(value: float | None, *, per: int = 10_000) -> str:
    """'526.2 per 10,000'; an en dash where there is none."""
    return "–" if value is None else f"{_plain(value, 1)} per {per:,}"


def plural(number: int, one: str, many: str = "") -> str:
    """'1 action', '14 actions', '2 agencies' (the second form is given where an s will not do)."""
    return f"{whole(number)} {one if number == 1 else many or one + 's'}"


def sentence_plural(number: int, one: str, many: str = "") -> str:
    """The same for running text: 'one action', 'no actions', '14 actions'."""
    return f"{in_words(number)} {one if number == 1 else many or one + 's'}"


def of(met: int, total: int) -> str:
    """'7 of 16'."""
    return f"{whole(met)} of {whole(total)}"


def change(difference: float, *, places: int = 0) -> str:
    """'+3', '−2' or 'no change', as the number would be shown."""
    shown = _plain(abs(difference), places)
    if not any(digit in shown for digit in "123456789"):
        return "no change"
    return f"{'+' if difference > 0 else '−'}{shown}"


def listed(words: list[str]) -> str:
    """'police', 'police and health', 'police, health and schools'."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _plain(value: float, places: int) -> str:
    shown = f"{value:,.{places}f}"
    return shown.replace("-", "−") if any(digit in shown for digit in "123456789") else shown.lstrip("-")
