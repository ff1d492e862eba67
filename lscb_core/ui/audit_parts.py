"""The board's audits together: the news of them, and their grades over time."""

import pandas as pd

from lscb_core.charts import grade_strip
from lscb_core.domain.audits import Standing
from lscb_core.domain.periods import month_label
from lscb_core.domain.vocab import AuditKind, Grade
from lscb_core.findings import audits as findings
from lscb_core.queries.audits import audits, graded_of, programme_of
from lscb_core.queries.re_audits import re_audits
from lscb_core.ui import show
from lscb_core.ui.context import Page

IN_TWIN = {
    "title": "audit",
    "theme": "subject",
    "kind": "kind",
    "standing": "where it stands",
    "month": "month",
    "grade": "grade",
    "cases": "cases read",
    "trigger": "why",
    "note": "note",
    "source": "source",
}
GRADED = {name: IN_TWIN[name] for name in ("theme", "month", "grade", "cases", "title", "source")}


def lead(page: Page) -> str:
    """What an audit is, and the news."""
    owed, planned = page.ask(re_audits), in_programme(page)
    news = page.keep("audits/lead", lambda: f" {findings.lead(owed, planned)}")
    return f"In an audit, agencies read children's files and answer the same questions of each.{news}"


def in_programme(page: Page) -> pd.DataFrame:
    """The audits of the programme, as the view has them. Columns: AUDITS."""
    return page.keep("audits/programme", lambda: programme_of(page.ask(audits), page.view.as_at))


def grades(page: Page) -> None:
    """Every graded audit as a lettered square, one line a subject; or the finding that none was graded."""
    listed = page.keep("audits/graded", lambda: graded_of(page.ask(audits)))
    title = page.keep("audits/grades", lambda: findings.grades(listed))
    if listed.empty:
        show.finding(title, "So nobody can see at a glance whether practice gets better.")
        return
    show.finding(title, findings.grades_key(listed))
    show.chart(page, grade_strip, listed, key="grades")
    show.twin(page, page.keep("audits/graded/table", lambda: worded(listed)), GRADED, "grades")


def worded(listed: pd.DataFrame) -> pd.DataFrame:
    """Audits with their codes in words, for a table."""
    return listed.assign(
        kind=[AuditKind.of(code).label for code in listed["kind"]],
        standing=[Standing.of(code).label for code in listed["standing"]],
        grade=[Grade.of(code).label if code else "" for code in listed["grade"]],
        month=[month_label(on) if on else "" for on in listed["month"].astype(object)],
    )
