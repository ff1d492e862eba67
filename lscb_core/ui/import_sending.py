"""Taking in a file: the board manager any, an agency's lead the own agency's returns."""

from typing import Any

import streamlit as st

from lscb_core.config import today
from lscb_core.domain.periods import day
from lscb_core.domain.permissions import Act
from lscb_core.findings import coverage as words
from lscb_core.findings.words import rows_of
from lscb_core.imports.templates.registry import TEMPLATES
from lscb_core.queries.choices import Named
from lscb_core.queries.coverage import still_due
from lscb_core.ui import address, show
from lscb_core.ui.context import Page
from lscb_core.ui.import_coverage import line
from lscb_core.ui.import_kinds import KINDS, RETURN, FileKind
from lscb_core.ui.import_preview import look_at
from lscb_core.ui.import_saving import ROUND
from lscb_core.ui.import_templates import download, empty_returns
from lscb_core.ui.uploads import allow_upload, hold_upload

KIND = "import-kind"
MOST_DUE = 6


def is_manager(page: Page) -> bool:
    """Whether this person takes in files of every kind."""
    return page.person.may(Act.IMPORT, board_id=page.view.board_id)


def own_agencies(page: Page) -> list[Named]:
    """The agencies whose returns this person sends; none for the board manager, who sends any."""
    led = page.person.agency_ids(page.view.board_id)
    return [each for each in page.choices.agencies if each.id in led] if not is_manager(page) else []


def own_news(page: Page) -> str:
    """What the own agency still owes; nothing for those who lead none."""
    return " ".join(
        words.own_lead(page.seen_as(agency_id=agency.id).ask(still_due), page.view.as_at)
        for agency in own_agencies(page)
    )


def sending_part(page: Page) -> None:
    """The part in which files are sent, as far as this person may."""
    own = own_agencies(page)
    if not own and not is_manager(page):
        show.note("Figures come in files. The board manager takes in files; agencies send their returns.")
    elif page.view.as_at != today():
        _not_today(page)
    elif own:
        _send(page, own)
    else:
        _take_in(page)


def _not_today(page: Page) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.info(
            f"You are looking at {day(page.view.as_at)}. Files are taken in as things stand today.",
            width="stretch",
        )
        today_ = today().isoformat()
        st.button("Go to today", on_click=address.change, args=("as_at", today_), icon=":material/today:")


def _take_in(page: Page) -> None:
    show.finding("Take in a file", "You see what it would change before anything is saved.")
    kind = KINDS[
        st.radio(
            "What kind of file is it?",
            list(KINDS),
            format_func=lambda key: f"**{KINDS[key].title}.** {KINDS[key].about}",
            key=KIND,
        )
    ]
    upload = _uploader(kind, f"The file (.{kind.ending})")
    with st.container():
        if kind.about_children:
            show.note("Children are counted while the file is read. No child is kept, nor any copy of it.")
        if kind is RETURN:
            empty_returns(page, page.choices.agencies, whole_board=True)
    _look(page, kind, upload)


def _uploader(kind: FileKind, label: str) -> Any:
    """Where the file is put. After each file a new one: the old one would keep it."""
    allow_upload(kind.most)
    key = f"import-file-{kind.key}-{st.session_state.get(ROUND, 0)}"
    upload = st.file_uploader(label, type=kind.ending, max_upload_size=kind.most, key=key)
    if upload is not None:
        hold_upload(upload.file_id)
    return upload


def _look(page: Page, kind: FileKind, upload: Any) -> None:
    # The place is there without a file too: else the parts below would move into it while one is read.
    with st.container():
        if upload is not None:
            look_at(page, kind, upload)


def _send(page: Page, own: list[Named]) -> None:
    left, right = st.columns([5, 6], gap="large")
    with left:
        for agency in own:
            _due(page, agency)
    with right:
        show.finding("Send a return", "You see what it would change before anything is saved.")
        upload = _uploader(RETURN, "The workbook, filled in (.xlsx)")
        empty_returns(page, own, whole_board=False)
    _look(page, RETURN, upload)


def _due(page: Page, agency: Named) -> None:
    """What has not come from the own agency, each with its workbook to take away."""
    rows = rows_of(page.seen_as(agency_id=agency.id).ask(still_due))
    show.finding("Still due from your agency", "What has not come, and the next of each.")
    if not rows:
        with st.container(border=True):
            st.markdown("**Nothing is due.** The board asks your agency for no return just now.")
    for row in rows[:MOST_DUE]:
        line(row)
        if row["template"] in TEMPLATES and row["period_end"]:
            download(page, row["template"], agency, row["period_end"], label="Workbook to fill in")
    if len(rows) > MOST_DUE:
        show.note(f"… and {len(rows) - MOST_DUE} more.")
