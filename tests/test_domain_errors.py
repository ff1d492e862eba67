"""What a user is told: what happened, why, and what to do."""

import pytest

from lscb_core.errors import BadInput, BoardError, MoveNotAllowed, NotFound, NotPermitted, StaleRecord


def test_a_message_says_what_happened_then_why_then_what_to_do():
    error = BadInput("Nothing was saved.", why="The date is missing.", advice="Fill in the date.")
    assert str(error) == "Nothing was saved. The date is missing. Fill in the date."


def test_parts_that_are_not_given_leave_no_gap():
    assert str(NotFound("There is no such action.", advice="Go back to the list.")) == (
        "There is no such action. Go back to the list."
    )


def test_a_lost_race_names_who_saved_first_and_keeps_their_words_and_yours():
    error = StaleRecord.saved_first(
        record="Action 12", who="The board manager", when="31 March 2014 at 14:05", theirs="Training booked"
    )
    assert "The board manager saved it first, on 31 March 2014 at 14:05: “Training booked”." in str(error)
    assert "Your text is still in the form" in error.advice


def test_a_lost_race_without_a_note_ends_its_sentence():
    error = StaleRecord.saved_first(record="Action 12", who="The chair", when="1 May 2014 at 09:00")
    assert error.why == "The chair saved it first, on 1 May 2014 at 09:00."


@pytest.mark.parametrize("kind", [NotPermitted, StaleRecord, MoveNotAllowed, BadInput, NotFound])
def test_every_kind_can_be_caught_as_one_board_error(kind):
    with pytest.raises(BoardError, match="^It did not work.$"):
        raise kind("It did not work.")
