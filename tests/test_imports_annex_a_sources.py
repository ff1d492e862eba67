"""Annex A: what is not understood of the sources is asked about, and nothing personal is shown with it."""

import io
from datetime import date

import pytest

from lscb_core.imports.reading import Asked
from lscb_core.imports.reading_here import read_here
from tests import make_annex_a as make
from tests.make_annex_a import APRIL, MAY, contact, referral

TODAY = date(2025, 7, 1)


def _read(lists, **asked):
    stream = io.BytesIO(make.workbook(lists))
    return read_here("annex-a", stream, asked=Asked("annex.xlsx", TODAY, **asked))


def _sources(made):
    return {row["source"]: row["count"] for scope in made.scopes for row in scope.rows}


def test_a_source_that_is_not_understood_is_asked_about():
    rows = [contact(1, APRIL), contact(2, APRIL, "Zorbing  Ramble"), contact(3, MAY, "ZORBING RAMBLE")]
    made = _read({1: rows, 3: [referral(1, APRIL, "Zorbing ramble"), referral(2, MAY, "Blue team")]})
    assert [(each.words, each.records) for each in made.spellings] == [
        ("Zorbing Ramble", 3),
        ("Blue team", 1),
    ]
    assert made.problems == ()
    assert not made.may_be_saved


def test_an_ambiguous_source_is_asked_about_with_what_it_could_be():
    [asked] = _read({1: [contact(1, APRIL, "CAFCASS")]}).spellings
    assert "other_legal" in asked.suggested


def test_what_was_mapped_once_is_remembered():
    [asked] = _read({1: [contact(1, APRIL, "Zorbing Ramble")]}).spellings
    for means in ("8", "other"):
        made = _read({1: [contact(1, APRIL, "zorbing ramble ")]}, sources={asked.key: means})
        assert (made.spellings, _sources(made)) == ((), {means: 1})
        assert made.may_be_saved


def test_where_only_the_group_is_known_the_group_is_counted():
    assert _sources(_read({1: [contact(1, APRIL, "Health services")]})) == {"health": 1}


def test_an_empty_source_is_not_recorded():
    made = _read({1: [contact(1, APRIL, None), contact(2, APRIL, "\xa0"), contact(3, APRIL, "#N/A")]})
    assert (_sources(made), made.spellings) == ({"UN": 3}, ())


def test_a_bare_code_is_understood():
    assert _sources(_read({1: [contact(1, APRIL, 6), contact(2, APRIL, "3B")]})) == {"6": 1, "3B": 1}


@pytest.mark.parametrize(
    "value",
    [
        date(2011, 3, 4),
        "4/3/11",
        "School 4.3.11",
        "04/03/2011",
        "born 2011-03-04",
        9_135_744,
        "9135744",
        "case 9135744",
        "long " * 30,
        True,
    ],
)
def test_what_cannot_be_a_source_is_a_problem_and_is_not_quoted(value):
    made = _read({1: [contact(1, APRIL), contact(2, APRIL, value)]})
    [problem] = made.problems
    assert (problem.row, problem.field) == ("3", "Contact Source")
    assert made.spellings == ()
    assert str(value).strip() not in problem.problem + problem.advice or value is True


def test_more_spellings_than_a_column_of_sources_has_are_a_problem_and_none_is_shown():
    names = [f"Zadie {letter}{other}quill" for letter in "abcdefgh" for other in "abcdefgh"]
    made = _read({1: [contact(number, APRIL, name) for number, name in enumerate(names)]})
    assert made.spellings == ()
    [problem] = made.problems
    assert "More than 60 different sources" in problem.problem


def test_sixty_spellings_can_be_asked_about():
    letters = "bfjkqvwxz"
    names = [f"Xyq{first}{second} Qvu" for first in letters for second in letters][:60]
    rows = [contact(number, APRIL, name) for number, name in enumerate(names)]
    assert len(_read({1: rows}).spellings) == 60


def test_a_spelling_is_shown_without_odd_signs_and_cut():
    words = "<b>Zorbing</b> =cmd|'/c'!A1 “club” " + "of somewhere " * 5
    [asked] = _read({1: [contact(1, APRIL, words)]}).spellings
    assert len(asked.words) <= 60
    assert not set(asked.words) & set("<>=|!“”")
