"""The About page is written from the registry of measures and the table of permissions."""

import pytest

from lscb_core.domain.indicators import ALL, INDICATORS
from lscb_core.domain.permissions import TABLE, Act, Reach
from lscb_core.domain.vocab import SYMBOLS, Role
from lscb_core.findings.about import (
    ACTS,
    DEFINITIONS,
    KINDS,
    act_in_words,
    definition,
    definitions,
    order,
    roles,
    symbols,
)
from lscb_core.ui.about_parts import release


def test_every_measure_of_the_registry_is_defined_once():
    told = definitions()
    assert sorted(told["key"]) == sorted(each.key for each in ALL)
    assert list(told.columns) == list(DEFINITIONS)


def test_no_definition_leaves_anything_unsaid():
    told = definitions()
    assert not (told == "").any(axis=None)
    assert not told.isna().any(axis=None)


def test_measures_stand_in_their_groups():
    groups = [each.kind for each in order()]
    assert list(dict.fromkeys(groups)) == list(KINDS)
    assert sum(a != b for a, b in zip(groups, groups[1:], strict=False)) == len(KINDS) - 1


def test_a_definition_says_what_the_registry_says():
    known, said = INDICATORS["reviews_in_time"], definition(INDICATORS["reviews_in_time"])
    assert (said["counted"], said["caveat"], said["source"]) == (known.counted, known.caveat, known.source)
    assert (said["group"], said["unit"]) == ("Child deaths", "a share, in percent")
    assert said["better"] == "a higher figure is better"


def test_every_act_has_its_row_and_every_role_its_column():
    assert set(ACTS) == set(Act)
    assert roles().columns.tolist() == ["What", *(role.label for role in Role)]
    assert len(roles()) == len(Act)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("act", list(Act))
def test_the_table_says_what_is_permitted(role, act):
    told = roles().set_index("What").loc[act_in_words(act), role.label]
    reaches = TABLE[role].get(act, frozenset())
    if (role, act) == (Role.SUBGROUP, Act.SEE_EXACT_DEATHS):
        assert told == "on the panel"
    elif not reaches:
        assert told == "–"
    elif reaches == {Reach.OWN}:
        assert told == ("own sub-groups" if act is Act.COMMENT_MEASURE else "own agency")
    else:
        assert told == "yes"


def test_every_symbol_is_explained():
    assert symbols()["Symbol"].tolist() == list(SYMBOLS)


def test_the_release_is_the_projects_own():
    assert release().count(".") == 2
