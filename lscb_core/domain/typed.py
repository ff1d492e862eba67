"""What people typed: as every database can hold it, and as it is compared."""


def possible(text: str) -> str:
    """The text without NUL, which PostgreSQL takes nowhere; a question mark for half a character."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def plain(text: str) -> str:
    """Words for comparing: without case, and of spaces one."""
    return " ".join(text.casefold().split())
