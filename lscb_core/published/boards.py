"""Documents, areas, boards, agencies and their seats, sub-groups, priorities, meetings, thresholds."""

from lscb_core.db.tables import (
    Agency,
    Area,
    Board,
    Meeting,
    Origin,
    Priority,
    Seat,
    SubGroup,
    ThresholdDocument,
)
from lscb_core.domain.vocab import BoardKind
from lscb_core.published.fields import always, board, code, day, flag, joined, needed, ref, text
from lscb_core.published.known import Known
from lscb_core.published.rows import Row
from lscb_core.published.sheets import Sheet

DOCUMENTS = Sheet(
    "documents.csv",
    Origin,
    {
        "key": needed("key"),
        "kind": always("document"),
        "title": needed("title"),
        "publisher": text("publisher"),
        "released_on": day("published_on"),
        "licence": always("Figures and findings restated in our own words, with the paragraph."),
        "note": text("note"),
    },
    keys=("key",),
)


def _statistic(row: Row, _known: Known) -> str:
    return f"{row.text('statistic')}. {row.text('release')}"


RELEASES = Sheet(
    "statistics/releases.csv",
    Origin,
    {
        "key": needed("key"),
        "kind": always("statistic"),
        "title": _statistic,
        "publisher": text("publisher"),
        "released_on": day("published"),
        "licence": needed("licence"),
        "note": text("oddities"),
    },
    keys=("key",),
)

AREAS = Sheet(
    "statistics/areas.csv",
    Area,
    {"code": needed("code"), "name": needed("name"), "kind": needed("kind")},
    keys=("code",),
)

BOARDS = Sheet(
    "boards.csv",
    Board,
    {
        "slug": needed("slug"),
        "name": needed("name"),
        "short_name": needed("short_name"),
        "kind": code("kind", BoardKind),
        "area_id": ref(Area, "area_code"),
        "as_at": day("as_at"),
        "is_invented": always(False),
        "is_demonstration": always(True),
        "note": text("chair_note"),
    },
    keys=("slug",),
)

AGENCIES = Sheet(
    "agencies.csv",
    Agency,
    {"slug": needed("slug"), "name": needed("name"), "kind": text("kind")},
    keys=("slug",),
)

SEATS = Sheet(
    "seats.csv",
    Seat,
    {
        "board_id": board,
        "agency_id": ref(Agency, "agency"),
        "name": needed("name_on_board"),
        "note": text("note"),
        "source": needed("source"),
    },
    keys=("board_id", "agency_id"),
    gives="agency_id",
)

SUB_GROUPS = Sheet(
    "sub_groups.csv",
    SubGroup,
    {
        "board_id": board,
        "slug": needed("slug"),
        "name": needed("name"),
        "is_panel": flag("is_panel"),
        "note": text("note"),
        "source": needed("source"),
    },
    keys=("board_id", "slug"),
)

PRIORITIES = Sheet(
    "priorities.csv",
    Priority,
    {
        "board_id": board,
        "key": needed("key"),
        "kind": needed("kind"),
        "title": needed("title"),
        "source": joined(source="{}", note="({})"),
    },
    keys=("board_id", "key"),
)

MEETINGS = Sheet(
    "meetings.csv",
    Meeting,
    {
        "board_id": board,
        "held_on": day("held_on"),
        "precision": needed("precision"),
        "kind": needed("kind"),
        "note": text("note"),
        "source": needed("source"),
    },
)

THRESHOLDS = Sheet(
    "threshold_documents.csv",
    ThresholdDocument,
    {
        "board_id": board,
        "kind": needed("kind"),
        "title": needed("title"),
        "rolled_out_on": day("rolled_out_on"),
        "precision": text("precision"),
        "status": text("status"),
        "note": text("note"),
        "source": needed("source"),
    },
)

BOARD_SHEETS = (DOCUMENTS, RELEASES, AREAS, BOARDS, AGENCIES, SEATS, SUB_GROUPS, PRIORITIES)
LATER_SHEETS = (MEETINGS, THRESHOLDS)
