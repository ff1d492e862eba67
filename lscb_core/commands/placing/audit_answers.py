"""What the returns of one audit say together: its questions, and who met them in which case."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from lscb_core.commands.placing.model import Sent
from lscb_core.commands.placing.origins import WHOLE_BOARD
from lscb_core.domain.periods import month_start
from lscb_core.errors import BadInput

TOGETHER = ""
"""In the place of an agency: all of them together."""


class Spot(NamedTuple):
    """Whose answer to which question (by position), in which case; no case: over all of them."""

    position: int
    agency: str = TOGETHER
    case: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Cases that met a question, of those it applied to. `is_derived`: added up from single cases here."""

    met: int
    applicable: int
    origin_id: int
    is_derived: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in words, and the file that brought it."""

    text: str
    origin_id: int


@dataclass(slots=True)
class Told:
    """All that stands of the returns of one audit."""

    origin_id: int = 0
    is_boards: bool = False  # whether the words are those of a return of the whole board
    words: dict[str, str] = field(default_factory=dict)  # title, theme, kind, method
    month: date | None = None
    questions: dict[int, Asked] = field(default_factory=dict)
    answers: dict[Spot, Answer] = field(default_factory=dict)

    @property
    def cases(self) -> int | None:
        """How many cases were read; None where no return tells of single cases."""
        return len({spot.case for spot in self.answers if spot.case is not None}) or None

    @property
    def is_case_by_agency(self) -> bool:
        """Whether several agencies read single cases."""
        return len({spot.agency for spot in self.answers if spot.case is not None}) > 1


def told(stands: Iterable[Sent]) -> Told:
    """What the returns say, the earliest first: whoever sends again replaces the own answers alone.

    Raises BadInput where one question has two wordings, or more cases met it than it applied to.
    """
    found = Told()
    for one in stands:
        rows = [_row(row, one) for row in one.rows or ()]
        again = {row["agency"] for row in rows}
        found.answers = {spot: answer for spot, answer in found.answers.items() if spot.agency not in again}
        for row in rows:
            _take(found, row, one.origin_id or 0)
        _describe(found, rows, one)
    answered = {spot.position for spot in found.answers}
    found.questions = {at: asked for at, asked in found.questions.items() if at in answered}
    found.answers |= dict(_totals(found.answers))
    return found


def _row(row: Mapping[str, Any], one: Sent) -> dict[str, Any]:
    """The row, with the agency whose return it is where none is named."""
    sender = _sender(one)
    own = TOGETHER if sender == WHOLE_BOARD else sender
    agency = row.get("agency") or own
    if own and agency != own:
        raise BadInput(
            "Nothing was saved: an agency's return holds another agency's answers.",
            advice="Take them out, or ask the board manager to send the file.",
        )
    return {**row, "agency": agency}


def _sender(one: Sent) -> str:
    """Whose return it is: template/audits/<audit>/<agency or all>."""
    return one.key.split("/")[3]


def _describe(found: Told, rows: Sequence[Mapping[str, Any]], one: Sent) -> None:
    """The audit in the words of the latest return; those of the board itself come before an agency's."""
    is_boards = _sender(one) == WHOLE_BOARD
    if not rows or (found.is_boards and not is_boards):
        return
    first = rows[0]
    found.origin_id, found.is_boards = one.origin_id or 0, is_boards
    found.words = {name: str(first.get(name) or "") for name in ("title", "theme", "kind", "method")}
    found.month = month_start(date.fromisoformat(str(first["month"]))) if first.get("month") else None


def _take(found: Told, row: Mapping[str, Any], origin_id: int) -> None:
    position, text = int(row["position"]), str(row["question"])
    known = found.questions.get(position)
    if known is not None and not same_words(known.text, text):
        raise two_wordings(position, known.text, text)
    found.questions[position] = Asked(text, origin_id)
    if row.get("met") is None and row.get("applicable") is None:
        return
    met, applicable = int(row.get("met") or 0), int(row.get("applicable") or 0)
    if not 0 <= met <= applicable:
        raise BadInput(
            f"Nothing was saved: question {position} was met by {met} cases of {applicable}.",
            advice="Correct the two numbers.",
        )
    found.answers[Spot(position, row["agency"], row.get("case"))] = Answer(met, applicable, origin_id)


def same_words(one: str, other: str) -> bool:
    """The same question, whatever the case, spaces and signs."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def two_wordings(position: int, known: str, said: str) -> BadInput:
    """The words for a question that reads otherwise than it did."""
    return BadInput(
        f"Nothing was saved: question {position} has two wordings.",
        why=f"It was asked as “{known[:80]}”, and the file has “{said[:80]}”.",
        advice="Use the wording that stands, or give the new question a number of its own.",
    )


def _totals(answers: Mapping[Spot, Answer]) -> Iterator[tuple[Spot, Answer]]:
    """Over all cases, where a return tells of single ones and gives no total itself."""
    cases: dict[int, dict[str, list[tuple[int, Answer]]]] = {}
    for spot, answer in answers.items():
        if spot.case is not None:
            by_agency = cases.setdefault(spot.position, {})
            by_agency.setdefault(spot.agency, []).append((spot.case, answer))
    for position, by_agency in cases.items():
        for agency, listed in by_agency.items():
            if Spot(position, agency) not in answers:
                yield Spot(position, agency), _added([answer for _, answer in listed])
        if TOGETHER not in by_agency and Spot(position) not in answers:
            yield Spot(position), _by_all([each for listed in by_agency.values() for each in listed])


def _added(listed: Sequence[Answer]) -> Answer:
    return Answer(
        sum(answer.met for answer in listed),
        sum(answer.applicable for answer in listed),
        max(answer.origin_id for answer in listed),
        is_derived=True,
    )


def _by_all(listed: Sequence[tuple[int, Answer]]) -> Answer:
    """All agencies together have met a case where each one concerned has."""
    concerned = {case for case, answer in listed if answer.applicable}
    missed = {case for case, answer in listed if answer.met < answer.applicable}
    newest = max(answer.origin_id for _, answer in listed)
    return Answer(len(concerned - missed), len(concerned), newest, is_derived=True)
