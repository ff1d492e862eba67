"""Counts that come later than others: what was seen stays seen, and the new ones do not give it away."""

from lscb_core.domain.attack import bounds
from lscb_core.domain.disclosure import protect_cells

# Two years, each with two hidden parts of a total that was seen; the second parts were seen added up.
CELLS = {"a1": 2, "b1": 3, "all 1": 5, "a2": 2, "b2": 4, "all 2": 6, "b1 + b2": 7}
SUMS = [("all 1", ["a1", "b1"]), ("all 2", ["a2", "b2"]), ("b1 + b2", ["b1", "b2"])]
SEEN, UNSEEN = ["all 1", "all 2", "b1 + b2"], ["a1", "b1", "a2", "b2"]


def test_a_count_keeps_three_values_where_no_step_can_be_made_twice():
    """b2 can be 3, 4 or 5: a step up and a step down. A new sum with it has to be hidden all the same."""
    cells = CELLS | {"rest": 40, "b2 + rest": 44}
    sums = [*SUMS, ("b2 + rest", ["b2", "rest"])]
    hidden = protect_cells(cells, sums, shown=[*SEEN, "rest"], hidden=UNSEEN)
    assert hidden == {*UNSEEN, "b2 + rest"}
    assert bounds(cells, hidden, sums)["b2"] == (3, 5)


def test_what_is_hidden_for_another_count_is_asked_about_itself():
    """The sum that hides b2 is itself a part: shown with its other part it would be worked out."""
    cells = CELLS | {"rest": 40, "b2 + rest": 44, "other": 50, "whole": 94}
    sums = [*SUMS, ("b2 + rest", ["b2", "rest"]), ("whole", ["b2 + rest", "other"])]
    hidden = protect_cells(cells, sums, shown=[*SEEN, "rest", "other"], hidden=UNSEEN)
    assert hidden == {*UNSEEN, "b2 + rest", "whole"}
    ends = bounds(cells, hidden, sums)
    assert all(most - least >= 2 for least, most in ends.values())


def test_nothing_more_is_hidden_for_a_count_that_cannot_be_saved():
    cells = {"a": 2, "b": 30, "all": 32, "elsewhere": 70}
    assert protect_cells(cells, [("all", ["a", "b"])], shown=["b", "all"], hidden=["a"]) == {"a"}
