"""The page `docs/permissions.md` is what the table of permissions says, cell by cell."""

from pathlib import Path

import pytest

from lscb_core.domain.permissions import TABLE, Act, Reach
from lscb_core.domain.vocab import Role
from lscb_core.findings.about import NOT_YET, act_in_words
from lscb_core.findings.permissions_page import WHERE, permissions_page

FILE = Path(__file__).parent.parent / "docs" / "permissions.md"
REACHES = (Reach.OWN, Reach.OTHER, Reach.NONE)


def cells(role: Role) -> dict[str, list[str]]:
    """The section of a role as it stands in the file: what -> own, another's, nobody's, another board's."""
    section = FILE.read_text().split(f"### {role.label}\n")[1].split("###")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.strip().splitlines()]
    return {what: words for what, *words in rows[2:]}


def test_the_page_in_the_tree_is_what_the_table_gives():
    assert FILE.read_text() == permissions_page(), (
        "run: python -m lscb_core.findings.permissions_page > docs/permissions.md"
    )


@pytest.mark.parametrize("role", Role)
def test_every_cell_on_the_page_is_the_tables(role):
    told = cells(role)
    for act in Act:
        reaches = TABLE[role].get(act, frozenset())
        elsewhere = "yes" if role is Role.ADMIN else "no"  # an administrator's role holds on every board
        said = [*("yes" if reach in reaches else "no" for reach in REACHES), elsewhere]
        assert told.pop(act_in_words(act), None) == (said if reaches else None)
    on_panel = {f"{act_in_words(Act.SEE_EXACT_DEATHS)}: on the panel alone": ["yes", "yes", "yes", "no"]}
    assert told == (on_panel if role is Role.SUBGROUP else {})


def test_the_page_says_of_each_act_where_it_is_done():
    assert set(WHERE) == set(Act)
    assert {act for act, where in WHERE.items() if where == "no form yet"} == NOT_YET
    assert all(f"{where} |" in FILE.read_text() for where in WHERE.values())
