"""A list of passwords that are known to everybody, where the council has one: its own, or one of leaked ones.

The rules (`password_rules`) judge what a password is made of; they cannot know which one has been leaked.
"""

from pathlib import Path

from lscb_core.accounts.password_rules import ADVICE
from lscb_core.errors import BadInput, NotNow


def check_not_listed(new: str, listed: Path | None) -> None:
    """Raise BadInput where the password is a line of the file, in capitals or not; without a file: nothing.

    Raises NotNow where the file cannot be read: a check that was asked for is not left out.
    """
    if listed is None:
        return
    wanted = new.casefold()
    try:
        with listed.open(encoding="utf-8", errors="replace") as lines:
            is_known = any(line.rstrip("\r\n").casefold() == wanted for line in lines)
    except OSError as problem:
        raise NotNow(
            "No password can be set just now.",
            why="The list of known passwords cannot be read.",
            advice="Tell your IT: it is the file that LSCB_KNOWN_PASSWORDS names.",
        ) from problem
    if is_known:
        raise BadInput(
            "This password was not taken.",
            why="It is in a list of passwords that are known to everybody.",
            advice=ADVICE,
        )
