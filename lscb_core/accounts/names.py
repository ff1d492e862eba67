"""How accounts are called: the name with which somebody signs in, and the label that others read."""

import re
import unicodedata

from sqlmodel import Session, col, select

from lscb_core.db.tables import Account
from lscb_core.domain.typed import possible
from lscb_core.errors import BadInput, NotFound

LONGEST_NAME, LONGEST_LABEL = 60, 80
_NAME = re.compile(r"[a-z][a-z0-9.-]*[a-z0-9]")
_NOBODYS_LABELS = ("command line", "operator")  # the history calls the server's own command line so


def checked_name(typed: str) -> str:
    """A name for a new account. Raises BadInput."""
    name = typed.strip().lower()
    if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        raise BadInput(
            "The account was not added: its name cannot be used.",
            why=f"A name has 2 to {LONGEST_NAME} small letters, figures, dots and hyphens, a letter first.",
            advice="Take something like police-lead or chair.",
        )
    return name


def checked_label(typed: str) -> str:
    """A label in one line: a role in words. Raises BadInput."""
    label = " ".join(typed.encode("utf-8", "replace").decode("utf-8").split())
    hidden = any(unicodedata.category(each) in ("Cc", "Cf", "Co", "Cn") for each in label)
    if not label or len(label) > LONGEST_LABEL or hidden or _alike(label) in _NOBODYS_LABELS:
        raise BadInput(
            "The account was not added: others could not read who it is.",
            why=f"The label says whose account it is, in at most {LONGEST_LABEL} visible characters.",
            advice="Say the role in words, such as Police lead.",
        )
    return label


def check_label_is_free(session: Session, label: str) -> None:
    """Raise BadInput where another account, also a disabled one, is called so: the history names it alone.

    Labels that differ in capitals, accents or spaces only are the same.
    """
    for other in session.exec(select(Account).order_by(col(Account.id))):
        if _alike(other.label) == _alike(label):
            disabled = ", which is disabled," if other.disabled_at else ""
            raise BadInput(
                f"The account was not added: “{other.name}”{disabled} is called “{other.label}” already.",
                why="The history says by this alone who did what.",
                advice="Say more, such as the agency, the place or a number.",
            )


def _alike(label: str) -> str:
    """What two labels share that people would read as one."""
    apart = unicodedata.normalize("NFKD", label.casefold())
    bare = "".join(each for each in apart if not unicodedata.combining(each))
    return " ".join(bare.casefold().split())


def plain_name(typed: str) -> str:
    """An account's name as it is looked for, however it was typed."""
    return possible(typed).strip().lower()


def account_named(session: Session, name: str) -> Account | None:
    """The account of that name, as it is now; None where there is none."""
    named = select(Account).where(Account.name == plain_name(name))
    return session.exec(named.execution_options(populate_existing=True)).first()


def found_account(session: Session, *, name: str) -> Account:
    """The account of that name; raises NotFound."""
    account = account_named(session, name)
    if account is None:
        raise NotFound("There is no account of that name.", advice="Choose one from the list of accounts.")
    return account
