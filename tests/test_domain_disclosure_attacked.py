"""Protected tables, attacked: nothing that is hidden can be worked out from what is shown."""

from hypothesis import given, settings
from hypothesis import strategies as st

from lscb_core.domain.disclosure import bounds, protect, protect_cells, shown, with_margins
from tests.disclosure_attack import KINDS, PLACES, YEARS, pinned, pinned_by_trying, table


def counts(*sides):
    """Invented tables in which nought, small and large counts are all common."""
    keys = [()]
    for side in sides:
        keys = [(*key, label) for key in keys for label in side]
    count = st.one_of(st.just(0), st.integers(1, 5), st.integers(6, 9), st.integers(10, 200))
    return st.lists(count, min_size=len(keys), max_size=len(keys)).map(
        lambda found: dict(zip(keys, found, strict=True))
    )


@settings(deadline=None, max_examples=20)
@given(counts(PLACES, KINDS))
def test_no_hidden_count_of_a_table_is_pinned_to_fewer_than_three_values(table_of):
    assert pinned(protect(table_of)) == []


@settings(deadline=None, max_examples=8)
@given(counts(PLACES[:3], KINDS, YEARS[:2]))
def test_no_hidden_count_of_a_table_with_three_sides_is_pinned(table_of):
    assert pinned(protect(table_of)) == []


@settings(deadline=None, max_examples=10)
@given(counts(PLACES[:2], KINDS[:2]))
def test_no_whole_number_can_be_told_by_trying_all(table_of):
    small = {key: min(count, 9) for key, count in table_of.items()}
    assert pinned_by_trying(protect(small)) == []


@settings(deadline=None, max_examples=20)
@given(counts(YEARS, KINDS))
def test_years_that_are_also_shown_together_give_nothing_away(table_of):
    cells, sums = with_margins(table_of)
    pooled = {
        (f"2021 to {last}", kind): [(y, kind) for y in YEARS[:n]]
        for n, last in ((2, "2022"),)
        for kind in KINDS
    }
    for key, parts in pooled.items():
        cells[key] = sum(cells[part] for part in parts)
        sums.append((key, parts))
    given_out = shown(cells, protect_cells(cells, sums))
    assert pinned(given_out, pooled) == []


@settings(deadline=None, max_examples=20)
@given(counts(PLACES, KINDS))
def test_one_to_five_are_always_hidden_noughts_never_and_what_is_shown_is_true(table_of):
    cells, _ = with_margins(table_of)
    protected = protect(table_of)
    assert protected.keys() == cells.keys()
    for key, value in protected.items():
        assert value == "c" or value == cells[key]
        assert value == "c" or not 1 <= cells[key] <= 5
        assert value == 0 or cells[key] != 0


def test_the_attack_finds_what_is_hidden_without_further_cells():
    """The attack of these tests can fail: one hidden cell in a row is its total less the others."""
    cells, _ = with_margins(table([[3, 20, 30], [40, 50, 60]]))
    assert ("North", "A") in pinned(shown(cells, {("North", "A")}))
    # Two counts of 1 beside each other: their sum of 2 gives both away.
    cells, _ = with_margins(table([[1, 1, 30], [40, 50, 60]]))
    assert ("North", "A") in pinned(shown(cells, {("North", "A"), ("North", "B")}))


@settings(deadline=None, max_examples=10)
@given(counts(PLACES[:3], KINDS))
def test_bounds_agree_that_protected_tables_keep_three_values(table_of):
    cells, sums = with_margins(table_of)
    hidden = protect_cells(cells, sums)
    for key, (low, high) in bounds(cells, hidden, sums).items():
        assert high - low >= 2
        assert low <= cells[key] <= high
