"""Which cells of a table are hidden, which are not, and what readers can know of those that are."""

import os
import subprocess
import sys
from math import inf

import pytest

from lscb_core.domain.disclosure import bounds, protect, protect_cells, with_margins
from tests.disclosure_attack import pinned, table


def hidden_of(protected):
    return {key for key, value in protected.items() if value == "c"}


def test_five_is_hidden_and_six_is_not():
    cells = {"five": 5, "six": 6, "one": 1, "nought": 0}
    assert protect_cells(cells, []) == {"five", "one"}


def test_a_table_without_small_counts_is_shown_whole():
    assert hidden_of(protect(table([[10, 0, 30], [40, 50, 60]]))) == set()


def test_one_small_count_takes_three_more_of_the_smallest_and_no_total():
    rows = [[3, 20, 90], [21, 22, 91], [92, 93, 94]]
    assert hidden_of(protect(table(rows))) == {
        ("North", "A"),
        ("North", "B"),
        ("South", "A"),
        ("South", "B"),
    }


def test_small_counts_that_protect_each_other_need_no_further_cell():
    rows = [[4, 5, 20], [5, 4, 30]]
    assert hidden_of(protect(table(rows))) == {(p, k) for p in ("North", "South") for k in "AB"}


def test_a_five_beside_a_one_has_values_to_spare():
    rows = [[5, 1, 20], [1, 5, 30]]
    assert hidden_of(protect(table(rows))) == {(p, k) for p in ("North", "South") for k in "AB"}


def test_two_possible_values_are_not_enough():
    """Four small counts in a square: with only these hidden each could be 1 or 2 and nothing else."""
    cells, sums = with_margins(table([[1, 2, 20], [2, 1, 30]]))
    square = {(p, k) for p in ("North", "South") for k in "AB"}
    assert set(bounds(cells, square, sums).values()) == {(1, 2)}
    protected = protect(table([[1, 2, 20], [2, 1, 30]]))
    assert hidden_of(protected) > square
    assert pinned(protected) == []


def test_a_child_alone_in_a_table_hides_every_total_and_shows_the_noughts():
    protected = protect(table([[1, 0, 0], [0, 0, 0]]))
    alone = {("North", "A"), ("North", "all"), ("all", "A"), ("all", "all")}
    assert hidden_of(protected) == alone
    assert {value for key, value in protected.items() if key not in alone} == {0}


def test_a_small_total_is_hidden_as_well():
    protected = protect(table([[0, 3, 0], [40, 50, 60]]))
    assert protected["North", "all"] == "c"
    assert protected["North", "A"] == 0


def test_the_same_table_is_always_protected_in_the_same_way():
    """Whatever the order in which Python keeps its sets, which differs from process to process."""
    code = (
        "from lscb_core.domain.disclosure import protect\n"
        "table = {(str(r), k): (r * 7 + ord(k) * 11) % 23 for r in range(6) for k in 'ABCDE'}\n"
        "print([k for k, v in protect(table).items() if v == 'c'])\n"
    )
    there = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    here = protect({(str(r), k): (r * 7 + ord(k) * 11) % 23 for r in range(6) for k in "ABCDE"})
    assert there.stdout.strip() == str([key for key, value in here.items() if value == "c"])


def test_a_year_of_twelve_agencies_and_twelve_months_is_protected_without_hiding_half_of_it():
    rows, columns = [f"agency {n}" for n in range(12)], [f"month {n}" for n in range(12)]
    keys = [(row, column, half) for row in rows for column in columns for half in ("yes", "no")]
    busy = {key: (n * n * 31 + n * 17) % 29 for n, key in enumerate(keys)}
    protected = protect(busy)
    assert 0 < len(hidden_of(protected)) < len(protected) / 2


def test_margins_add_up_on_every_side_and_left_out_combinations_count_nought():
    cells, sums = with_margins({("North", "A"): 7, ("South", "B"): 8})
    assert cells["North", "B"] == 0
    assert (cells["North", "all"], cells["all", "A"], cells["all", "all"]) == (7, 7, 15)
    # Two rows and two columns; the grand total once by rows and once by columns.
    assert len(sums) == 6
    assert all(cells[total] == sum(cells[part] for part in parts) for total, parts in sums)


def test_a_label_cannot_be_the_word_for_the_margins():
    with pytest.raises(ValueError, match="names the margins"):
        protect({("all", "A"): 7})


def test_counts_below_nought_and_sums_that_do_not_hold_are_refused():
    with pytest.raises(ValueError, match="less than nothing"):
        protect_cells({"a": -1}, [])
    with pytest.raises(ValueError, match="total is 9, its parts are 8"):
        protect_cells({"a": 8, "total": 9}, [("total", ["a"])])


def test_bounds_say_what_a_reader_can_know():
    cells, sums = with_margins(table([[3, 20, 30], [40, 50, 60]]))
    alone = bounds(cells, [("North", "A")], sums)
    assert alone == {("North", "A"): (3, 3)}
    four = [(p, k) for p in ("North", "South") for k in "AB"]
    # The row holds 23 in two cells of at least 1; the column 43 leaves no tighter end.
    assert bounds(cells, four, sums) == {
        ("North", "A"): (1, 22),
        ("North", "B"): (1, 22),
        ("South", "A"): (21, 42),
        ("South", "B"): (48, 69),
    }


def test_bounds_have_no_end_where_the_total_is_hidden_too():
    cells, sums = {"part": 3, "other": 9, "total": 12}, [("total", ["part", "other"])]
    assert bounds(cells, ["part", "total"], sums) == {"part": (1, inf), "total": (10, inf)}
    assert bounds(cells, ["part"], sums) == {"part": (3, 3)}
    assert bounds({"alone": 2}, ["alone"], []) == {"alone": (1, inf)}


def test_what_readers_saw_before_stays_and_the_new_cells_make_room():
    cells = {"a": 3, "b": 40, "c": 50, "ab": 43, "all": 93}
    made_of = [("ab", ["a", "b"]), ("all", ["ab", "c"])]
    free = protect_cells(cells, made_of)
    assert "b" in free or "ab" in free
    assert protect_cells(cells, made_of, shown=["b"]) >= {"a", "ab"}
    assert "b" not in protect_cells(cells, made_of, shown=["b"])


def test_what_was_hidden_before_stays_hidden_with_the_same_count():
    cells = {"a": 30, "b": 40, "ab": 70}
    assert "a" in protect_cells(cells, [("ab", ["a", "b"])], hidden=["a"])


def test_a_count_that_was_given_away_already_hides_nothing_else_in_vain():
    cells = {"a": 3, "b": 40, "ab": 43, "c": 60, "d": 70, "cd": 130}
    made_of = [("ab", ["a", "b"]), ("cd", ["c", "d"])]
    assert protect_cells(cells, made_of, shown=["b", "ab"]) == {"a"}
