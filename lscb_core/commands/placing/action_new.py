"""New actions in a return: which promise a row makes, and whether it was made before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlmodel import col, select

from lscb_core.commands.new_actions import NewAction, write_new
from lscb_core.commands.placing.action_held import Held
from lscb_core.commands.placing.model import Place
from lscb_core.commands.placing.origins import WHOLE_BOARD, no_seat, number_of
from lscb_core.db.access import check
from lscb_core.db.tables import Action, Agency, Priority, Seat, SubGroup
from lscb_core.domain.permissions import Act
from lscb_core.domain.typed import plain
from lscb_core.domain.vocab import ActionSource
from lscb_core.errors import BadInput


class Promise(NamedTuple):
    """What makes two promises the same: words, owner, date and source."""

    title: str
    detail: str
    agency_id: int | None
    due_on: date | None
    source_kind: ActionSource


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise of a return, ready for the register."""

    promise: Promise
    new: NewAction


def promise_of(one: Held) -> Promise:
    """The promise that an action of the register was made with."""
    first = one.states[0]
    return Promise(
        plain(one.action.title),
        plain(one.action.detail),
        first.agency_id,
        first.due_on,
        one.action.source_kind,
    )


def promised(place: Place, row: Mapping[str, Any], sender: str) -> Promised:
    """The promise of a row; without an agency it is the sender's. Raises BadInput for unknown keys."""
    slug = row.get("agency") or ("" if sender == WHOLE_BOARD else sender)
    new = NewAction(
        title=str(row["title"]),
        detail=str(row.get("detail") or ""),
        source_kind=ActionSource.of(row.get("source_kind") or ActionSource.REPORT.value),
        agency_id=_agency(place, slug) if slug else None,
        due_on=date.fromisoformat(row["due_on"]) if row.get("due_on") else None,
        priority_ids=_priorities(place, row.get("priorities") or ()),
        sub_group_ids=_sub_groups(place, row.get("sub_groups") or ()),
    )
    words = (plain(new.title), plain(new.detail))
    return Promised(Promise(*words, new.agency_id, new.due_on, new.source_kind), new)


def add(place: Place, wanted: Promised) -> Action:
    """The action in the register. Raises NotPermitted unless the board manager sends it, or BadInput."""
    board_id = number_of(place.board)
    check(place.session, place.who, Act.ADD_ACTION, board_id=board_id, agency_id=wanted.new.agency_id)
    return write_new(
        place.session,
        who=place.who,
        board_id=board_id,
        new=wanted.new,
        at=place.at,
        origin_id=place.origin_id,
    )


def _agency(place: Place, slug: str) -> int:
    asked = select(Agency.id).join(Seat).where(Seat.board_id == place.board.id, Agency.slug == slug)
    found = place.session.exec(asked).first()
    if found is None:
        raise no_seat(slug)
    return found


def _priorities(place: Place, keys: Sequence[str]) -> list[int]:
    asked = select(Priority.key, Priority.id).where(
        Priority.board_id == place.board.id, col(Priority.key).in_(keys)
    )
    return _numbers(dict(place.session.exec(asked).all()), keys, "priority")


def _sub_groups(place: Place, slugs: Sequence[str]) -> list[int]:
    asked = select(SubGroup.slug, SubGroup.id).where(
        SubGroup.board_id == place.board.id, col(SubGroup.slug).in_(slugs)
    )
    return _numbers(dict(place.session.exec(asked).all()), slugs, "sub-group")


def _numbers(found: Mapping[str, int | None], keys: Sequence[str], what: str) -> list[int]:
    unknown = [key for key in keys if key not in found]
    if unknown:
        raise BadInput(f"This board has no {what} “{unknown[0]}”.", advice="Choose one from the list.")
    return [number for key in dict.fromkeys(keys) if (number := found[key]) is not None]
