"""What a board settles once about its files: what their words mean, and whose the sources of referral are."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from lscb_core.commands.action_states import check_seat
from lscb_core.commands.placing.model import Place
from lscb_core.commands.placing.referrals import place_again
from lscb_core.commands.words import short_text
from lscb_core.db.access import ActorId, Person, may
from lscb_core.db.recording import record, wait_for_turn
from lscb_core.db.tables import Board, Origin, SourceAgency, SourceSpelling
from lscb_core.domain.codes import SOURCE_GROUP_LABELS, SOURCES
from lscb_core.domain.permissions import Act
from lscb_core.domain.typed import possible
from lscb_core.errors import BadInput
from lscb_core.imports.sources.text import key_of

MAP_ORIGIN = "source-map"


def map_spellings(
    session: Session, *, actor: ActorId, board_id: int, means: Mapping[str, str], at: datetime
) -> int:
    """Remember what words of a source mean on this board: words -> source code or published group. Commits.

    An empty meaning forgets the words. Gives back how many were settled. The history counts them and does
    not repeat them: they come from files about single children. Raises NotPermitted, BadInput.
    """
    who = may(session, actor, Act.IMPORT, board_id=board_id)
    for words, meaning in means.items():
        held = SourceSpelling(
            board_id=board_id,
            key=_key(words),
            words=short_text(words, "a source"),
            means=_known(meaning),
            mapped_by=who.label,
            mapped_at=at,
        )
        _remember(session, held)
    if means:
        settled = dict(Counter(meaning or "forgotten" for meaning in means.values()))
        _write_down(session, who, board_id, act="map_spellings", before={}, after=settled, at=at)
    session.commit()
    return len(means)


def meanings(means: Mapping[str, str]) -> dict[str, str]:
    """The key of these words and what they mean, as a reader is told it. Raises BadInput."""
    return {_key(words): _known(meaning) for words, meaning in means.items()}


def _key(words: str) -> str:
    key = key_of(words)
    if not key:
        raise BadInput("Not saved: there are no words to remember.", advice="Write them as the file does.")
    return key


def _known(meaning: str) -> str:
    if meaning and meaning not in SOURCES and meaning not in SOURCE_GROUP_LABELS:
        raise BadInput(
            f"Not saved: “{possible(meaning)[:40]}” is no source of referral.",
            advice="Choose a group or a source from the list.",
        )
    return meaning


def _remember(session: Session, said: SourceSpelling) -> None:
    if said.means:
        session.merge(said)
    elif held := session.get(SourceSpelling, (said.board_id, said.key)):
        session.delete(held)
    session.flush()


def map_sources(
    session: Session, *, actor: ActorId, board_id: int, agencies: Mapping[str, int | None], at: datetime
) -> int:
    """Say which agency stands for a source (a code or a published group); None: nobody's. Commits.

    What is left out stays as it is. Counts by agency are added up anew from what readers see. Gives back how
    many sources changed hands. Raises NotPermitted, BadInput.
    """
    wait_for_turn(session)
    who = may(session, actor, Act.EDIT_REGISTER, board_id=board_id)
    rows = session.exec(select(SourceAgency).where(SourceAgency.board_id == board_id)).all()
    held = {row.source: row for row in rows}
    before = {source: held[source].agency_id if source in held else None for source in agencies}
    changed = {source: agency for source, agency in agencies.items() if agency != before[source]}
    for source, agency_id in changed.items():
        new = SourceAgency(board_id=board_id, source=source, agency_id=agency_id or 0)
        _hand_over(session, held.get(source) or new, agency_id)
    if changed:
        session.flush()
        _place_again(session, who, board_id, at)
        _write_down(session, who, board_id, act="map_sources", before=before, after=changed, at=at)
    session.commit()
    return len(changed)


def _write_down(session: Session, who: Person, board_id: int, **told: Any) -> None:
    """A settled question is an event of the board's own record: there is no other that it would change."""
    record(session, who=who, board_id=board_id, record_kind="board", record_id=board_id, **told)


def _hand_over(session: Session, row: SourceAgency, agency_id: int | None) -> None:
    if row.source not in SOURCES and row.source not in SOURCE_GROUP_LABELS:
        raise BadInput("Not saved: there is no such source of referral.", advice="Choose one of the list.")
    if agency_id is None:
        session.delete(row)
        return
    check_seat(session, row.board_id, agency_id)
    row.agency_id = agency_id
    session.add(row)


def _place_again(session: Session, who: Person, board_id: int, at: datetime) -> None:
    origin = session.exec(select(Origin).where(Origin.key == MAP_ORIGIN)).first()
    if origin is None:
        title = "Counts by agency, added up by the board's own map of sources"
        origin = Origin(key=MAP_ORIGIN, kind="form", title=title)
        session.add(origin)
        session.flush()
    assert origin.id is not None
    place_again(Place(session, session.get_one(Board, board_id), who, at, at.date(), origin.id))
