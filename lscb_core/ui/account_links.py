"""An account's link with the council's directory, at the side of the page: shown, and taken away."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

import streamlit as st
from sqlmodel import Session

from lscb_core.accounts.changing import Seen
from lscb_core.accounts.held import HeldAccount
from lscb_core.accounts.identities import (
    last_through_directory,
    linked_identities,
    take_password,
    unlink_identity,
)
from lscb_core.accounts.sign_ins import KEPT_FOR
from lscb_core.config import now
from lscb_core.db.access import Person
from lscb_core.db.tables import Identity
from lscb_core.domain.numbers import listed
from lscb_core.domain.periods import day, moment
from lscb_core.errors import BadInput
from lscb_core.ui import show
from lscb_core.ui.account_saving import run
from lscb_core.ui.account_ways import told
from lscb_core.ui.directory import the_directory
from lscb_core.ui.main_button import main_button
from lscb_core.ui.notices import plain
from lscb_core.ui.signin import who_asks

UNLINK, TAKE = "Take the link away", "Take the password away"
WAY, LINK = "do-way", "which-link"
LONGEST = 20


def directory_part(session: Session, who: Person, one: HeldAccount) -> None:
    """Whom the directory knows that may sign in with the account; nothing where there is no directory."""
    known, links = the_directory(), linked_identities(session, actor=who.id, account_id=one.id)
    if known is None and not links:
        told("directory")
        return
    st.markdown("## Council’s directory", anchors=False)
    told("directory")
    if not links:
        _how_to_link(one)
        return
    came = last_through_directory(session, actor=who.id, account_id=one.id)
    st.markdown("\n".join(f"- {_in_words(link)}" for link in links))
    st.markdown(_last(links, came))
    here = known is not None and any(link.issuer == known.issuer for link in links)
    if not here:
        st.warning("**It lets nobody in:** it is not with the directory that is set up here.")
    if one.is_directory_only:
        show.note("The account has no password: the directory is its only way in.")
    if one.id == who.id:
        show.note("This is your own account: a change signs you out.")
    _change(one, links, came, may_take=here and not one.is_directory_only)


def _how_to_link(one: HeldAccount) -> None:
    st.markdown("Not linked: nobody comes in through the directory with this account.")
    show.note(
        f"Linking is done on the server, by `accounts link {one.name}`, with the two lines that the person "
        "is shown after the directory has let them in. Make sure that it is this person who asks."
    )


def _in_words(link: Identity) -> str:
    who, since = plain(shortened(link.subject)), day(link.linked_at.astimezone().date())
    return f"Linked with **{plain(host(link.issuer))}** as {who}, since {since}."


def _last(links: Sequence[Identity], came: datetime | None) -> str:
    if came is not None:
        return f"Somebody last came in that way on {moment(came)}."
    is_new = now() - min(link.linked_at for link in links) < KEPT_FOR
    return f"Nobody has come in that way {'yet' if is_new else f'in the last {KEPT_FOR.days} days'}."


def host(issuer: str) -> str:
    """The machine that an issuer names: 'login.microsoftonline.com'; odd ones as they are, shortened."""
    try:
        return urlsplit(issuer).hostname or shortened(issuer)
    except ValueError:
        return shortened(issuer)


def shortened(text: str) -> str:
    """Its first and last letters, to tell one from another: 'AbCdEf12…wxyz'."""
    return text if len(text) <= LONGEST else f"{text[:8]}…{text[-4:]}"


def _change(one: HeldAccount, links: Sequence[Identity], came: datetime | None, *, may_take: bool) -> None:
    ways = [TAKE, UNLINK] if may_take else [UNLINK]
    chosen = st.segmented_control("Change this way in", ways, key=f"{WAY}-{len(ways)}")
    if chosen == UNLINK:
        _unlink_form(one, links)
    elif chosen == TAKE:
        _take_form(one, came)


def _unlink_form(one: HeldAccount, links: Sequence[Identity]) -> None:
    words = {link.id: f"{shortened(link.subject)} at {host(link.issuer)}" for link in links}
    if len(links) > 1:
        st.selectbox("Which link?", list(words), index=None, format_func=words.__getitem__, key=LINK)
    elif one.is_directory_only:
        st.warning("**It is the only way in.** Nobody can sign in with this account until it has a code.")
    show.note("Whoever is signed in with the account is out. It can be linked again, on the server.")
    only = links[0].id if len(links) == 1 else None
    st.button("Unlink", icon=":material/link_off:", on_click=_unlink, args=(one.seen, only))


def _take_form(one: HeldAccount, came: datetime | None) -> None:
    ends = [what for what, there in (("password", one.has_password), ("code", one.code_until)) if there]
    end = "end" if len(ends) > 1 else "ends"
    show.note(
        f"The {listed(ends)} {end} at once, and whoever is signed in with the account signs in again. "
        "**The directory is then its only way in**, with what it asks, such as a second factor."
    )
    if came is None:
        st.warning("**Nobody has come in that way.** Ask the person to try it first.")
    st.button("End the password", type=main_button(), on_click=_take, args=(one.seen,))


def _unlink(seen: Seen, only: int | None) -> None:
    """Take the link away, or of several the chosen one (a button's callback)."""

    def command(session: Session) -> bool:
        chosen = only if only is not None else st.session_state.get(LINK)
        if chosen is None:
            raise BadInput("No link was taken away: none was chosen.", advice="Choose one.")
        unlink_identity(session, actor=who_asks(session).id, seen=seen, identity_id=chosen, at=now())
        return True

    run(command, "The link is taken away. Whoever was signed in with the account is out.", part="directory")


def _take(seen: Seen) -> None:
    """Take the password away (a button's callback)."""

    def command(session: Session) -> bool:
        known = the_directory()
        issuer = known.issuer if known else ""
        take_password(session, actor=who_asks(session).id, seen=seen, issuer=issuer, at=now())
        return True

    run(command, "The account comes in through the directory alone from now on.", part="directory")
