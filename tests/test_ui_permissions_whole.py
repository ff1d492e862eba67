"""Nothing is left out of the walks: no act, no command that is told who asks, no question's scope."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from itertools import chain

import pytest

from lscb_core import accounts, backups, commands, queries
from lscb_core.domain.permissions import Act
from lscb_core.domain.vocab import Role
from lscb_core.findings.about import NOT_YET
from lscb_core.queries.view import View
from tests import (
    test_ui_permissions_history,
    test_ui_permissions_walk,
    walked_accounts,
    walked_files,
    walked_history,
    walked_questions,
)
from tests.test_ui_permissions_walk import PLACES

ASKERS = {"actor", "who"}
COMMANDS = (
    test_ui_permissions_walk.WALKED
    | walked_files.WALKED
    | walked_accounts.WALKED
    | walked_history.WALKED
    | {backups.make_backup, backups.restore}
)
FILES = {test_ui_permissions_history.files, test_ui_permissions_history.imports}
FILES |= {test_ui_permissions_history.one_import, test_ui_permissions_history.sent_rows}
INSIDE = {
    "lscb_core.commands.actions.status_fields": "the part of an update that checks; also of a tracker's row",
    "lscb_core.commands.import_rows.import_row": "a row, made after `check_sender`",
    "lscb_core.commands.import_rows.tell": "an event, after `check_sender` or UNDO_IMPORT",
    "lscb_core.commands.new_actions.write_new": "after ADD_ACTION, or in a tracker that may be taken in",
    "lscb_core.accounts.changing.tell_of": "an event, after `keeper`",
    "lscb_core.accounts.roles.add_grant": "a row, after `keeper`",
    "lscb_core.queries.history_records.told": "words for rows that `check_reader` has let by",
    "lscb_core.queries.history_scope.in_scope": "a condition of SQL, used after `check_reader`",
    "lscb_core.queries.history_scope.sees_all": "a yes or no about the person alone",
}
"""Told who asks, and not walked: what calls them has asked, and is walked."""
WITHOUT_A_VIEW = {
    "lscb_core.queries.asking.asking": "asks other questions, each of which takes a view",
    "lscb_core.queries.frames.frame": "rows of a statement that a question has scoped",
    "lscb_core.queries.frames.selected": "rows of a statement that a question has scoped",
    "lscb_core.queries.import_asking.asked_for": "what the reader of a file has to know; by a view's board",
    "lscb_core.queries.origins.origins": "licences of published sources: they belong to no board",
    "lscb_core.queries.view.find_board": "a board's name: `view_for` then asks whether it may be read",
    "lscb_core.queries.view.open_view": "makes the view",
    "lscb_core.queries.view.view_for": "makes the view",
    "lscb_core.queries.view.operator_view": "makes the view of the command line",
}
"""Questions to the database that take no view, and why."""


def public(*packages) -> Iterator:
    """Every public function of the modules, and of the modules below."""
    for package in packages:
        below = pkgutil.walk_packages(getattr(package, "__path__", []), prefix=f"{package.__name__}.")
        for name in [package.__name__, *(each.name for each in below)]:
            for known, function in inspect.getmembers(importlib.import_module(name), inspect.isfunction):
                if function.__module__ == name and not known.startswith("_"):
                    yield function


def named(function) -> str:
    return f"{function.__module__}.{function.__name__}"


def takes(function) -> set[str]:
    return set(inspect.signature(function).parameters)


def walked(package) -> set[str]:
    """The functions that are told who asks."""
    return {named(each) for each in public(package) if takes(each) & ASKERS}


@pytest.mark.parametrize("package", [commands, accounts, backups], ids=lambda package: package.__name__)
def test_every_command_that_is_told_who_asks_is_walked(package):
    inside = {name for name in INSIDE if name.startswith(f"{package.__name__}.")}
    there = {named(each) for each in COMMANDS if each.__module__.startswith(package.__name__)}
    assert walked(package) == there | inside


def test_every_question_that_is_told_who_asks_is_walked():
    inside = {name for name in INSIDE if name.startswith(f"{queries.__name__}.")}
    assert walked(queries) == {named(each) for each in walked_questions.QUERIES | FILES} | inside


def test_every_question_to_the_database_takes_a_view():
    """So a page cannot forget whose board it shows: `open_view` and its kin alone make a view."""
    asking = [each for each in public(queries) if "session" in takes(each)]
    without = {named(each) for each in asking if "view" not in takes(each)}
    assert without == set(WITHOUT_A_VIEW)
    kinds = {
        inspect.signature(each).parameters["view"].annotation for each in asking if "view" in takes(each)
    }
    assert kinds == {View}
    print(f"{len(asking) - len(without)} questions take a view, {len(without)} need none")


def acts() -> dict[Act, int]:
    """Act -> how many walks there are of it."""
    walks = chain(
        (act for act, *_ in test_ui_permissions_walk.WALKS.values()),
        (act for act, *_ in walked_files.WALKS.values()),
        (act for act, *_ in walked_questions.WALKS.values()),
        (Act.MANAGE_ACCOUNTS for _ in walked_accounts.WALKS),
        [Act.BACKUP, Act.BACKUP, Act.SEE_EXACT_DEATHS],
    )
    found = dict.fromkeys(Act, 0)
    for act in walks:
        found[act] += 1
    return found


def test_only_challenges_and_comments_have_no_command_yet():
    missing = {act for act, walks in acts().items() if not walks}
    assert missing == NOT_YET == {Act.RAISE_CHALLENGE, Act.COMMENT_MEASURE}
    cells = sum(acts().values()) * (len(Role) + 1) * len(PLACES)
    print(
        f"{sum(acts().values())} walks of {len(Act) - len(missing)} acts: {cells} cells with roles and places"
    )
