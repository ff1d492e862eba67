"""What people typed, as every database can hold it."""


def possible(text: str) -> str:
    """The text without NUL, which PostgreSQL takes nowhere; a question mark for half a character."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
