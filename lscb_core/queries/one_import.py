"""One file that was taken in: where its figures come from, what it replaced, and what was sent before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.access import Person, check
from lscb_core.db.tables import Agency, SentScope
from lscb_core.domain.codes import SECTION_11_STANDARDS
from lscb_core.domain.indicators import INDICATORS
from lscb_core.domain.permissions import Act
from lscb_core.domain.sent_files import KINDS, scope_words
from lscb_core.domain.thresholds import Step
from lscb_core.domain.vocab import Level, Outcome
from lscb_core.errors import NotFound
from lscb_core.queries.imports import files
from lscb_core.queries.seats import seated
from lscb_core.queries.sent_scopes import last_of_each, sent_scopes, standing_in
from lscb_core.queries.view import View

SENT = {
    "what": "what was counted or said",
    "field": "which part of it",
    "before": "as sent before (empty: not sent)",
    "now": "as sent in this file (empty: not sent)",
    "changed": "whether the two differ",
}
KEYS: dict[str, tuple[str, ...]] = {
    "thresholds": ("level", "outcome"),
    "steps": ("step",),
    "actions": ("number", "title"),
    "audits": ("agency", "case", "question"),
    "section11": ("standard",),
    "training": ("title",),
    "attendance": ("agency",),
    "deaths": ("dimension", "key"),
    "measures": ("measure", "span"),
}
"""What names a row of each template; the other parts of the row are what was sent."""
WORDS: dict[str, Mapping[str, str]] = {
    "level": {str(level.value): f"Level {level.value}" for level in Level},
    "outcome": {each.value: each.label for each in Outcome},
    "step": {each.value: each.label for each in Step},
    "standard": SECTION_11_STANDARDS,
    "measure": {key: each.title for key, each in INDICATORS.items()},
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One scope of a file. `before`: number of the file that it replaced; `by`: that replaced it."""

    key: str
    words: str
    rows: int
    before: int | None
    by: int | None


@dataclass(frozen=True, slots=True)
class OneImport:
    """A file's provenance as it stood on the view's day."""

    number: int
    title: str
    kind: str
    template: str
    file: str
    sha256: str
    size: int
    status: str
    who: str
    at: datetime
    as_at: date | None
    rows: int
    problems: int
    counts: Mapping[str, int]
    notes: tuple[str, ...]
    undone: tuple[str, datetime | None, str]
    pieces: tuple[Piece, ...]


def one_import(session: Session, *, view: View, who: Person, number: int) -> OneImport:
    """The file of that number. Raises NotFound where there is none, or none that this person may see."""
    row = next((row for row in files(session, view=view, who=who) if row["id"] == number), None)
    if row is None:
        raise NotFound(f"There is no file number {number} here.", advice="Choose one from the list.")
    return OneImport(
        number=row["id"],
        title=row["title"],
        kind=KINDS.get(row["kind"], row["kind"]),
        template=row["template"] if row["kind"] == "template" else "",
        file=row["file_name"],
        sha256=row["sha256"],
        size=row["size_bytes"],
        status=row["status"],
        who=row["saved_by"],
        at=row["saved_at"],
        as_at=row["as_at"],
        rows=row["rows"],
        problems=row["problems"],
        counts=row["counts"],
        notes=tuple(row["notes"]),
        undone=(row["undone_by"], row["undone_at"], row["undone_why"]),
        pieces=tuple(_pieces(session, view, number)),
    )


def _pieces(session: Session, view: View, number: int) -> Iterable[Piece]:
    own = sa.select(col(SentScope.scope), col(SentScope.rows)).where(col(SentScope.import_id) == number)
    kept = {row.scope: len(row.rows) for row in session.connection().execute(own.order_by(SentScope.scope))}
    names, now = seated(session, view), standing_in(session, view=view, keys=kept)
    before = _before(session, view, number, kept)
    for key, rows in kept.items():
        by = now.get(key)
        yield Piece(key, scope_words(key, names), rows, before.get(key), by if by != number else None)


def _before(session: Session, view: View, number: int, keys: Iterable[str]) -> dict[str, int]:
    """Scope -> the last earlier import of it that had not been undone by the view's day."""
    earlier = sent_scopes(view).where(col(SentScope.scope).in_(keys), col(SentScope.import_id) < number)
    return last_of_each(session, earlier, view)


def sent_rows(session: Session, *, view: View, who: Person, number: int, scope: str) -> pd.DataFrame:
    """What a template's file said of one scope, beside what was sent before. Columns: SENT.

    The rows are as they were sent, before any protection: they are for the board manager and for the lead of
    the agency whose return it is. Raises NotPermitted, NotFound.
    """
    one = one_import(session, view=view, who=who, number=number)
    piece = next((piece for piece in one.pieces if piece.key == scope), None)
    if piece is None or not one.template:
        raise NotFound("There is nothing to show of that.", advice="Choose one from the list.")
    _check_own(session, view, who, scope)
    now = _rows(session, number, scope)
    before = _rows(session, piece.before, scope) if piece.before else []
    keys = KEYS.get(scope.split("/")[1], ())
    return beside(before, now, keys=keys, agencies=seated(session, view))


def _check_own(session: Session, view: View, who: Person, scope: str) -> None:
    if who.may(Act.IMPORT, board_id=view.board_id):
        return
    whose = sa.select(col(Agency.id)).where(col(Agency.slug) == scope.split("/")[2])
    agency_id = session.connection().execute(whose).scalar()
    check(session, who, Act.SEND_RETURN, board_id=view.board_id, agency_id=agency_id)


def _rows(session: Session, number: int, scope: str) -> list[Mapping[str, Any]]:
    own = sa.select(col(SentScope.rows)).where(
        col(SentScope.import_id) == number, col(SentScope.scope) == scope
    )
    return list(session.connection().execute(own).scalar() or ())


def beside(
    before: Sequence[Mapping[str, Any]],
    now: Sequence[Mapping[str, Any]],
    *,
    keys: Sequence[str],
    agencies: Mapping[str, str],
) -> pd.DataFrame:
    """Rows sent before and now, part by part, in the order of the file. Columns: SENT."""
    words = {**WORDS, "agency": agencies}
    old, new = _parts(before, keys, words), _parts(now, keys, words)
    rows = [
        (*part, old.get(part, ""), new.get(part, ""), old.get(part, "") != new.get(part, ""))
        for part in {**new, **old}
    ]
    return pd.DataFrame(rows, columns=list(SENT))


def _parts(
    rows: Sequence[Mapping[str, Any]], keys: Sequence[str], words: Mapping[str, Mapping[str, str]]
) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for row in rows:
        said = [str(row[key]) if row.get(key) is not None else "" for key in keys]
        named = [words.get(key, {}).get(word, word) for key, word in zip(keys, said, strict=True)]
        for name, value in row.items():
            if name not in keys:
                found[", ".join(filter(None, named)), name.replace("_", " ")] = _said(value)
    return found


def _said(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)
