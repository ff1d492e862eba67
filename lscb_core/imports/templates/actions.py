"""The template of actions: how those of the board stand, and new ones."""

from typing import Any

from lscb_core.domain.vocab import ActionSource, Status
from lscb_core.imports.templates.columns import agency, choice, day, text
from lscb_core.imports.templates.lists import OWNERS, keys, members
from lscb_core.imports.templates.model import Column, Extra, Form, Given, Kind, Piece, Rule, Template

ONLY_OWNERS = "Choose a status from the list. An action is closed by somebody else, who has checked it."
FOR_NEW_ONES = "An action without a number is a new one: fill this in, or write the number of the old one."


def _is_open(value: int, given: Given) -> bool:
    return str(value) in given.known.get("actions", ())


def _new_ones_have(key: str) -> Rule:
    def holds(frame: Any) -> Any:
        return frame["number"].notna() | frame[key].notna()

    return Rule(key, ("number", key), holds, "This cell is empty.", FOR_NEW_ONES)


def _complete_says_what(frame: Any) -> Any:
    return (frame["status"] != Status.COMPLETE.value) | frame["note"].notna()


def _numbers_once(frame: Any) -> Any:
    return frame["number"].isna() | ~frame.duplicated(["as_at", "number"])


def _new_ones_once(frame: Any) -> Any:
    return (
        frame["number"].notna()
        | frame["title"].isna()
        | ~frame.duplicated(["as_at", "number", "title", "agency"])
    )


_NUMBER = Column(
    key="number",
    heading="Number",
    kind=Kind.WHOLE,
    note="The action's number in the register. Leave it empty for a new action.",
    required=False,
    low=1,
    example="14",
    width=10,
    extra=(
        Extra(
            _is_open,
            "{said} is not the number of an open action of this board.",
            "Check it against the register. Leave it empty for a new action.",
        ),
    ),
)
_TITLE = text(
    "title",
    "Action",
    "What was promised. Of an action with a number it is not changed.",
    example="Agree a joint procedure for strategy discussions",
    width=46,
)
_DUE_ON = Column(
    key="due_on",
    heading="Due",
    kind=Kind.DAY,
    note="The day agreed with the board. Only the board manager moves it, and says why.",
    required=False,
    past=False,
    example="30/09/2026",
)
_STATUS = choice(
    "status",
    "Status",
    "How far it is. Closing takes another person, so it is not on the list.",
    members(OWNERS),
    unknown=ONLY_OWNERS,
    example=Status.IN_PROGRESS.label,
    width=28,
)
_SOURCE = choice(
    "source_kind",
    "Came from",
    "What gave rise to a new action.",
    members(ActionSource),
    required=False,
    example=ActionSource.AUDIT.label,
    width=26,
)


def _tags(key: str, heading: str, what: str) -> Column:
    return Column(
        key=key,
        heading=heading,
        kind=Kind.SEVERAL,
        note=f"{what} by their words on the sheet “Lists”, parted by semicolons.",
        required=False,
        options=keys(key),
        unknown="Use the words on the sheet “Lists”, parted by semicolons.",
        width=26,
    )


_AS_AT = day(
    "as_at",
    "As at",
    "The day on which it stands like this.",
    empty="Write the day on which the actions stand as you say.",
    example="31/05/2026",
)

ACTIONS = Template(
    key="actions",
    title="Actions",
    purpose="Says how far the actions are that were promised to the board, and brings new ones.",
    forms=(
        Form(
            key="actions",
            title="Actions",
            what="One row for each action. Those that are open stand here already.",
            columns=(
                _AS_AT,
                _NUMBER,
                _TITLE,
                text("detail", "Detail", "More about what is to be done.", width=46),
                agency("Whose action it is. Empty: nobody's yet.", required=False),
                _DUE_ON,
                _STATUS,
                text(
                    "note", "What has happened", "What was done since the last time, or why the date moved."
                ),
                _SOURCE,
                _tags("priorities", "Priorities", "Priorities that the action serves,"),
                _tags("sub_groups", "Sub-groups", "Sub-groups that answer for it,"),
            ),
            rules=(
                _new_ones_have("title"),
                _new_ones_have("source_kind"),
                Rule(
                    "number",
                    ("as_at", "number"),
                    _numbers_once,
                    "A row before this one has the same number.",
                    "Keep one of them.",
                ),
                Rule(
                    "title",
                    ("as_at", "number", "title", "agency"),
                    _new_ones_once,
                    "A row before this one brings the same new action.",
                    "Keep one of them.",
                ),
                Rule(
                    "note",
                    ("status", "note"),
                    _complete_says_what,
                    "The action is complete, but nothing says what was done.",
                    "Say it in a sentence, so that somebody else can check it.",
                ),
            ),
            piece=Piece(
                "actions",
                "file",
                "as_at",
                (
                    "number",
                    "title",
                    "detail",
                    "agency",
                    "due_on",
                    "status",
                    "note",
                    "source_kind",
                    "priorities",
                    "sub_groups",
                ),
            ),
        ),
    ),
    steps=(
        "Bring the rows up to date. An action that you leave out stays as it is.",
        "New actions stand below, without a number. Only the board manager can send them.",
    ),
)
