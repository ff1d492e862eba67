"""What people typed, taken as it is but for what no text may be: too long, or nothing but spaces."""

from lscb_core.domain.typed import possible
from lscb_core.errors import BadInput

LONGEST = 2000


def short_text(text: str, what: str) -> str:
    """The text without outer spaces and NUL; raises BadInput beyond 2,000 characters."""
    clean = possible(text).strip()
    if len(clean) > LONGEST:
        raise BadInput(
            f"Not saved: {what} has {len(clean):,} characters; {LONGEST:,} fit.",
            advice="Shorten it, or name the document that holds the rest.",
        )
    return clean


def required_text(text: str, what: str) -> str:
    """As `short_text`; raises BadInput when nothing is left."""
    clean = short_text(text, what)
    if not clean:
        raise BadInput(f"Not saved: say {what}.", advice="A sentence is enough.")
    return clean
