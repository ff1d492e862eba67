"""What the sheets of an audit say together, and the rows that they make."""

import re
from collections.abc import Collection, Iterable, Iterator
from hashlib import sha256

from lscb_core.domain.periods import month_start
from lscb_core.imports.reading import Scope
from lscb_core.imports.templates.model import Entry, Filled, Finding, Given, Values

LONGEST_KEY = 40
_REFERENCE = re.compile(rf"[a-z0-9](?:[a-z0-9-]{{0,{LONGEST_KEY - 2}}}[a-z0-9])?")


def is_reference(text: str) -> bool:
    """Small letters, figures and dashes, at most 40."""
    return _REFERENCE.fullmatch(text) is not None


def audit_key(audit: Values) -> str:
    """The audit's word in a scope: its reference, or one made from its title and month."""
    if audit["reference"]:
        return str(audit["reference"])
    month = f"-{audit['month']:%Y-%m}"
    words = re.sub(r"[^a-z0-9]+", "-", audit["title"].casefold()).strip("-")
    most = LONGEST_KEY - len(month)
    if len(words) > most or not words:  # two long titles may begin alike
        mark = sha256(audit["title"].encode()).hexdigest()[:6]
        words = f"{words[: most - len(mark) - 1].strip('-')}-{mark}".strip("-")
    return words + month


def only_one(group: list[Entry]) -> Iterator[Finding]:
    """One audit in each workbook."""
    for number, _ in group[1:]:
        yield number, "title", "A second audit stands here.", "Use a workbook for each audit."


def audit_findings(filled: Filled, sound: Collection[str]) -> Iterator[tuple[str, Finding]]:
    """Answers without an audit or a question, and cases that are counted twice."""
    answered = [(key, entry) for key in ("answers", "totals") for entry in filled[key]]
    if answered and "audit" in sound and not filled["audit"]:
        yield "audit", (0, "title", "It is not said which audit this was.", "Fill in the sheet “Audit”.")
    if filled["audit"] and not answered and {"answers", "totals"}.issubset(sound):
        yield "answers", (0, "met", "There is no answer.", "Fill in “Answers” or “Totals”.")
    yield from _unknown_questions(filled, sound)
    read = {(values["agency"], values["position"]) for _, values in filled["answers"]}
    for number, values in filled["totals"]:
        if (values["agency"], values["position"]) in read:
            problem = "The answers to this question stand on the sheet “Answers” already."
            yield "totals", (number, "position", problem, "Take this row out: its cases would count twice.")


def _unknown_questions(filled: Filled, sound: Collection[str]) -> Iterator[tuple[str, Finding]]:
    if "questions" not in sound:
        return
    asked = {values["position"] for _, values in filled["questions"]}
    for key in ("answers", "totals"):
        for number, values in filled[key]:
            if values["position"] not in asked:
                problem = f"There is no question {values['position']} on the sheet “Questions”."
                yield key, (number, "position", problem, "Correct the number, or add the question.")


def audit_scopes(filled: Filled, given: Given) -> Iterator[Scope]:
    """One scope: every answer with the audit and the question that it belongs to."""
    if not filled["audit"]:
        return
    [(_, audit)] = filled["audit"]
    facts = {key: audit[key] or "" for key in ("title", "theme", "kind", "method")}
    facts["month"] = month_start(audit["month"]).isoformat()
    questions = {values["position"]: values["question"] for _, values in filled["questions"]}
    rows = tuple({**facts, **row, "question": questions[row["position"]]} for row in _answers(filled))
    key = f"template/audits/{audit_key(audit)}/{given.agency or 'all'}"
    yield Scope(key, audit["month"], rows, given.agency)


def _answers(filled: Filled) -> Iterable[Values]:
    for _, values in filled["answers"]:
        counts = {"met": int(bool(values["met"])), "applicable": int(values["applies"])}
        yield {**_about(values), "case": values["case"], **counts}
    for _, values in filled["totals"]:
        counts = {"met": values["met"], "applicable": values["applicable"]}
        yield {**_about(values), "case": None, **counts}


def _about(values: Values) -> Values:
    return {"position": values["position"], "agency": values["agency"] or ""}
