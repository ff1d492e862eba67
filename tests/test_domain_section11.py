"""Section 11 audits: who has not answered, and which score counts."""

from lscb_core.domain import section11


def test_who_has_not_returned_is_named_in_the_order_of_asking():
    assert section11.not_returned(["police", "health", "schools"], ["health"]) == ["police", "schools"]
    assert section11.not_returned(["police"], ["police", "a stranger"]) == []


def test_a_score_that_fell_on_challenge_is_shown_with_by_how_much():
    own, after = {"1": 3, "2": 2, "3": 1}, {"1": 1, "2": 2, "3": 2, "4": 0}
    assert section11.challenged_down(own, after) == {"1": 2}


def test_the_score_after_challenge_counts_even_where_it_is_nought():
    assert section11.counted_score(3, 0) == 0
    assert section11.counted_score(2, None) == 2
    assert section11.counted_score(None, None) is None


def test_less_than_mostly_met_needs_action_and_no_score_is_no_judgement():
    assert section11.needs_action(3, 1)
    assert not section11.needs_action(1, 2)
    assert not section11.needs_action(None, None)
