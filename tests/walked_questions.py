"""What is asked of the board and of its history, each as a step that a person of any role may try."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session

from lscb_core.commands.history import note_broken, note_check
from lscb_core.db.access import Person, boards_of, person
from lscb_core.db.sealing import Verified
from lscb_core.domain.permissions import Act
from lscb_core.errors import NotFound
from lscb_core.queries.history import counted, events, how_many
from lscb_core.queries.history_chain import chain, whole_chain
from lscb_core.queries.history_scope import Asked, check_reader
from lscb_core.queries.history_story import story
from lscb_core.queries.view import Choice, View, open_view, view_for
from tests import make

QUERIES = {counted, events, how_many, chain, whole_chain, story, check_reader, open_view, view_for}


@dataclass
class Step:
    """One try: by whom, of which board, through the filter of which agency."""

    session: Session
    actor: int
    board: make.Board
    agency: make.Agency | None

    @property
    def view(self) -> View:
        """As somebody would make it who goes past `open_view`: what is asked has to ask for itself."""
        return make.view(self.board, agency_id=self.agency.id if self.agency else None)

    @property
    def choice(self) -> Choice:
        return Choice(self.board.slug, agency=self.agency.slug if self.agency else None)

    @property
    def who(self) -> Person:
        return person(self.session, self.actor)

    @property
    def asks(self) -> dict:
        return {"view": self.view, "who": self.who}

    @property
    def noting(self) -> dict:
        return {"actor": self.actor, "board_id": self.board.id, "at": make.NOW}


def _read(step: Step) -> None:
    view_for(step.session, who=step.who, choice=step.choice, today=make.TODAY)
    assert step.board in boards_of(step.session, step.who)


def _story(step: Step) -> None:
    try:
        story(step.session, **step.asks, record="action/999")
    except NotFound:
        return  # it may be asked; there is none


WALKS: dict[str, tuple[Act, str | None, Callable[[Step], object]]] = {
    "open a page": (Act.READ, None, _read),
    "open a view": (
        Act.READ,
        None,
        lambda s: open_view(s.session, actor=s.actor, choice=s.choice, today=make.TODAY),
    ),
    "be let in": (Act.SEE_HISTORY, None, lambda s: check_reader(s.session, s.view, s.who)),
    "read the events": (Act.SEE_HISTORY, None, lambda s: events(s.session, **s.asks)),
    "count the events": (Act.SEE_HISTORY, None, lambda s: how_many(s.session, **s.asks, asked=Asked())),
    "sum the events up": (Act.SEE_HISTORY, None, lambda s: counted(s.session, **s.asks)),
    "read a story": (Act.SEE_HISTORY, None, _story),
    "see the chain": (Act.SEE_HISTORY, None, lambda s: chain(s.session, **s.asks)),
    "check the chain": (Act.SEE_HISTORY, None, lambda s: whole_chain(s.session, **s.asks)),
    "note a check": (
        Act.SEE_HISTORY,
        "check_chain",
        lambda s: note_check(s.session, **s.noting, found=Verified(0, "")),
    ),
    "note a break": (
        Act.SEE_HISTORY,
        "find_broken",
        lambda s: note_broken(s.session, **s.noting, broken_at=1),
    ),
}
"""The act in the table, what it leaves in the history when it is done, and the step."""
