"""Who may do what: the table is checked cell by cell against the board's own words."""

import pytest

from lscb_core.domain import permissions
from lscb_core.domain.permissions import Act, Grant, Reach, allowed, permitted, reach_of
from lscb_core.domain.vocab import Role
from lscb_core.errors import NotPermitted

BOARD, OTHER_BOARD = 1, 2
POLICE, HEALTH = 10, 11
QUALITY, PANEL = 20, 21

# Written anew from the description of the roles, not from the code: act -> roles, and where.
EVERYWHERE = {
    Act.READ: {"chair", "manager", "subgroup", "agency_lead", "lay", "admin"},
    Act.UPDATE_ACTION: {"manager"},
    Act.REDATE_ACTION: {"manager"},
    Act.ADD_ACTION: {"manager"},
    Act.ASSIGN_ACTION: {"manager"},
    Act.VERIFY_ACTION: {"chair", "manager"},
    Act.REOPEN_ACTION: {"chair", "manager"},
    Act.WITHDRAW_ACTION: {"manager"},
    Act.RAISE_CHALLENGE: {"chair", "manager", "lay"},
    Act.COMMENT_MEASURE: {"manager"},
    Act.SEND_RETURN: {"manager"},
    Act.IMPORT: {"manager"},
    Act.SEE_EXACT_DEATHS: {"chair", "manager"},
    Act.MANAGE_ACCOUNTS: {"admin"},
    Act.BACKUP: {"admin"},
    Act.EDIT_REGISTER: {"manager"},
    Act.UNDO_IMPORT: {"manager"},
    Act.SEE_HISTORY: {"chair", "manager", "admin"},
}
ONLY_OWN = {
    (Act.UPDATE_ACTION, "agency_lead"),
    (Act.SEND_RETURN, "agency_lead"),
    (Act.COMMENT_MEASURE, "subgroup"),
}


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("reach", Reach)
def test_each_role_may_do_what_its_description_says_and_nothing_else(act, role, reach):
    expected = role.value in EVERYWHERE[act] or ((act, role.value) in ONLY_OWN and reach is Reach.OWN)
    assert permitted([Grant(role, BOARD)], act, reach) == expected


def test_nobody_without_a_grant_may_even_read():
    assert not any(permitted([], act, reach) for act in Act for reach in Reach)


def test_exact_deaths_are_for_members_of_the_panels_own_sub_group():
    member = Grant(Role.SUBGROUP, BOARD, sub_group_id=PANEL, sub_group_is_panel=True)
    other = Grant(Role.SUBGROUP, BOARD, sub_group_id=QUALITY)
    assert allowed([member], Act.SEE_EXACT_DEATHS, board_id=BOARD)
    assert not allowed([other], Act.SEE_EXACT_DEATHS, board_id=BOARD)


@pytest.mark.parametrize("role", [Role.LAY, Role.ADMIN, Role.AGENCY_LEAD])
def test_a_seat_on_the_panel_opens_nothing_to_roles_that_see_protected_figures_only(role):
    grant = Grant(role, BOARD, sub_group_id=PANEL, sub_group_is_panel=True)
    assert not allowed([grant], Act.SEE_EXACT_DEATHS, board_id=BOARD)


def test_an_agency_lead_updates_the_own_agencys_actions_alone():
    lead = [Grant(Role.AGENCY_LEAD, BOARD, agency_id=POLICE)]
    assert allowed(lead, Act.UPDATE_ACTION, board_id=BOARD, agency_id=POLICE)
    assert not allowed(lead, Act.UPDATE_ACTION, board_id=BOARD, agency_id=HEALTH)
    assert not allowed(lead, Act.UPDATE_ACTION, board_id=BOARD)  # an action that nobody owns


def test_a_lead_without_an_agency_owns_no_action_not_even_one_without_an_owner():
    assert not allowed([Grant(Role.AGENCY_LEAD, BOARD)], Act.UPDATE_ACTION, board_id=BOARD)


def test_two_grants_are_judged_each_for_itself():
    """The agency of one grant must not lend itself to the role of another."""
    both = [Grant(Role.AGENCY_LEAD, BOARD, agency_id=POLICE), Grant(Role.LAY, BOARD, agency_id=HEALTH)]
    assert not allowed(both, Act.UPDATE_ACTION, board_id=BOARD, agency_id=HEALTH)
    assert allowed(both, Act.RAISE_CHALLENGE, board_id=BOARD)


def test_a_role_on_one_board_is_none_on_another():
    manager = [Grant(Role.MANAGER, BOARD)]
    assert allowed(manager, Act.ADD_ACTION, board_id=BOARD)
    assert not allowed(manager, Act.ADD_ACTION, board_id=OTHER_BOARD)
    assert not allowed(manager, Act.READ, board_id=OTHER_BOARD)


def test_only_an_administrator_may_hold_a_grant_for_all_boards():
    assert allowed([Grant(Role.ADMIN, None)], Act.BACKUP, board_id=OTHER_BOARD)
    assert not allowed([Grant(Role.MANAGER, None)], Act.READ, board_id=OTHER_BOARD)


def test_a_comment_is_for_members_of_a_sub_group_that_the_measure_belongs_to():
    member = [Grant(Role.SUBGROUP, BOARD, sub_group_id=QUALITY)]
    assert allowed(member, Act.COMMENT_MEASURE, board_id=BOARD, sub_group_ids=[PANEL, QUALITY])
    assert not allowed(member, Act.COMMENT_MEASURE, board_id=BOARD, sub_group_ids=[PANEL])
    assert not allowed(member, Act.COMMENT_MEASURE, board_id=BOARD)


def test_a_grant_without_a_sub_group_has_no_sub_group_of_its_own():
    grant = Grant(Role.SUBGROUP, BOARD)
    assert reach_of(grant, Act.COMMENT_MEASURE) is Reach.NONE
    assert reach_of(grant, Act.COMMENT_MEASURE, sub_group_ids=[QUALITY]) is Reach.OTHER


def test_nobody_checks_the_own_work():
    with pytest.raises(NotPermitted, match="has to be checked by another person"):
        permissions.check_second_person(actor_id=5, completed_by=5)
    permissions.check_second_person(actor_id=5, completed_by=6)
    permissions.check_second_person(actor_id=5, completed_by=None)  # completed before the register began
