"""The rows that a taken file leaves behind: the import itself, its origin, its scopes as they were sent."""

import json
import re
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from lscb_core.commands.placing.kinds import kind_of
from lscb_core.commands.placing.model import Sent
from lscb_core.commands.placing.origins import agencies_on
from lscb_core.commands.placing.standing import standing
from lscb_core.db.access import OPERATOR, Person
from lscb_core.db.recording import record
from lscb_core.db.tables import Agency, Import, Origin, SentScope
from lscb_core.domain.typed import possible
from lscb_core.imports.reading import Reading

STATISTIC = {
    "kind": "statistic",
    "publisher": "Department for Education",
    "released_on": None,  # the file does not say
    "licence": "Open Government Licence v3.0",
}

CHILD_LEVEL = {"cin-census", "annex-a"}
A_COUNT = re.compile(r"\W*\d")
COUNTS_LEFT_OUT = (
    "Further notes gave counts of records. They were shown when the file was read, and are not kept."
)


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file by name, SHA-256 (hexadecimal) and size in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that has come for a board: its facts, what was read from it, and when."""

    board_id: int
    file: FileFacts
    reading: Reading
    at: datetime


def taken_before(session: Session, come: Arrival) -> Import | None:
    """The same file, taken in before, if all that it brought still stands, and is read as it was then.

    It may be read otherwise: words of a source mean something else now.
    """
    asked = select(Import).where(
        Import.board_id == come.board_id,
        Import.sha256 == come.file.sha256,
        Import.kind == come.reading.kind,
        Import.status == "saved",
    )
    before = session.exec(asked.order_by(col(Import.id).desc())).first()
    if before is None:
        return None
    sent = {scope.key: [dict(row) for row in scope.rows] for scope in come.reading.scopes}
    stands = standing(session, board_id=come.board_id, keys=list(sent))
    own = {key: one.rows for key, one in stands.items() if one.import_id == before.id}
    return before if own == json.loads(json.dumps(sent)) else None


def import_row(session: Session, who: Person, come: Arrival) -> Import:
    """The import as it will be held; its agency is the one whose return it is, if it is one agency's."""
    templates = {kind_of(scope.key).partition("/")[2] for scope in come.reading.scopes}
    return Import(
        board_id=come.board_id,
        agency_id=_whose(session, who, come),
        kind=come.reading.kind,
        template=min(templates, default="") or come.reading.title[:30] * (come.reading.kind == "template"),
        title=come.reading.title,
        file_name=possible(come.file.name)[:200],
        sha256=come.file.sha256,
        size_bytes=come.file.size,
        status="saved",
        rows=come.reading.rows,
        counts={} if come.reading.kind in CHILD_LEVEL else dict(come.reading.counts),
        problems=len(come.reading.problems) + come.reading.more_problems,
        notes=_kept_notes(come.reading),
        as_at=come.reading.as_at,
        account_id=None if who.id == OPERATOR else who.id,
        saved_by=who.label,
        saved_at=come.at,
    )


def _whose(session: Session, who: Person, come: Arrival) -> int | None:
    """The one agency whose own return it is; of a return that cannot be read, its sender's."""
    slugs = {scope.agency for scope in come.reading.scopes}
    own = who.agency_ids(come.board_id)
    if come.reading.kind != "template" or len(slugs or own) != 1:
        return None
    asked = select(Agency.id).where(col(Agency.slug).in_(slugs))
    return session.exec(asked).first() if slugs else min(own)


def _kept_notes(reading: Reading) -> list[str]:
    """Notes as they are kept. A count of single children's records could tell what the grid hides."""
    notes = [note.problem for note in reading.notes]
    if reading.kind not in CHILD_LEVEL:
        return notes
    kept = [note for note in notes if not A_COUNT.match(note)]
    return [*kept, *[COUNTS_LEFT_OUT] * (len(kept) < len(notes) or bool(reading.more_notes))]


def origin_of(session: Session, row: Import, file: FileFacts) -> int:
    """Where every figure of this file will say that it comes from."""
    told = STATISTIC if row.kind == "dfe" else {"kind": "return", "released_on": row.as_at}
    origin = Origin(
        key=f"import-{row.id}",
        title=row.title or row.file_name,
        **told,
        note=f"File “{row.file_name}”, {row.rows:,} rows, taken in by {row.saved_by}. SHA-256 {file.sha256}.",
    )
    session.add(origin)
    session.flush()
    assert origin.id is not None
    return origin.id


def keep_sent(session: Session, row: Import, reading: Reading) -> list[Sent]:
    """Keep each scope as it was sent."""
    assert row.id is not None
    agencies = agencies_on(session, row.board_id)
    sent = []
    for scope in reading.scopes:
        agency_id = agencies.get(scope.agency)
        rows = [dict(each) for each in scope.rows]
        session.add(
            SentScope(
                import_id=row.id,
                board_id=row.board_id,
                scope=scope.key,
                agency_id=agency_id,
                period_end=scope.period_end,
                rows=rows,
            )
        )
        sent.append(Sent(scope.key, rows, agency_id, scope.period_end, row.id, row.origin_id))
    session.flush()
    return sent


def tell(session: Session, who: Person, row: Import, act: str, at: datetime, *, note: str = "") -> None:
    """Write the event of an import; raises the data's revision."""
    assert row.id is not None
    record(
        session,
        who=who,
        board_id=row.board_id,
        record_kind="import",
        record_id=row.id,
        act=act,
        before={},
        after={"file": row.file_name, "sha256": row.sha256, "rows": row.rows, "status": row.status},
        at=at,
        note=note or row.title,
    )
