"""What files brought to actions is taken back: as a new state, so that the past stays as it was."""

from collections.abc import Collection

from lscb_core.commands.placing.action_held import Held, content, origins_in, reached, set_to
from lscb_core.commands.placing.model import Change, Place
from lscb_core.commands.placing.origins import taken_back, undone_now
from lscb_core.db.access import check
from lscb_core.db.tables import ActionState
from lscb_core.domain.periods import day
from lscb_core.domain.permissions import Act
from lscb_core.domain.vocab import Status
from lscb_core.errors import BadInput

UNDO = "undo_import"
NOT_BROUGHT = "The file that brought it was undone"
NOT_CHANGED = "The file that changed it was undone"
LEFT_OUT = "A later file of the same return leaves it out"


def undo(place: Place, key: str, mine: Collection[int]) -> list[Change]:
    """Every action as it stood without the files that are undone; one that they had brought is withdrawn.

    Raises BadInput where somebody has changed an action since the file that is undone now.
    """
    listed = reached(place, key, mine)
    gone, just_now = taken_back(place, key, origins_in(listed)), undone_now(place, mine)
    changes = []
    for one in listed:
        _check_untouched(one, gone, just_now)
        base = one.without(gone)
        if base is None:
            wanted = {**content(one.now), "status": Status.WITHDRAWN}
            changes += set_to(place, one, wanted, origin_id=None, act=UNDO, reason=NOT_BROUGHT)
        else:
            changes += set_to(
                place, one, content(base), origin_id=base.origin_id, act=UNDO, reason=NOT_CHANGED
            )
    return changes


def leave_out(place: Place, one: Held, earlier: Collection[int]) -> list[Change]:
    """The action as it stood without the earlier files of a return that no longer names it.

    What somebody has changed since is the last word, and stays. Raises NotPermitted.
    """
    base = one.without(earlier)
    wanted = content(base) if base else {**content(one.now), "status": Status.WITHDRAWN}
    if wanted == content(one.now):
        return []
    act = Act.UPDATE_ACTION if base else Act.WITHDRAW_ACTION
    check(place.session, place.who, act, board_id=one.action.board_id, agency_id=one.now.agency_id)
    return set_to(place, one, wanted, origin_id=place.origin_id, act="import", reason=LEFT_OUT)


def _check_untouched(one: Held, gone: Collection[int], just_now: Collection[int]) -> None:
    for base, run in one.runs(gone):
        is_last = run[-1] is one.now
        if is_last or not any(state.origin_id in just_now for state in run):
            continue
        wanted = base.status if base else Status.WITHDRAWN
        if one.now.status is not wanted:
            raise _changed_since(one, one.states[one.states.index(run[-1]) + 1], wanted)


def _changed_since(one: Held, since: ActionState, wanted: Status) -> BadInput:
    return BadInput(
        f"Not undone: action {one.action.number} was changed after the file.",
        why=f"{since.changed_by} changed it on {day(since.changed_at.date())}.",
        advice=f"Set it to “{wanted.label}” by hand, as it would be without the file; then undo again.",
    )
