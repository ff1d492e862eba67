"""The words of the board, and that codes and labels stay what the sources say."""

import csv
from enum import Enum

import pytest

from lscb_core.domain import vocab
from lscb_core.domain.vocab import BoardKind, Brag, Grade, Labelled, Level, Outcome, Status
from tests.conftest import SHARED

KINDS = [kind for kind in vars(vocab).values() if isinstance(kind, type) and issubclass(kind, Labelled)]
KINDS.remove(Labelled)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_code_is_stored_and_found_again_and_a_label_is_shown(kind: type[Enum]):
    for member in kind:
        assert kind(str(member)) is kind.of(member.value) is member
        assert member.label[0].isupper()
    assert len({member.label for member in kind}) == len(kind)


def test_an_unknown_code_is_refused():
    with pytest.raises(ValueError, match="'done' is no Status"):
        Status.of("done")


def test_an_action_stays_open_until_somebody_has_checked_it():
    assert [s.value for s in Status if s.is_open] == ["not_started", "in_progress", "complete"]
    assert (Status.COMPLETE.label, Status.VERIFIED.label) == (
        "Complete, evidence awaited",
        "Closed and checked",
    )


def test_colours_are_those_of_the_theme():
    assert {b.value: b.colour for b in Brag} == {
        "late": "red",
        "due_soon": "orange",
        "moved_twice": "orange",
        "on_time": "green",
        "closed": "blue",
        "no_date": "grey",
    }


def test_grades_have_letters_and_an_order():
    assert [g.letter for g in Grade] == ["O", "G", "A", "RI", "I"]
    assert [g.rank for g in Grade] == [4, 3, 2, 1, 0]


def test_levels_are_counted_from_one_to_four():
    assert [(int(level), level.label) for level in Level] == [
        (1, "Universal"),
        (2, "Early help"),
        (3, "Complex or targeted"),
        (4, "Specialist"),
    ]


def test_below_the_threshold_means_no_action_advice_or_early_help():
    assert {o.value for o in Outcome if o.below_threshold} == {"nfa", "advice", "early_help"}


def test_the_kind_of_board_changes_its_words():
    assert {kind.value: kind.words.review_term for kind in BoardKind} == {
        "LSCB": "serious case review",
        "LSCP": "local child safeguarding practice review",
        "RSB": "child practice review",
    }
    words = BoardKind.RSB.words
    assert (words.long_name, words.short_name) == ("Regional Safeguarding Board", "RSB")


def test_every_source_belongs_to_one_published_group():
    assert " ".join(vocab.SOURCES) == "1A 1B 1C 1D 2A 2B 3A 3B 3C 3D 3E 3F 4 5A 5B 5C 5D 6 7 8 9 10 UN"
    assert list(vocab.SOURCES) == list(vocab.SOURCE_GROUPS)
    assert set(vocab.SOURCE_GROUPS.values()) == set(vocab.SOURCE_GROUP_LABELS)
    assert len(vocab.SOURCE_GROUP_LABELS) == 11


@pytest.mark.shared
def test_source_groups_agree_with_how_councils_code_them():
    """Where councils write nothing but the code and its group, the group is ours."""
    spelled = {label.lower(): key for key, label in vocab.SOURCE_GROUP_LABELS.items()}
    spelled["la services"] = "la_services"
    compared = set()
    with (SHARED / "data/annex_a/referral_source_spellings.csv").open(
        encoding="utf-8-sig", newline=""
    ) as file:
        for row in csv.DictReader(file):
            code = row["spelling"].strip().upper()
            if code in vocab.SOURCES:
                assert spelled[row["publication_group"].strip().lower()] == vocab.SOURCE_GROUPS[code], row
                compared.add(code)
    assert len(compared) > 10


def test_code_lists_are_complete():
    assert list(vocab.ABUSE) == ["NEG", "PHY", "SAB", "EMO", "MUL"]
    assert list(vocab.CLOSURE_REASONS) == [f"RC{n}" for n in range(1, 10)]
    assert list(vocab.DEATH_CATEGORIES) == [str(n) for n in range(1, 11)]
    assert list(vocab.SECTION_11_STANDARDS) == [str(n) for n in range(1, 9)]
    assert list(vocab.SECTION_11_SCORES) == [0, 1, 2, 3]
    assert len(vocab.AGE_BANDS) == 6
    assert set(vocab.SYMBOLS) == {"c", "x", "z", "low", "k", "u"}
