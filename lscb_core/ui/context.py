"""What a page is handed when it opens: who asks, the view, the answers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import streamlit as st
from sqlmodel import Session

from lscb_core.charts.theme import DARK, LIGHT, Ink
from lscb_core.config import today
from lscb_core.db.access import Person, boards_of, refusal_noted
from lscb_core.db.engine import reading
from lscb_core.db.noticing import noticing
from lscb_core.domain.permissions import Act
from lscb_core.errors import BoardError, NotPermitted
from lscb_core.queries.choices import Choices, choices
from lscb_core.queries.view import View, view_for
from lscb_core.ui import address
from lscb_core.ui.cache import Stand, kept, stand
from lscb_core.ui.filters import filter_row
from lscb_core.ui.notices import end_page, refusals_told, show_error, show_notice
from lscb_core.ui.signin import sign_in_page, signed_in

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Page:
    """One visit of one page: a session to ask in, who asks, and the view of the filters.

    `ask(query, …)` runs `query(session, view=…, …)`, or takes the answer from memory.
    """

    session: Session
    person: Person
    view: View
    choices: Choices
    stand: Stand
    ink: Ink

    def ask(self, query: Callable[..., Answer], **more: Any) -> Answer:
        """The query's answer for this view. Shared with other visits: look at it, never change it."""
        name = f"{query.__module__}.{query.__qualname__}"
        key = (name, self.view, tuple(sorted(more.items())))
        return kept(self.session, self.stand, key, lambda: query(self.session, view=self.view, **more))

    def keep(self, name: str, work_out: Callable[[], Answer], *depends: Any) -> Answer:
        """Something worked out from answers of this view (a drawing, a sentence), kept likewise."""
        key = (name, self.view, self.ink, *depends)
        return kept(self.session, self.stand, key, work_out, from_answers=True)

    def seen_as(self, **changes: Any) -> "Page":
        """The same visit with parts of its view changed: `agency_id=None`, `as_at=…`."""
        return replace(self, view=replace(self.view, **changes))


@contextmanager
def open_page(*, agency_first: bool = False) -> Iterator[Page]:
    """Open a page for whoever is signed in, with the filter row above it; refuses anybody else.

    `agency_first` puts the agency in the place of the priority in the row. What a user may be told is
    shown and ends the page; a fault goes on to the number it is given.
    """
    with reading() as session, noticing(session):
        who = signed_in(session)
        if who is None:
            sign_in_page()
            st.stop()
        try:
            page = _open(session, who, agency_first=agency_first)
            show_notice()
            with refusals_told():
                yield page
        except BoardError as refused:
            end_page(refused, leads_on=True)  # also where there is no page to hand out


def _open(session: Session, who: Person, *, agency_first: bool) -> Page:
    now = stand(session)
    boards = {board.slug: board.short_name for board in boards_of(session, who)}
    if not boards:
        with refusal_noted(session, who, Act.READ, board_id=None):
            raise NotPermitted(
                "You have no seat on a board yet.", advice="Ask the administrator to give you a role."
            )
    view = _view(session, who, list(boards))
    key = ("choices", view.without(), today())
    offered = kept(session, now, key, lambda: choices(session, view=view, today=today()))
    filter_row(boards, view, offered, who, agency_first=agency_first)
    return Page(session, who, view, offered, now, _ink())


def _view(session: Session, who: Person, boards: list[str]) -> View:
    """The view that the address asks for. Where it cannot be shown, why, and the board without filters."""
    try:
        return view_for(session, who=who, choice=address.chosen(boards), today=today())
    except BoardError as refused:
        show_error(refused)
        return view_for(session, who=who, choice=address.board_alone(boards), today=today())


def _ink() -> Ink:
    return DARK if st.context.theme.type == "dark" else LIGHT
