"""The history in words: headline, the news, each event in a line, and when the chain may be called whole."""

import re
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest

from lscb_core.config import ROOT
from lscb_core.db.sealing import Verified
from lscb_core.domain.actions import what_changed
from lscb_core.domain.history import ACTS, READ_AGAIN, Kind
from lscb_core.domain.permissions import Act
from lscb_core.domain.vocab import Status
from lscb_core.findings import history as words
from lscb_core.findings.history_values import FIELDS, TRIED, when, when_in_short
from lscb_core.findings.history_words import said, step
from lscb_core.queries.history import EVENTS, Counted
from lscb_core.queries.history_chain import Chain

TODAY = date(2026, 4, 1)
FIRST = datetime(2026, 3, 30, 9, 30, tzinfo=UTC)
CHECKED = datetime(2026, 4, 1, 9, 12, tzinfo=UTC)
WHOLE = Chain(events=300, head="ab" * 32, checked_at=CHECKED, broken_at=None)
AT = "2026-04-01T08:12:00+00:00"


def counted(acts=None, **kinds) -> Counted:
    return Counted({Kind.of(kind): n for kind, n in kinds.items()}, acts or {}, FIRST, ("Board manager",))


def row(record_kind="action", act="update_action", **fields) -> dict:
    plain = dict.fromkeys(EVENTS, "") | {"before": {}, "after": {}, "number": 12, "name": "Ask fathers"}
    plain |= {"event": 7, "at": FIRST, "who": "Police lead", "kind": "actions", "seal": "cd" * 32}
    return plain | {"record_kind": record_kind, "act": act} | fields


def test_the_headline_counts_changes_and_calls_the_chain_unbroken_only_on_the_day_of_a_check():
    found = counted(actions=200, files=14)
    since = "214 changes since 30 March 2026"
    assert words.headline(found, WHOLE, today=TODAY) == f"{since}; the chain is unbroken"
    assert words.headline(found, WHOLE, today=TODAY + timedelta(days=1)) == since
    never = Chain(300, "ab", None, None)
    assert words.headline(found, never, today=TODAY) == since
    broken = Chain(300, "ab", CHECKED, 5)
    assert words.headline(found, broken, today=TODAY) == "The history was changed from outside"
    assert words.headline(Counted({}, {}, None, ()), never, today=TODAY) == "Nothing has been changed yet"
    assert words.headline(counted(actions=1), never, today=TODAY) == "1 change since 30 March 2026"


@pytest.mark.parametrize(
    ("found", "lead"),
    [
        (counted(actions=32, settings=1), "32 about actions and 1 about settings; **nobody was refused**."),
        (
            counted({"refused": 2}, actions=3, refusals=2),
            "3 about actions; **two tries were refused**.",
        ),
        (
            counted({"refused": 1, "locked": 2, "sign_in": 4}, accounts=7, refusals=1, files=1200),
            "1,200 about files and 1 about accounts; "
            "**one try was refused and an account was locked 2 times**.",
        ),
        (counted({"sign_in": 4, "locked": 1}, accounts=5), "**An account was locked once.**"),
        (counted({"check_chain": 1}, settings=1), "**Nobody was refused.**"),
        (
            counted({"backup": 2, "sign_in": 1}, settings=3, accounts=2),
            "1 about settings and 1 about accounts; **nobody was refused**.",
        ),
    ],
)
def test_the_sentence_says_what_changed_and_its_news_is_who_was_turned_away(found, lead):
    assert words.lead(found) == lead


LINES = [
    (
        row(before={"status": "in_progress", "note": ""}, after={"status": "complete", "note": "Done"}),
        "Action 12: status from In progress to Complete, evidence awaited",
    ),
    (
        row(
            act="redate_action",
            before={"due_on": "2026-03-31", "times_moved": 0},
            after={"due_on": "2026-06-30", "times_moved": 1, "reason": "Staffing"},
        ),
        "Action 12: agreed date from 31 March 2026 to 30 June 2026",
    ),
    (
        row(act="assign_action", before={"agency_id": ""}, after={"agency_id": "Police", "reason": ""}),
        "Action 12: owner Police",
    ),
    (row(before={"note": "a"}, after={"note": "b"}), "Action 12: note written"),
    (row(before={"evidence": ""}, after={"evidence": "Page 4"}), "Action 12: evidence named"),
    (
        row(
            act="add_action",
            after={"agency_id": "Police", "due_on": "2026-03-31", "first_due_on": "2026-03-31",
                   "title": "Ask fathers", "number": 12},
        ),
        "Action 12 added: “Ask fathers”; owner Police; agreed date 31 March 2026",
    ),
    (row("import", "import", number=3, name="Threshold return"), "File 3 taken in: Threshold return"),
    (row("import", "undo_import", number=3, name="Census"), "File 3 undone: Census"),
    (row("import", "refuse_import", number=3, name=""), "File 3 refused"),
    (
        row("account", "refused", name="Lay member", after={"act": "import", "agency_id": "Police"}),
        "Lay member was refused: tried to take in a file, for Police",
    ),
    (row("account", "sign_in", name="Chair", after={"way": "password"}), "Chair: signed in"),
    (
        row("account", "give_role", name="Chair", after={"role": "agency_lead", "agency_id": "Police"}),
        "Chair: role given (role Agency lead; agency Police)",
    ),
    (
        row("account", "disable_account", name="Chair", after={"disabled_at": AT}),
        "Chair: account disabled",
    ),
    (
        row("account", "enable_account", name="Jo", after={"disabled_at": None}, before={"disabled_at": AT}),
        "Jo: account let in again",
    ),
    (
        row("account", "take_role", name="Chair", before={"role": "lay"}, after={"role": None}),
        "Chair: role taken away (role Lay member)",
    ),
    (
        row("return_asked", "ask_return", name="Threshold return, Police",
            after={"agency_id": "Police", "template": "thresholds", "every": "month", "days_allowed": 20}),
        "Threshold return, Police: asked for (how often Every month; days allowed 20)",
    ),
    (
        row("board", "map_sources", name="", before={"Schools": ""}, after={"Schools": "Education"}),
        "The board’s settings: sources given to agencies (Schools Education)",
    ),
    (
        row("section11score", "set_aside", name="", note="Section 11, police: nothing came"),
        "Section 11 self-check: set aside for a file’s rows (Section 11, police: nothing came)",
    ),
    (
        row("history", "check_chain", name="", after={"events": 300}),
        "The whole chain was checked: 300 events, unbroken",
    ),
    (
        row("history", "check_chain", name="", after={"events": 4, "broken_at": 5}),
        "The whole chain was checked: 4 events, broken at event 5",
    ),
    (
        row("history", "find_broken", name="", after={"broken_at": 5000}),
        "The history: chain of seals found broken (first wrong event 5,000)",
    ),
    (row("backup", "make_backup", name=""), "Backup: make backup"),
]  # fmt: skip


@pytest.mark.parametrize(("event", "line"), LINES, ids=[line for _, line in LINES])
def test_an_event_is_a_line_in_plain_words(event, line):
    assert said(event) == line
    assert not set("{}_") & set(said(event))


def test_a_story_names_the_step_as_the_drawer_does_and_each_field_before_and_after():
    event = row(
        act="redate_action",
        before={"due_on": "2026-03-31", "times_moved": 0, "first_due_on": None},
        after={"due_on": "2026-06-30", "times_moved": 1, "first_due_on": "2026-03-31", "reason": "Staffing"},
    )
    assert step(event) == what_changed(event["before"], event["after"]) == "Moved to another date"
    assert words.story_lines(event) == [
        "Agreed date: 31 March 2026 → 30 June 2026",
        "Times moved: 0 → 1",
        "First date: 31 March 2026",
    ]
    assert step(row("import", "undo_import")) == "File undone"
    gone = row(before={"evidence": "Page 4"}, after={"evidence": ""})
    assert words.story_lines(gone) == ["Evidence: Page 4 → none"]


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        (None, {}, "Added"),
        ({"status": "in_progress"}, {"status": "verified"}, "Closed and checked"),
        ({"status": Status.VERIFIED}, {"status": Status.IN_PROGRESS}, "In progress"),
        ({"status": "in_progress"}, {"status": "complete", "due_on": "2026-01-01"}, "Marked complete"),
        ({"due_on": None}, {"due_on": "2026-01-01"}, "Date agreed"),
        ({"agency_id": 1}, {"agency_id": 2}, "Owner named"),
        ({"note": "a"}, {"note": "b"}, "Note"),
    ],
)
def test_one_rule_says_what_became_of_an_action(before, after, what):
    assert what_changed(before, after) == what


def test_a_note_that_only_repeats_the_title_is_left_out():
    assert words.note_of(row(note="Ask fathers")) == ""
    assert words.note_of(row(note="Done")) == "Done"


def test_what_is_taken_away_has_words_the_moment_and_the_whole_seal():
    table = words.to_take(pd.DataFrame([row(note="Done", before={"note": ""}, after={"note": "Done"})]))
    [only] = table.to_dict("records")
    assert list(only) == list(words.TAKEN.values())
    assert (only["When"], only["What happened"]) == (when(FIRST), "Action 12: note written")
    assert (only["Record"], only["Seal"], only["Event"]) == ("Action 12", "cd" * 32, 7)


def test_moments_are_read_on_the_servers_clock_as_everywhere_else():
    here = FIRST.astimezone()
    assert when(FIRST) == f"30 March 2026 at {here:%H:%M}"
    assert when_in_short(pd.Timestamp(FIRST)) == f"30 Mar 2026, {here:%H:%M}"


def test_how_the_chain_stands_says_how_much_was_looked_at():
    day = when(CHECKED)
    assert words.standing(WHOLE) == (
        f"The chain has 300 events. The whole chain was last checked on **{day}**; "
        "the newest 50 links hold now."
    )
    assert words.standing(Chain(3, "ab", None, None)) == (
        "The chain has 3 events. The whole chain has **not been checked here yet**; all its links hold now."
    )
    assert "hold now" not in words.standing(Chain(300, "ab", CHECKED, 5))
    assert words.standing(Chain(0, "0", None, None)) == "The chain begins with the first thing that is saved."


def test_a_broken_chain_names_the_first_wrong_event_and_what_to_do():
    told = words.broken(42)
    assert told.what == "The chain of seals is broken at event 42."
    assert "Tell the administrator" in told.advice or "tell the administrator" in told.advice
    assert words.outcome(Verified(1, "ab")) == "The chain is unbroken: 1 event, every seal worked out anew."


def test_every_act_and_every_field_that_is_shown_has_words():
    assert {act.value for act in Act} | {"sign_in"} == set(TRIED)
    shown = {name for names in READ_AGAIN.values() for name in names}
    assert shown <= FIELDS.keys()
    assert all(line[:1].isupper() and "_" not in line for line in ACTS.values())


def test_every_act_that_the_code_writes_down_has_words():
    """An act that is written out in a command or an account's change; those of actions come from `Act`."""
    written = re.compile(r"""\bact"?[=:] ?"([a-z_]+)""" + '"')
    places = [ROOT / "lscb_core" / folder for folder in ("commands", "accounts", "db")]
    sources = [path.read_text() for place in places for path in place.rglob("*.py")]
    found = {act for source in sources for act in written.findall(source)}
    assert {"add_action", "locked", "give_role"} <= found
    assert found <= ACTS.keys()
