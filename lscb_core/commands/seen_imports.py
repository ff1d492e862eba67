"""Taking in a file after a preview: only if nothing was changed since the preview was made."""

from datetime import datetime

from sqlmodel import Session

from lscb_core.commands.imports import FileFacts, Taken, save_import
from lscb_core.db.access import ActorId
from lscb_core.db.recording import wait_for_turn
from lscb_core.errors import StaleRecord
from lscb_core.imports.reading import Reading


def save_seen(
    session: Session,
    *,
    actor: ActorId,
    board_id: int,
    file: FileFacts,
    reading: Reading,
    seen: int,
    at: datetime,
) -> Taken:
    """Take the file in as `save_import` does, if the data's revision is still the one of the preview.

    Commits. Raises StaleRecord where something was changed since, else as `save_import`.
    """
    if wait_for_turn(session) != seen:
        raise StaleRecord(
            "Nothing was taken in yet: the register was changed while you were looking.",
            why="What the file would change may be different now.",
            advice="It is shown anew below: look again, then take it in.",
        )
    return save_import(session, actor=actor, board_id=board_id, file=file, reading=reading, at=at)
