"""A code with its words: the parent of the board's vocabularies."""

from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """A code that knows how it is shown."""

    label: str
    detail: str

    def __new__(cls, code: str, label: str, detail: str = "") -> Self:
        """A member is written as code, label and perhaps a detail; its value is the code alone."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label, member.detail = label, detail
        return member

    @classmethod
    def of(cls, code: str) -> Self:
        """The member of that code (a frame holds the code alone); raises ValueError."""
        for member in cls:
            if member.value == code:
                return member
        raise ValueError(f"{code!r} is no {cls.__name__}")
