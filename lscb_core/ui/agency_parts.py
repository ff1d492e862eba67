"""Parts of the agency page: all agencies side by side, or everything about one."""

from typing import Any

import streamlit as st

from lscb_core.db.access import boards_of
from lscb_core.domain.numbers import listed
from lscb_core.domain.vocab import Brag
from lscb_core.findings import agency as words
from lscb_core.findings import agency_parts as titles
from lscb_core.findings.agency import Held
from lscb_core.findings.words import rows_of
from lscb_core.queries.actions import actions
from lscb_core.queries.agencies import AGENCIES, agencies
from lscb_core.queries.board_work import section_11, training
from lscb_core.queries.one_agency import attendance, audit_answers, judgement, other_seats
from lscb_core.queries.partner_returns import partner_returns
from lscb_core.queries.thresholds import whole_board
from lscb_core.ui import show
from lscb_core.ui.context import Page
from lscb_core.ui.notices import plain

OPEN = (Brag.LATE, Brag.DUE_SOON, Brag.MOVED_TWICE, Brag.NO_DATE, Brag.ON_TIME)
MOST_LISTED = 6


def all_agencies(page: Page) -> None:
    """Every agency of the board with what is known of it; each opens."""
    held = page.ask(agencies)
    show.heading(
        "Agencies of the board",
        "Those with most late actions stand first. Choose one to see everything the board holds about it.",
    )
    if held.empty:
        show.empty(page, "**No agency is named** as a member of this board in what is held.")
        return
    grid = st.grid(3, border=True, min_column_width=260)
    for row in page.keep("agency/list", lambda: rows_of(held)):
        with grid.cell(), st.container(gap="xxsmall"):
            show.go("agency", row["agency"], agency=row["agency_slug"])
            st.markdown(plain(words.in_the_list(row)))
    shown = {key: said for key, said in AGENCIES.items() if key not in ("agency_slug", "position")}
    show.twin(page, held, shown, "agencies")


def held_about(page: Page) -> Held:
    """What the judgement, the figures and the gaps are read from."""
    return page.keep("agency/held", lambda: _held(page))


def _held(page: Page) -> Held:
    slug = next(each.key for each in page.choices.agencies if each.id == page.view.agency_id)
    standing = {row["agency_slug"]: row for row in rows_of(page.ask(agencies))}
    returned = rows_of(page.ask(partner_returns))
    whole = rows_of(page.ask(whole_board))
    return Held(
        standing=standing[slug],
        attendance=rows_of(page.ask(attendance))[0],
        returns=returned[0] if returned else {},
        board_share=whole[0]["share"] if whole else None,
    )


def opening(page: Page, held: Held) -> None:
    """The agency's name, the judgement of it, the boards it sits on too."""
    show.heading(held.standing["agency"], page.keep("agency/lead", lambda: _lead(page, held)))
    _other_boards(page)


def _lead(page: Page, held: Held) -> str:
    """The lead is markdown; what people wrote in it is shown as typed."""
    judged = page.ask(judgement)
    typed = {name: judged[name].map(plain) for name in ("text", "signed_by")}
    return words.lead(judged.assign(**typed), held)


def _other_boards(page: Page) -> None:
    """Its seats elsewhere, those that the reader may open."""
    mine = page.keep(
        "agency/boards", lambda: [b.id for b in boards_of(page.session, page.person)], page.person.id
    )
    there = [row for row in rows_of(page.ask(other_seats)) if row["board_id"] in mine]
    if not there:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(":small[:gray[This agency, or its like, on other boards:]]", width="content")
        for row in there:
            show.go(
                "agency", row["board"], board=row["board_slug"], as_at=None, priority=None, sub_group=None
            )


def figures(page: Page, held: Held) -> None:
    """At most four figures beside the board's."""
    found = page.keep("agency/figures", lambda: words.figures(held))
    grid = st.grid(4, border=True, min_column_width=150)
    for figure in found:
        with grid.cell():
            show.figure(figure.label, figure.value, figure.beside or None, tone=figure.tone)
    if note := held.returns.get("note"):
        show.note(f"Its figures: {plain(note)}")


def open_actions(page: Page) -> None:
    """The agency's open actions, most days late first; each opens."""
    owed = page.ask(actions, only=OPEN)
    title = page.keep("agency/actions", lambda: titles.actions_title(owed))
    show.finding(title, "Open actions, most days late first." if len(owed) else "")
    for row in page.keep("agency/first", lambda: rows_of(owed.head(MOST_LISTED))):
        _action(row)
    if len(owed):
        show.go("actions", f"All {len(owed)} of them, to update" if len(owed) > 1 else "The list of actions")


def _action(row: dict[str, Any]) -> None:
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="top", gap="small"
    ):
        with st.container(width="stretch"):
            show.action_line(row, show_agency=False)
        show.go("actions", "Open", action=str(row["number"]))


def missing(page: Page, held: Held) -> None:
    """What the board does not hold about it: a finding of its own."""
    gaps = page.keep("agency/missing", lambda: _gaps(page, held))
    if gaps:
        with st.container(border=True):
            st.markdown(f"**The board does not hold:** {plain(listed(gaps))}.")


def _gaps(page: Page, held: Held) -> list[str]:
    scores = page.ask(section_11)
    return words.missing(
        held,
        answers=page.ask(audit_answers),
        scores=scores[scores["own"].notna()],
        courses=page.ask(training),
    )
