"""What a user may be told, word for word: what happened, why, and what to do.

Anything that is not a BoardError is a bug: it shows a reference number and never a traceback.
"""


class BoardError(Exception):
    """A user's mistake or a lost chance, in words that can be shown as they stand."""

    def __init__(self, what: str, *, why: str = "", advice: str = "") -> None:
        super().__init__(what, why, advice)
        self.what, self.why, self.advice = what, why, advice

    def __str__(self) -> str:
        """The three parts as sentences, the empty ones left out."""
        return " ".join(part for part in (self.what, self.why, self.advice) if part)


class NotPermitted(BoardError):
    """The person's role does not allow this. Nothing was changed."""


class NotOpen(NotPermitted):
    """The person's role does not let them see this. Nothing of it was shown."""


class StaleRecord(BoardError):
    """Somebody else saved the record first. Nothing was changed."""

    @classmethod
    def saved_first(cls, *, record: str, who: str, when: str, theirs: str = "") -> "StaleRecord":
        """The words for a lost race; `who` is a role, `when` a day and time already in words."""
        return cls(
            f"{record} was changed while you were writing.",
            why=f"{who} saved it first, on {when}{f': “{theirs}”' if theirs else ''}.",
            advice="Your text is still in the form: read theirs, then save again if yours still holds.",
        )


class MoveNotAllowed(BoardError):
    """The record cannot go from the state it is in to the one asked for. Nothing was changed."""


class BadInput(BoardError):
    """Something typed or sent cannot be read or used. Nothing was changed."""


class NotFound(BoardError):
    """There is no such record, or none that this person may see."""


class NotNow(BoardError):
    """Nothing is wrong with what was sent, but it cannot be done just now. Nothing was changed."""
