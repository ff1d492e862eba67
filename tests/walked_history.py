"""What may be done to the history: written down that somebody looked at its chain. For the walk of rights."""

from lscb_core.commands.history import note_broken, note_check
from lscb_core.db.sealing import Verified
from tests import make

WALKS = {
    "check_chain": lambda session, **who: note_check(session, found=Verified(3, "ab"), at=make.NOW, **who),
    "find_broken": lambda session, **who: note_broken(session, broken_at=2, at=make.NOW, **who),
}
WALKED = {note_check, note_broken}
