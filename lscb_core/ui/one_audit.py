"""One audit: chosen in a box, its facts, and what it found and what was promised after it."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from lscb_core.domain.audits import Standing
from lscb_core.domain.numbers import in_words, plural, sentence_plural
from lscb_core.domain.periods import month_label
from lscb_core.domain.vocab import AuditKind, Brag, Grade
from lscb_core.findings import one_audit as said
from lscb_core.queries.audit_answers import questions
from lscb_core.queries.audit_findings import audit_actions, findings, recommended
from lscb_core.queries.audits import audits
from lscb_core.queries.re_audits import re_audits
from lscb_core.ui import show
from lscb_core.ui.address import keep
from lscb_core.ui.audit_agencies import agencies_part, cases_part
from lscb_core.ui.audit_answers import asked_part, then_part
from lscb_core.ui.audit_programme import due_badge
from lscb_core.ui.context import Page
from lscb_core.ui.notices import plain

Audit = Mapping[str, Any]
AUDIT = "audit"
MOST_LINKS = 8
GRADE_COLOURS = {"inadequate": "red", "requires_improvement": "orange", "adequate": "orange"}


def audit_part(page: Page) -> None:
    """The audit that the address names, with everything that is known of it."""
    audit = _choose(page)
    _badges(page, audit)
    _facts(audit)
    if audit["standing"] == Standing.DONE.value:
        _results(page, audit)
    else:
        _promised(page, audit)


def _choose(page: Page) -> Audit:
    """The audit of the address, or else the latest with counts; a box chooses another."""
    rows = page.keep("audits/choice", lambda: _offered(page.ask(audits)))
    titles = {row["key"]: _title(row) for row in rows}
    asked = st.query_params.get(AUDIT, "")
    if asked not in titles:
        keep(AUDIT, None)
        asked = max(rows, key=lambda row: (row["answered"] > 0, row["questions"] > 0))["key"]
    st.session_state["audit"] = asked
    st.selectbox(
        "Audit", list(titles), key="audit", format_func=titles.__getitem__, on_change=_chosen, width=640
    )
    return next(row for row in rows if row["key"] == asked)


def _chosen() -> None:
    keep(AUDIT, st.session_state["audit"])


def _offered(listed: pd.DataFrame) -> list[dict[str, Any]]:
    """Done ones first, the newest at the top; then what is under way, planned or slipped."""
    order = [each.value for each in Standing]
    rows = [row | {"cases": None if row["cases"] is pd.NA else row["cases"]} for row in show.rows_of(listed)]
    return sorted(rows, key=lambda row: order.index(row["standing"]))


def _title(row: Audit) -> str:
    when = f", {month_label(row['month'])}" if row["month"] else ""
    now = Standing.of(row["standing"])
    return f"{row['title']}{when}" + ("" if now is Standing.DONE else f" ({now.label.lower()})")


def _badges(page: Page, audit: Audit) -> None:
    """Grade, cases and agencies, the audit it repeats, and its own repeat."""
    asked = page.ask(questions, audit=audit["key"])
    agencies = page.keep("audit/agencies", lambda: _with_own_answers(asked), audit["key"])
    # Where the view names one agency, the others' answers are left out: their number would be wrong.
    number = len(agencies) if page.view.agency_id is None else 0
    badges = [_now(audit), f":gray-badge[{AuditKind.of(audit['kind']).label}]", _cases(audit, number)]
    if audit["repeat_of"]:
        month = audit["repeat_of_month"]
        badges.append(f":gray-badge[Repeat of {month_label(month) if month else 'an earlier audit'}]")
    owed = page.keep("audits/owed/by-key", lambda: {r["key"]: r for r in show.rows_of(page.ask(re_audits))})
    if audit["key"] in owed:
        badges.append(due_badge(owed[audit["key"]]))
    st.markdown(" ".join(words for words in badges if words))


def _with_own_answers(asked: pd.DataFrame) -> tuple[str, ...]:
    return tuple(name for name in asked["agency"].unique() if name)


def _now(audit: Audit) -> str:
    now = Standing.of(audit["standing"])
    if now is not Standing.DONE:
        return f":{now.colour}-badge[{now.label}]"
    if not audit["grade"]:
        return ":gray-badge[Not graded]"
    return f":{GRADE_COLOURS.get(audit['grade'], 'blue')}-badge[{Grade.of(audit['grade']).label}]"


def _cases(audit: Audit, agencies: int) -> str:
    cases = "" if audit["cases"] is None else plural(audit["cases"], "case")
    of = sentence_plural(agencies, "agency", "agencies") if agencies else ""
    words = ", ".join(part for part in (cases, of) if part)
    return f":gray-badge[{words}]" if words else ""


def _facts(audit: Audit) -> None:
    """Why and how it was made, what came of it, what is doubtful, and where it stands."""
    told = {"Why": audit["trigger"], "How": audit["method"], "What came of it": audit["outcome"]}
    lines = [f"**{label}:** {plain(words)}" for label, words in told.items() if words]
    if lines:
        st.markdown("  \n".join(lines))
    source = f"Source: {audit['origin']}, {audit['source']}." if audit["source"] != "Invented" else ""
    if note := f"{audit['note']} {source}".strip():
        show.note(plain(note))


def _results(page: Page, audit: Audit) -> None:
    """Questions, comparison, agencies, findings, actions; one sentence where none of it was reported."""
    key = audit["key"]
    answers = (
        page.ask(questions, audit=key),
        page.ask(findings, audit=key),
        page.ask(audit_actions, audit=key),
    )
    if all(frame.empty for frame in answers):
        show.finding(
            "No more was reported of it", "No questions, findings or actions: what it changed cannot be seen."
        )
        return
    left, right = st.columns(2, gap="large")
    with left:
        asked_part(page, audit)
    with right:
        (then_part if audit["repeat_of"] else _found)(page, audit)
    cases_part(page, audit)
    agencies_part(page, audit)
    _what_followed(page, audit)


def _what_followed(page: Page, audit: Audit) -> None:
    if not audit["repeat_of"]:
        _promised(page, audit)
        return
    left, right = st.columns(2, gap="large")
    with left:
        _found(page, audit)
    with right:
        _promised(page, audit)


def _found(page: Page, audit: Audit) -> None:
    """What the audit found, in sentences."""
    rows = show.rows_of(page.ask(findings, audit=audit["key"]))
    number = "one finding" if len(rows) == 1 else f"{in_words(len(rows))} findings"
    show.finding(f"What it found: {number}" if rows else "No finding was reported")
    if rows:
        st.markdown("\n".join(f"- {plain(row['finding'])}" for row in rows))


def _promised(page: Page, audit: Audit) -> None:
    """Its actions, late ones first; while a repeat has none, those of the audit that it repeats."""
    listed, after = page.ask(audit_actions, audit=audit["key"]), "it"
    if listed.empty and audit["repeat_of"] and audit["repeat_of_month"]:
        listed = page.ask(audit_actions, audit=audit["repeat_of"])
        after = f"the audit of {month_label(audit['repeat_of_month'])}, which it repeats"
    title = page.keep("audit/promised", lambda: said.promised(listed), audit["key"])
    show.finding(title, "" if listed.empty else f"What was promised after {after}.{_of_filters(page)}")
    advice = page.ask(recommended, audit=audit["key"])
    if gap := page.keep("audit/unanswered", lambda: (said.unanswered(advice),), audit["key"])[0]:
        st.markdown(f":orange-badge[Gap] {gap}")
    show.action_lines(listed)
    with st.container(horizontal=True, gap="small"):
        for row in page.keep("audit/open", lambda: _open(listed), audit["key"]):
            show.go("actions", f"Open action {row['number']}", action=str(row["number"]))


def _of_filters(page: Page) -> str:
    """A warning where the filters may leave some of the actions out."""
    return " Only what fits the filters." if page.view != page.view.without() else ""


def _open(listed: pd.DataFrame) -> list[dict[str, Any]]:
    return [row for row in show.rows_of(listed) if row["now"] != Brag.CLOSED.value][:MOST_LINKS]
