"""The questions and answers of one audit in their tables, beside those of other origins."""

from collections.abc import Collection, Mapping

from sqlmodel import col, select

from lscb_core.commands.placing.aside import remembered, stand_in
from lscb_core.commands.placing.audit_answers import TOGETHER, Spot, Told, same_words, two_wordings
from lscb_core.commands.placing.model import Place
from lscb_core.commands.placing.origins import agencies_on, name_of, no_seat, number_of
from lscb_core.db.tables import Audit, AuditQuestion, AuditResult
from lscb_core.domain.numbers import of

SOURCE = "Audit return"


def hold_answers(place: Place, audit: Audit, told: Told, mine: Collection[int]) -> None:
    """Make the audit hold these questions and answers, and no others of `mine`.

    Raises BadInput for an agency without a seat, or a question that the register words otherwise.
    """
    questions = _questions(place, audit, told, mine)
    positions = {number_of(row): at for at, row in questions.items()}
    slugs = {number: slug for slug, number in agencies_on(place.session, audit.board_id).items()}
    start = f"Audit {audit.key}, question "

    def name(row: AuditResult) -> str:
        agency = slugs.get(row.agency_id, "?") if row.agency_id else TOGETHER
        return _name(start, Spot(positions[row.question_id], agency, row.case_number))

    held = _results(place, positions)
    others = {name(row) for row in held if row.origin_id not in mine}
    others |= set(remembered(place, AuditResult, start))
    wanted = _wanted(place, told, questions, start)
    # What one agency's cases add up to does not replace what another origin says of all together.
    together = (spot for spot, answer in told.answers.items() if answer.is_derived and not spot.agency)
    taken = {_name(start, spot) for spot in together} & others
    wanted = {key: row for key, row in wanted.items() if key not in taken}
    stand_in(place, AuditResult, held, wanted, mine=mine, name=name, starts=start)
    _forget(place, questions, told, mine)


def _name(start: str, spot: Spot) -> str:
    case = "" if spot.case is None else f", case {spot.case}"
    return f"{start}{spot.position}, {spot.agency or 'all agencies'}{case}"


def _questions(place: Place, audit: Audit, told: Told, mine: Collection[int]) -> dict[int, AuditQuestion]:
    """Position -> question, for every question of the audit, those of this return among them."""
    asked = select(AuditQuestion).where(AuditQuestion.audit_id == audit.id)
    held = {row.position: row for row in place.session.exec(asked)}
    for position, question in told.questions.items():
        row = held.get(position)
        if row is None:
            row = AuditQuestion(audit_id=number_of(audit), position=position, text="", source=SOURCE)
        elif row.origin_id not in mine:
            if not same_words(row.text, question.text):
                raise two_wordings(position, row.text, question.text)
            continue
        row.text, row.origin_id = question.text, question.origin_id
        place.session.add(row)
        held[position] = row
    place.session.flush()
    return held


def _results(place: Place, questions: Collection[int]) -> list[AuditResult]:
    answers = select(AuditResult).where(col(AuditResult.question_id).in_(questions))
    return list(place.session.exec(answers.order_by(col(AuditResult.id))))


def _wanted(
    place: Place, told: Told, questions: Mapping[int, AuditQuestion], start: str
) -> dict[str, AuditResult]:
    seats = agencies_on(place.session, number_of(place.board))
    for spot in told.answers:
        if spot.agency and spot.agency not in seats:
            raise no_seat(spot.agency)
    return {
        _name(start, spot): AuditResult(
            question_id=number_of(questions[spot.position]),
            agency_id=seats.get(spot.agency),
            case_number=spot.case,
            met=answer.met,
            applicable=answer.applicable,
            origin_id=answer.origin_id,
        )
        for spot, answer in told.answers.items()
    }


def _forget(place: Place, questions: Mapping[int, AuditQuestion], told: Told, mine: Collection[int]) -> None:
    """Questions that a return had brought and that nobody answers any more go."""
    gone = [row for at, row in questions.items() if row.origin_id in mine and at not in told.questions]
    answered = {row.question_id for row in _results(place, [number_of(row) for row in gone])}
    for row in gone:
        if row.id not in answered:
            place.session.delete(row)
    place.session.flush()


def totals(place: Place, audit: Audit | None) -> dict[str, str]:
    """What readers see of the audit's answers over all cases: question 3, Police -> 4 of 5."""
    if audit is None:
        return {}
    answers = (
        select(AuditQuestion.position, AuditResult)
        .join(AuditResult, col(AuditResult.question_id) == AuditQuestion.id)
        .where(AuditQuestion.audit_id == audit.id, col(AuditResult.case_number).is_(None))
        .order_by(col(AuditQuestion.position), col(AuditResult.agency_id))
    )
    return {
        f"question {at}, {name_of(place, row.agency_id) if row.agency_id else 'all agencies'}": of(
            row.met, row.applicable
        )
        for at, row in place.session.exec(answers)
    }
