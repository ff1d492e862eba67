"""How numbers are said."""

import pytest

from lscb_core.domain import numbers


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0"), (999, "999"), (1234, "1,234"), (621880, "621,880"), (-5, "−5"), (-0.2, "0")],
)
def test_whole_numbers_have_thousands_separators_and_a_true_minus(number, said):
    assert numbers.whole(number) == said


@pytest.mark.parametrize(
    ("number", "said"), [(0, "no"), (1, "one"), (12, "twelve"), (13, "13"), (1500, "1,500")]
)
def test_small_numbers_are_words_in_a_sentence(number, said):
    assert numbers.in_words(number) == said


def test_times_are_said_as_people_say_them():
    assert [numbers.times(n) for n in (0, 1, 2, 3, 13)] == [
        "never",
        "once",
        "twice",
        "three times",
        "13 times",
    ]


@pytest.mark.parametrize(
    ("fraction", "places", "said"),
    [(0.382, 1, "38.2%"), (1, 1, "100.0%"), (0.382, 0, "38%"), (-0.012, 1, "−1.2%"), (-0.0001, 1, "0.0%")],
)
def test_a_percentage_has_one_decimal_unless_told_otherwise(fraction, places, said):
    assert numbers.percent(fraction, places=places) == said


def test_what_is_not_known_is_a_dash_and_never_nought():
    assert numbers.percent(None) == numbers.rate(None) == "–"


def test_a_rate_says_per_how_many():
    assert numbers.rate(526.23) == "526.2 per 10,000"
    assert numbers.rate(1234.5, per=1000) == "1,234.5 per 1,000"


def test_one_is_singular_and_all_else_plural():
    assert [numbers.plural(n, "action") for n in (0, 1, 2)] == ["0 actions", "1 action", "2 actions"]
    assert numbers.plural(1200, "agency", "agencies") == "1,200 agencies"
    assert numbers.sentence_plural(1, "agency", "agencies") == "one agency"
    assert numbers.sentence_plural(0, "action") == "no actions"


def test_a_part_names_its_whole():
    assert numbers.of(7, 1600) == "7 of 1,600"


@pytest.mark.parametrize(
    ("difference", "places", "said"),
    [
        (3, 0, "+3"),
        (-2, 0, "−2"),
        (0, 0, "no change"),
        (0.4, 0, "no change"),
        (-0.04, 1, "no change"),
        (10, 1, "+10.0"),
    ],
)
def test_a_change_is_what_the_shown_figures_show(difference, places, said):
    assert numbers.change(difference, places=places) == said


def test_a_list_ends_with_and():
    assert numbers.listed([]) == ""
    assert numbers.listed(["police"]) == "police"
    assert numbers.listed(["police", "health"]) == "police and health"
    assert numbers.listed(["police", "health", "schools"]) == "police, health and schools"
