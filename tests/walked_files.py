"""The commands about files, each as a step that a person of any role may try."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from lscb_core.commands.import_settings import map_sources, map_spellings
from lscb_core.commands.imports import check_sender, note_refusal, preview, save_import, undo_import
from lscb_core.commands.returns_asked import Wanted, ask_return, stop_asking
from lscb_core.commands.seen_imports import save_seen
from lscb_core.db.tables import DataRevision
from lscb_core.domain.permissions import Act
from lscb_core.domain.returns import Every
from tests import make
from tests.make_imports import census, facts, returns, tally

MONTH = date(2025, 3, 31)
WALKED = {check_sender, note_refusal, preview, save_import, undo_import, save_seen}
WALKED |= {map_spellings, map_sources, ask_return, stop_asking}


@dataclass
class Step:
    """One try: by whom, on which board, about which agency, and the numbers of what is there already."""

    session: Session
    actor: int
    board_id: int
    agency: str
    agency_id: int
    taken: int
    asked: int

    @property
    def mine(self) -> dict:
        return {"actor": self.actor, "board_id": self.board_id}

    def sent(self):
        """The threshold return of the agency; without one, that of all others."""
        return returns({(self.agency or "others", MONTH): [("4", "nfa", 9)]})


def file_of(step: Step, made, command: Callable = save_import, **more) -> None:
    command(step.session, **step.mine, file=facts(), reading=made, at=make.NOW, **more)


def seen(step: Step) -> None:
    now = step.session.get_one(DataRevision, 1).number
    file_of(step, step.sent(), save_seen, seen=now)


def asking(step: Step) -> None:
    wanted = Wanted(step.agency_id, "training", Every.MONTH, MONTH, 30)
    ask_return(step.session, **step.mine, wanted=wanted, at=make.NOW)


WALKS: dict[str, tuple[Act, str, Callable[[Step], None]]] = {
    "take in a census": (Act.IMPORT, "import", lambda s: file_of(s, census(MONTH, [tally(MONTH)]))),
    "send a return": (Act.SEND_RETURN, "import", lambda s: file_of(s, s.sent())),
    "send what was shown": (Act.SEND_RETURN, "import", seen),
    "note a refusal": (Act.SEND_RETURN, "refuse_import", lambda s: file_of(s, s.sent(), note_refusal)),
    "undo": (
        Act.UNDO_IMPORT,
        "undo_import",
        lambda s: undo_import(s.session, actor=s.actor, import_id=s.taken, why="Wrong", at=make.NOW),
    ),
    "say what words mean": (
        Act.IMPORT,
        "map_spellings",
        lambda s: map_spellings(s.session, **s.mine, means={"CAFCASS": "7"}, at=make.NOW),
    ),
    "say whose a source is": (
        Act.EDIT_REGISTER,
        "map_sources",
        lambda s: map_sources(s.session, **s.mine, agencies={"6": s.agency_id}, at=make.NOW),
    ),
    "ask for a return": (Act.EDIT_REGISTER, "ask_return", asking),
    "ask no more": (
        Act.EDIT_REGISTER,
        "stop_asking",
        lambda s: stop_asking(s.session, **s.mine, asked_id=s.asked, until=MONTH, at=make.NOW),
    ),
}
