"""Parts of a page: findings, notes, figures, charts with their twin, lists of actions, empty states."""

from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any, Literal

import pandas as pd
import pyarrow as pa
import streamlit as st

from lscb_core.domain.numbers import plural, times
from lscb_core.domain.periods import day
from lscb_core.domain.vocab import Brag
from lscb_core.ui.address import with_changes
from lscb_core.ui.context import Page
from lscb_core.ui.downloads import csv_of, excel_of
from lscb_core.ui.filters import clear
from lscb_core.ui.notices import plain
from lscb_core.ui.places import keys, place

Tone = Literal["worse", "better", "neither"]
Arrow = Literal["auto", "up", "down", "off"]
TONES: Mapping[Tone, Literal["red", "green", "gray"]] = {"worse": "red", "better": "green", "neither": "gray"}


def heading(title: str, lead: str = "") -> None:
    """The page's question or headline as typed, and one sentence in plain words, which may be markdown."""
    st.title(plain(title), anchor=False)
    if lead:
        st.markdown(lead)


def note(text: str) -> None:
    """Small grey words; never a caption, whose colour is too faint to read."""
    st.markdown(f":small[:gray[{text}]]")


def finding(title: str, what: str = "", *, level: int = 2) -> None:
    """A finding over a chart or list, and under it what is shown, of what, and when.

    The title is shown as typed; `what` may be markdown.
    """
    with st.container(gap=None):
        st.markdown(f"{'#' * level} {plain(title)}", anchors=False)
        if what:
            note(what)


def go(key: str, label: str, **changes: str | None) -> None:
    """A link to a page that keeps the view, but for these changes; none to a page that is not there."""
    if key not in keys():
        return
    st.page_link(
        place(key),
        label=plain(label),
        icon=":material/arrow_forward:",
        icon_position="right",
        query_params=with_changes(**changes),
    )


def figure(
    label: str,
    value: str,
    delta: str | None = None,
    *,
    tone: Tone = "neither",
    arrow: Arrow = "off",
    help_: str | None = None,
) -> None:
    """One figure with its change. `tone`: worse (red), better (green), neither (grey)."""
    st.metric(label, value, delta, delta_color=TONES[tone], delta_arrow=arrow, help=help_)


def chart(page: Page, kind: ModuleType, frame: pd.DataFrame, *, key: str, **options: Any) -> Any:
    """Draw a chart of the charts layer: its spec without data, and its table, both kept.

    `key` names the chart on the page; the drawing is kept under it for this view and theme.
    """
    options = {name: value for name, value in options.items() if value is not None}
    select = options.pop("on_select", "ignore")
    depends = tuple(sorted(options.items()))

    def draw() -> tuple[Any, Any, str]:
        shape = kind.shape(frame, **options)
        return kind.spec(page.ink, **shape), kind.table(frame, **options), kind.alt_text(frame, **options)

    spec, table, alt = page.keep(f"{kind.__name__}/{key}", draw, depends)
    return st.vega_lite_chart(table, spec, width="stretch", alt=alt, key=key, on_select=select, theme=None)


def twin(
    page: Page,
    frame: pd.DataFrame,
    columns: Mapping[str, str],
    name: str,
    *,
    label: str = "Table and download",
) -> None:
    """The table behind a chart, in plain words, to read and to take away. Filled when it is opened."""
    key = f"twin-{name}"
    opened = st.popover(label, type="tertiary", icon=":material/table_view:", key=key, on_change="rerun")
    if not opened.open:
        return
    with opened:
        said = page.keep(f"twin/{name}", lambda: worded(frame, columns))
        st.dataframe(said, hide_index=True, width=560, alt=f"Table: {name}")
        downloads(page, said, name)


def worded(frame: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    """The frame's documented columns under their words."""
    return frame[list(columns)].rename(
        columns={key: words[:1].upper() + words[1:] for key, words in columns.items()}
    )


def arrow(frame: pd.DataFrame) -> pa.Table:
    """The frame as the browser takes it: made once and kept, it need not be made on each visit."""
    return pa.Table.from_pandas(frame, preserve_index=False)


def downloads(page: Page, said: pd.DataFrame | Callable[[], pd.DataFrame], name: str) -> None:
    """The two buttons under a table. The files name board, day and whether the board is invented.

    `said` may be asked for only when a file is fetched.
    """
    file = f"{page.view.board}-{page.view.as_at}-{name}".lower().replace(" ", "-")
    about = f"{page.choices.board_name}, as at {day(page.view.as_at)}"
    about += ". INVENTED BOARD: none of these figures is real" if page.choices.is_invented else ""
    asked = said if callable(said) else lambda: said
    with st.container(horizontal=True, width="content"):
        st.download_button(
            "CSV",
            lambda: csv_of(asked(), about),
            f"{file}.csv",
            mime="text/csv",
            key=f"csv-{name}",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            "Excel",
            lambda: excel_of(asked(), about),
            f"{file}.xlsx",
            key=f"xlsx-{name}",
            icon=":material/download:",
            on_click="ignore",
        )


def empty(page: Page, words: str) -> None:
    """Nothing to show: what is missing, and a button that takes the filters off."""
    view = page.view
    names = [name for name in ("priority", "sub_group", "agency") if getattr(view, f"{name}_id") is not None]
    with st.container(border=True):
        st.markdown(words)
        if names:
            st.button(
                "Take the filters off",
                on_click=clear,
                args=tuple(names),
                icon=":material/filter_alt_off:",
                key=f"clear-{hash(words)}",
            )


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The frame's rows, one dict each."""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def action_lines(frame: pd.DataFrame, *, show_agency: bool = True) -> None:
    """Actions as two lines each: reads as well on a phone. Frame: `queries.actions.ACTIONS`."""
    st.markdown("\n\n".join(_two_lines(row, show_agency=show_agency) for row in rows_of(frame)))


def action_line(row: Mapping[str, Any], *, show_agency: bool = True) -> None:
    """One action: where it stands and what was promised; under it who and when."""
    st.markdown(_two_lines(row, show_agency=show_agency))


def _two_lines(row: Mapping[str, Any], *, show_agency: bool) -> str:
    state = Brag.of(row["now"])
    late = f" by {plural(row['days_late'], 'day')}" if row["days_late"] else ""
    promise = plain(_promise(row, show_agency=show_agency))
    return f":{state.colour}-badge[{state.label}{late}] **{plain(row['title'])}**  \n:small[:gray[{promise}]]"


def _promise(row: Mapping[str, Any], *, show_agency: bool) -> str:
    who = f"{row['agency'] or 'No owner named'}. " if show_agency else ""
    if pd.isna(row["due_on"]):
        return f"Action {row['number']}. {who}No date agreed."
    moved = (
        f", moved {times(row['times_moved'])} from {day(row['first_due_on'])}" if row["times_moved"] else ""
    )
    return f"Action {row['number']}. {who}Agreed for {day(row['due_on'])}{moved}."
