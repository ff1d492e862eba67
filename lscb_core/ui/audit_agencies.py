"""One audit by agency: each one's own answers, and who met the standard in which case."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from lscb_core.charts import agency_cases
from lscb_core.domain.numbers import of, percent
from lscb_core.findings.audit_agencies import agencies, cases
from lscb_core.queries.audit_answers import questions
from lscb_core.queries.audit_cases import case_answers
from lscb_core.ui import show
from lscb_core.ui.address import keep
from lscb_core.ui.audit_answers import ANSWERS, in_percent
from lscb_core.ui.context import Page
from lscb_core.ui.notices import plain

Audit = Mapping[str, Any]
QUESTION = "question"
CASES = {"question": "question", "agency": "agency", "case": "case", "answer": "answer"}


def agencies_part(page: Page, audit: Audit) -> None:
    """Each agency's own answers, side by side where they were asked the same, and a link to each."""
    key = audit["key"]
    listed = page.ask(questions, audit=key)
    own = page.keep("audit/own", lambda: listed[listed["agency"] != ""], key)
    if own.empty:
        return
    show.finding(page.keep("audit/agencies/title", lambda: agencies(own), key), NOTE)
    said = page.keep("audit/agencies/table", lambda: _side_by_side(own), key)
    st.dataframe(said, hide_index=True, alt="Each agency's answers to each question")
    _links(own)
    twin = page.keep("audit/agencies/all", lambda: in_percent(own), key)
    show.twin(page, twin, {"agency": "agency", **ANSWERS}, f"agencies-{key}")


NOTE = "Cases where the answer was yes, of those the question applied to, as each agency saw them."


def _side_by_side(own: pd.DataFrame) -> pd.DataFrame:
    """A line for each question, a column for each agency; where each was asked its own, a line for both."""
    if own["position"].nunique() == len(own):
        rows = own.to_dict("records")
        return pd.DataFrame(
            {
                "Agency": [row["agency"] for row in rows],
                "Question": [row["question"] for row in rows],
                "Yes": [of(row["met"], row["applicable"]) for row in rows],
                "Share": [_share(row["share"]) for row in rows],
                "Likely range (95%)": [_likely(row) for row in rows],
            }
        )
    cells = own.assign(cell=[of(*pair) for pair in zip(own["met"], own["applicable"], strict=True)])
    wide = cells.pivot(index=["position", "question"], columns="agency", values="cell").fillna("–")
    return wide.reset_index("position", drop=True).reset_index().rename(columns={"question": "Question"})


def _share(share: float | None) -> str:
    return "too few" if pd.isna(share) else percent(share, places=0)


def _likely(row: Mapping[Any, Any]) -> str:
    if pd.isna(row["share"]):
        return ""
    return f"{percent(row['low'], places=0)} to {percent(row['high'], places=0)}"


def _links(own: pd.DataFrame) -> None:
    """To each agency's own page."""
    with st.container(horizontal=True, gap="small"):
        for name, slug in dict(zip(own["agency"], own["agency_slug"], strict=True)).items():
            show.go("agency", name, agency=slug)


def cases_part(page: Page, audit: Audit) -> None:
    """Agency by case, for one question at a time, where every agency audited the same cases."""
    if not audit["is_case_by_agency"]:
        return
    listed = page.ask(case_answers, audit=audit["key"])
    if listed.empty:
        return
    texts = dict(zip(listed["position"].tolist(), listed["question"], strict=True))
    position = _question(texts)
    drawn = page.keep("audit/cases", lambda: _of_question(listed, position), audit["key"], position)
    show.finding(
        page.keep("audit/cases/title", lambda: cases(drawn), audit["key"], position),
        f"{plain(texts[position])} {KEY}",
    )
    _choose_question(texts, position)
    show.chart(page, agency_cases, drawn, key=f"cases-{audit['key']}-{position}")
    show.twin(page, drawn, CASES, f"cases-{audit['key']}-{position}")


KEY = "Every agency audited the same cases. **Y** met, **N** not met, **–** did not apply."


def _question(texts: dict[int, str]) -> int:
    """The question that the address names, or else the first."""
    asked = st.query_params.get(QUESTION, "")
    return int(asked) if asked.isdecimal() and int(asked) in texts else next(iter(texts))


def _choose_question(texts: dict[int, str], now: int) -> None:
    st.session_state["audit_question"] = now
    st.selectbox(
        "Question",
        list(texts),
        key="audit_question",
        format_func=texts.__getitem__,
        on_change=lambda: keep(QUESTION, str(st.session_state["audit_question"])),
        width=480,
    )


def _of_question(listed: pd.DataFrame, position: int) -> pd.DataFrame:
    chosen = listed[listed["position"] == position]
    return chosen.assign(case=[f"Case {number}" for number in chosen["case"]])
