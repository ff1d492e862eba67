"""The page `docs/permissions.md`, written from the table of permissions.

python -m lscb_core.findings.permissions_page > docs/permissions.md
"""

import sys
from collections.abc import Iterable, Mapping, Sequence

from lscb_core.domain.permissions import Act, Grant, Reach, allowed
from lscb_core.domain.vocab import Role
from lscb_core.findings.about import ACTS, NOT_YET, act_in_words, reach_in_words, roles

WHERE: Mapping[Act, str] = {
    Act.READ: "every page but those named below",
    Act.SEE_EXACT_DEATHS: "Child deaths: “Show exact counts”",
    Act.UPDATE_ACTION: "Actions: the side of an action, “Update it”",
    Act.VERIFY_ACTION: "Actions: the side of an action, “Close it”",
    Act.REOPEN_ACTION: "Actions: the side of an action, “Open it again”",
    Act.ADD_ACTION: "Actions: “Add an action”",
    Act.ASSIGN_ACTION: "Actions: the side of an action, “Name the owner”",
    Act.REDATE_ACTION: "Actions: the side of an action, “Move the date”",
    Act.WITHDRAW_ACTION: "Actions: the side of an action, “Withdraw it”",
    Act.RAISE_CHALLENGE: "no form yet",
    Act.COMMENT_MEASURE: "no form yet",
    Act.SEND_RETURN: "Import: “Send a return”",
    Act.EDIT_REGISTER: "Import: “Returns asked for”, “Whose the sources are”",
    Act.IMPORT: "Import: “Take in a file”, “Words remembered”; `python3 manage.py import`",
    Act.UNDO_IMPORT: "Import: the side of a file, “Undo this file”",
    Act.SEE_HISTORY: "History, its stories and its chain of seals",
    Act.MANAGE_ACCOUNTS: "Accounts; `python3 manage.py accounts`",
    Act.BACKUP: "`python3 manage.py backup` and `restore`",
}
HERE, ELSEWHERE = 1, 2
OWN_AGENCY, OTHER_AGENCY = 10, 11
OWN_GROUP, OTHER_GROUP = 20, 21
PLACES: Mapping[str, tuple[int, Reach]] = {
    "own": (HERE, Reach.OWN),
    "another's": (HERE, Reach.OTHER),
    "nobody's": (HERE, Reach.NONE),
    "on another board": (ELSEWHERE, Reach.OWN),
}
INTRODUCTION = """# Who may do what

This page is written by the dashboard from the table that it asks itself
(`lscb_core/domain/permissions.py`). Do not edit it: change the table, then run
`python -m lscb_core.findings.permissions_page > docs/permissions.md`. A test compares the two, and another
one walks every role through every act, in the commands and in crafted messages to the server.

A role belongs to an account on one board, for an agency lead with one agency, for a sub-group member with
one sub-group. It is read from the database at each step, so a change holds at once. An account may hold
several roles; each is judged for itself, and one that allows an act is enough.
"""
NOTES = """## What else holds

- **Another person closes.** Whoever marked an action complete cannot be the one who closes it, whatever
  the role.
- **Exact counts of child deaths** are for the chair, the manager and members of the sub-group that is the
  child death overview panel. That is asked of the member's own sub-group, not of the role.
- **The own agency** of a lead is the agency of the role. A record without an agency is nobody's own. A lead
  sees in *Import* the files of the own agency alone; another's is simply not there, so no refusal is noted.
- **The administrator can give any role, also to the own account**: whoever adds accounts could add another
  one. Each gift is written into the history with its board, where the chair and the board manager read it.
- **A role on one board is none on another**, but for an administrator without a board: that role holds for
  all boards. Only it sees the events of the history that are about no board, keeps accounts and makes copies.
- **Whoever holds the server's command line** may do on every board what its manager may, and what the
  administrator may: that person holds the database itself. Child deaths are shown there without exact
  counts.
- **Each command and each question asks for itself**, so a form that stayed open after a role was taken away
  saves nothing.
- **Every refusal is written into the history**: who tried which act, on which board, for which agency.
"""


def permissions_page() -> str:
    """The whole page (markdown): roles and acts in short, where each is done, then every cell."""
    parts = [INTRODUCTION, "## In short\n", _in_short(), _not_yet(), "## Where it is done\n", _where()]
    cells = ["## Cell by cell\n", _cells_about()]
    for role in Role:
        cells += [f"### {role.label}\n", _cells(role)]
    return "\n".join([*parts, NOTES, *cells]).rstrip() + "\n"


def _in_short() -> str:
    told = roles()
    return _table(list(told.columns), told.itertuples(index=False))


def _not_yet() -> str:
    named = "; ".join(ACTS[act].lower() for act in ACTS if act in NOT_YET)
    return f"*A later release*: the right is settled, and there is no form for it yet ({named}).\n"


def _where() -> str:
    return _table(["What", "Where"], ((ACTS[act], where) for act, where in WHERE.items()))


def _cells_about() -> str:
    return (
        "Whose record it is, seen from the role: the own agency's, another agency's, or nobody's (for an "
        "explanation of a measure: the sub-group's). What is not listed is refused everywhere.\n"
    )


def _cells(role: Role) -> str:
    """Each act that the role may do somewhere, and where it may."""
    rows = [
        (act_in_words(act), *("yes" if may(role, act, place) else "no" for place in PLACES))
        for act in ACTS
        if any(may(role, act, place) for place in PLACES)
    ]
    on_panel = [act for act in ACTS if reach_in_words(role, act) == "on the panel"]
    more = [(f"{act_in_words(act)}: on the panel alone", *("yes",) * 3, "no") for act in on_panel]
    return _table(["What", *PLACES], [*rows, *more])


def may(role: Role, act: Act, place: str) -> bool:
    """Whether somebody with that role alone may do the act at that place (a key of PLACES)."""
    board, reach = PLACES[place]
    grant = Grant(role, None if role is Role.ADMIN else HERE, OWN_AGENCY, OWN_GROUP)
    agency = {Reach.OWN: OWN_AGENCY, Reach.OTHER: OTHER_AGENCY, Reach.NONE: None}[reach]
    groups = {Reach.OWN: (OWN_GROUP,), Reach.OTHER: (OTHER_GROUP,), Reach.NONE: ()}[reach]
    return allowed([grant], act, board_id=board, agency_id=agency, sub_group_ids=groups)


def _table(names: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [names, ["---"] * len(names), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    sys.stdout.write(permissions_page())
