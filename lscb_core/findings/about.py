"""What the About page says, written from the registry of measures and the table of permissions."""

from collections.abc import Mapping

import pandas as pd

from lscb_core.domain.indicators import ALL, Better, Indicator, Kind, Unit
from lscb_core.domain.permissions import Act, Grant, Reach, permitted
from lscb_core.domain.vocab import SYMBOLS, Role

KINDS: Mapping[Kind, str] = {
    "local": "The board's own figures",
    "audit": "Audits",
    "death": "Child deaths",
    "action": "Actions",
    "published": "Published statistics",
}
UNITS: Mapping[Unit, str] = {
    "count": "a count",
    "percent": "a share, in percent",
    "rate_per_10k": "a rate: for every 10,000 children",
    "days": "days",
}
BETTER: Mapping[Better, str] = {
    "higher": "a higher figure is better",
    "lower": "a lower figure is better",
    "neither": "neither direction is better in itself",
}
SPANS = {"year": "year", "quarter": "quarter", "month": "month", "day": "single day, such as 31 March"}

DEFINITIONS = {
    "group": "group",
    "title": "measure",
    "unit": "unit",
    "span": "usual period",
    "numerator": "what is counted",
    "denominator": "of what",
    "counted": "what is in",
    "left_out": "what is left out",
    "better": "direction",
    "source": "source",
    "caveat": "read with care",
    "key": "the measure's word in files",
}

ACTS: Mapping[Act, str] = {
    Act.READ: "Read the board's pages",
    Act.SEE_EXACT_DEATHS: "See exact counts of child deaths",
    Act.UPDATE_ACTION: "Update an action",
    Act.VERIFY_ACTION: "Check and close an action",
    Act.REOPEN_ACTION: "Open a closed action again",
    Act.ADD_ACTION: "Add an action",
    Act.ASSIGN_ACTION: "Name an action's owner",
    Act.REDATE_ACTION: "Move an agreed date",
    Act.WITHDRAW_ACTION: "Withdraw an action",
    Act.RAISE_CHALLENGE: "Raise a challenge",
    Act.COMMENT_MEASURE: "Explain a measure",
    Act.SEND_RETURN: "Send an agency's figures",
    Act.EDIT_REGISTER: "Settle which returns are asked for, and whose a source is",
    Act.IMPORT: "Take in files",
    Act.UNDO_IMPORT: "Take a file's figures out again",
    Act.SEE_HISTORY: "Read the history of every change",
    Act.MANAGE_ACCOUNTS: "Keep accounts and roles",
    Act.BACKUP: "Make and put back a copy (command line)",
}
NOT_YET = frozenset({Act.RAISE_CHALLENGE, Act.COMMENT_MEASURE})
"""The rights to these are settled; their forms come with a later release."""


def order() -> list[Indicator]:
    """Every measure of the registry, group by group, in the order of the registry."""
    return sorted(ALL, key=lambda each: list(KINDS).index(each.kind))


def definitions() -> pd.DataFrame:
    """Every measure's definition, one in a row. Columns: DEFINITIONS."""
    rows = [definition(each) for each in order()]
    return pd.DataFrame(rows, columns=list(DEFINITIONS))


def definition(measure: Indicator) -> dict[str, str]:
    """One measure's definition in words, under the keys of DEFINITIONS."""
    as_it_is = ("title", "numerator", "denominator", "counted", "left_out", "source", "caveat", "key")
    return {
        **{name: str(getattr(measure, name)) for name in as_it_is},
        "group": KINDS[measure.kind],
        "unit": UNITS[measure.unit],
        "span": SPANS[measure.span],
        "better": BETTER[measure.better],
    }


def roles() -> pd.DataFrame:
    """Who may do what: an act in each row, a role in each column, as the table of permissions has it."""
    rows = [
        {"What": act_in_words(act), **{role.label: reach_in_words(role, act) for role in Role}}
        for act in ACTS
    ]
    return pd.DataFrame(rows, columns=["What", *(role.label for role in Role)])


def act_in_words(act: Act) -> str:
    """What it is, and whether its form is still to come."""
    return f"{ACTS[act]} (a later release)" if act in NOT_YET else ACTS[act]


def reach_in_words(role: Role, act: Act) -> str:
    """'yes', 'own agency', 'own sub-groups', 'on the panel', or nothing."""
    plain, on_panel = Grant(role, 1), Grant(role, 1, sub_group_is_panel=True)
    reaches = {reach for reach in Reach if permitted([plain], act, reach)}
    if not reaches:
        return "on the panel" if permitted([on_panel], act, Reach.NONE) else "–"
    if reaches == set(Reach):
        return "yes"
    return "own sub-groups" if act is Act.COMMENT_MEASURE else "own agency"


def symbols() -> pd.DataFrame:
    """The letters that stand in place of a number. Columns: Symbol, Meaning."""
    return pd.DataFrame(
        {"Symbol": list(SYMBOLS), "Meaning": [text.capitalize() for text in SYMBOLS.values()]}
    )
