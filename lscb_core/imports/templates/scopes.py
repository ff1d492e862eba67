"""From checked rows to scopes: what is handed on to be saved, and the words for all of it."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from typing import Any

from lscb_core.domain.numbers import plural
from lscb_core.domain.periods import day, month_label
from lscb_core.imports.reading import Scope
from lscb_core.imports.templates.model import Entry, Filled, Form, Given, Kind, Piece, Template, Values

ALL = "all"


def scopes_of(template: Template, filled: Filled, given: Given) -> list[Scope]:
    """The scopes of a workbook in which nothing is wrong."""
    if template.pieces:
        return list(template.pieces(filled, given))
    return [
        scope
        for form in template.forms_for(given.agency)
        if form.piece
        for scope in _scopes(form, form.piece, filled[form.key], given)
    ]


def _scopes(form: Form, piece: Piece, entries: list[Entry], given: Given) -> Iterator[Scope]:
    found: dict[tuple[str, date], list[Values]] = {}
    row = piece.row or _row(form, piece.words)
    for _, values in entries:
        found.setdefault((_whose(piece, values, given), values[piece.on]), []).append(row(values))
    for (whose, end), rows in found.items():
        agency = whose if whose in given.agencies else ""
        yield Scope(f"template/{piece.kind}/{whose}/{end}", end, tuple(rows), agency)


def _whose(piece: Piece, values: Values, given: Given) -> str:
    if piece.whose == "file":
        return given.agency or ALL
    return ALL if piece.whose == ALL else values[piece.whose] or ALL


def _row(form: Form, words: Iterable[str]) -> Callable[[Values], Values]:
    """These columns as JSON holds them: days as 2026-05-31, texts and codes that are not there as ""."""
    kinds = [(word, form.column(word).kind) for word in words]

    def held(value: Any, kind: Kind) -> Any:
        if value is None:
            return [] if kind is Kind.SEVERAL else "" if kind in (Kind.TEXT, Kind.CHOICE) else None
        if isinstance(value, date):
            return value.isoformat()
        return list(value) if isinstance(value, tuple) else value

    return lambda values: {word: held(values[word], kind) for word, kind in kinds}


def title_of(template: Template, scopes: Collection[Scope], given: Given) -> str:
    """Threshold return: Police, May 2026."""
    whose = sorted({given.agencies[scope.agency] for scope in scopes if scope.agency})
    named = whose[0] if len(whose) == 1 else plural(len(whose), "agency", "agencies") if whose else ""
    days = sorted({scope.period_end for scope in scopes if scope.period_end})
    words = [_period(template, end) for end in dict.fromkeys(days[:1] + days[-1:])]
    rest = ", ".join(filter(None, [named, " to ".join(words)]))
    return f"{template.title}: {rest}" if rest else template.title


def _period(template: Template, end: date) -> str:
    kinds = {column.kind for form in template.forms for column in form.columns}
    return month_label(end) if Kind.MONTH in kinds else day(end)
