"""Questions of the invented audits and their answers: all agencies together, one agency, or one case."""

from collections.abc import Iterator
from random import Random
from typing import Any, NamedTuple

from lscb_core.db.tables import AuditQuestion, AuditResult
from lscb_core.demo.stage import SOURCE, Stage
from lscb_core.demo.words import Row, sheet

# Of 100 cases, how many meet an ordinary question in an audit of that grade.
USUAL = {"inadequate": 45, "requires_improvement": 60, "good": 76, "outstanding": 90}
READERS = ("police", "health", "childrens-services", "schools", "mental-health")
REFERRERS = {
    "police": 30,
    "schools": 20,
    "health": 15,
    "childrens-services": 12,
    "mental-health": 8,
    "gps": 8,
    "housing": 7,
}


class Answer(NamedTuple):
    """Cases that met a question, of those it applied to: by whom, in which case."""

    met: int
    applicable: int
    agency: str = ""
    case: int | None = None


def add_results(stage: Stage, audits: list[int]) -> None:
    """Questions and answers of every audit of the eight subjects."""
    questions, answers = [], []
    for place, (key, audit) in enumerate(zip(audits, sheet("audits"), strict=True)):
        for position, question in enumerate(_questions(audit), 1):
            chance = stage.chance(f"answers {place} {question['key']}")
            questions.append(_question(key, position, question))
            answers.append(list(_answers(audit, question, chance)))
    ids = stage.put(AuditQuestion, questions)
    rows = ((key, answer) for key, found in zip(ids, answers, strict=True) for answer in found)
    stage.add(AuditResult, (_result(stage, key, answer) for key, answer in rows))


def _question(audit: int, position: int, question: Row) -> dict[str, Any]:
    words = {"text": question["text"], "key": question["key"], "source": SOURCE}
    return {"audit_id": audit, "position": position, **words}


def _result(stage: Stage, question: int, answer: Answer) -> dict[str, Any]:
    return {
        "question_id": question,
        "agency_id": stage.agencies.get(answer.agency),
        "case_number": answer.case,
        "met": answer.met,
        "applicable": answer.applicable,
    }


def _questions(audit: Row) -> list[Row]:
    """The subject's own questions, then those asked of single agencies."""
    own = [row for row in sheet("audit_questions") if row["theme"] == audit["theme"]]
    return [*own, *sheet("agency_questions")] if audit["style"] == "agencies" else own


def _answers(audit: Row, question: Row, chance: Random) -> Iterator[Answer]:
    usual = min(max(USUAL[audit["grade"]] + int(question["shift"]), 4), 97)
    fixed = [r for r in sheet("audit_fixed") if _is_of(r, audit, question)]
    agency = question.get("agency", "")
    if fixed:
        yield Answer(int(fixed[0]["met"]), int(fixed[0]["applicable"]), agency)
    elif audit["style"] == "cases":
        yield from _by_case(audit, question, usual, chance)
    elif audit["style"] == "sources":
        yield from _by_referrer(audit, question, usual, chance)
    else:
        yield _together(int(audit["cases"]), int(question.get("applies", "95")), usual, chance)._replace(
            agency=agency
        )


def _is_of(row: Row, audit: Row, question: Row) -> bool:
    return (
        audit["theme"] == "Exploitation"
        and row["months_ago"] == audit["months_ago"]
        and row["key"] == question["key"]
    )


def _together(cases: int, applies: int, usual: int, chance: Random) -> Answer:
    of = sum(chance.randrange(100) < applies for _ in range(cases))
    return Answer(sum(chance.randrange(100) < usual for _ in range(of)), of)


def _by_referrer(audit: Row, question: Row, usual: int, chance: Random) -> Iterator[Answer]:
    """A sample drawn from several agencies' referrals: their answers add up to the whole."""
    cases = chance.choices(list(REFERRERS), weights=list(REFERRERS.values()), k=int(audit["cases"]))
    parts = [
        _together(cases.count(agency), int(question["applies"]), usual, chance)._replace(agency=agency)
        for agency in REFERRERS
    ]
    yield Answer(sum(part.met for part in parts), sum(part.applicable for part in parts))
    yield from (part for part in parts if part.applicable)


def _by_case(audit: Row, question: Row, usual: int, chance: Random) -> Iterator[Answer]:
    """Every agency reads every case. All together have met a case where each one concerned has."""
    likely = 100 - (100 - usual) * 2 // 5
    cells = [
        _together(1, int(question["applies"]), likely, chance)._replace(agency=agency, case=case)
        for case in range(1, int(audit["cases"]) + 1)
        for agency in READERS
    ]
    concerned = {cell.case for cell in cells if cell.applicable}
    missed = {cell.case for cell in cells if cell.met < cell.applicable}
    yield Answer(len(concerned - missed), len(concerned))
    for agency in READERS:
        mine = [cell for cell in cells if cell.agency == agency]
        yield Answer(sum(cell.met for cell in mine), sum(cell.applicable for cell in mine), agency)
    yield from cells
