"""What a person is told: once, in three parts, with the words of others never taken as formatting."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from lscb_core.ui.notices import plain
from tests.naughty import FORMULAS, LONG, WORDS

MEANS_SOMETHING = re.compile(r"(?<!\\)(?:\\\\)*[`*_{}\[\]<>#|~$:&]")
STARTS_A_BLOCK = re.compile(r"\s*([-+=>#]|\d+[.)])")
ICON_OR_EMOJI = re.compile(r":[\w+/-]+:")


def as_drawn(written: str) -> str:
    """What the screen makes of it: backslashes gone, the unseen joiner unseen."""
    return re.sub(r"\\(.)", r"\1", written).replace("\u2060", "")


@given(some.text(max_size=80))
@example(":red[late] :material/home: **x** [a](http://nowhere.example) <script> $x$ &lt; `c` ~~d~~ a|b \\")
@example("1. one")
@example("- one\r- two")
def test_no_letter_is_lost_and_none_means_anything(text):
    written = plain(text)
    assert as_drawn(written) == " ".join(text.replace("\u2060", "").splitlines())
    assert not MEANS_SOMETHING.search(written)
    assert not STARTS_A_BLOCK.match(written)
    assert not ICON_OR_EMOJI.search(written.replace("\\", ""))
    assert len(written.splitlines()) <= 1


@pytest.mark.parametrize("text", [*WORDS, *FORMULAS, LONG])
def test_naughty_text_comes_through_too(text):
    assert as_drawn(plain(text)) == " ".join(text.splitlines())


def test_ordinary_words_stay_as_they_are():
    ordinary = "The chair's note (p. 4), agreed for 31 March 2014: 12% of cases; see page-5"
    assert plain(ordinary) == ordinary.replace(":", "\\:")


def show_refusal():
    from lscb_core.errors import BadInput
    from lscb_core.ui.notices import show_error

    show_error(BadInput("Not **saved**.", why="It has $5.", advice="Type :red[it] again."))


def show_lost_race():
    from lscb_core.errors import StaleRecord
    from lscb_core.ui.notices import show_error

    show_error(StaleRecord.saved_first(record="Action 5", who="Police lead", when="today", theirs="*ours*"))


def show_notice_of_a_save():
    import streamlit as st

    from lscb_core.ui.notices import say, show_notice

    st.button("Save", on_click=say, args=("**Saved.** Action 5.",))
    show_notice()


def test_a_refusal_says_what_in_bold_then_why_and_what_to_do():
    [told] = AppTest.from_function(show_refusal).run().error
    assert told.value == "**Not \\*\\*saved\\*\\*.** It has \\$5. Type \\:red\\[it\\] again."


def trouble() -> None:
    """The database's trouble, which the log has under a number."""
    from lscb_core.errors import NotNow
    from lscb_core.logs import reference_of
    from lscb_core.ui.notices import show_error

    told = NotNow("The database cannot be reached.", advice="Try again.")
    reference_of(told)
    show_error(told)


def test_what_the_log_has_under_a_number_shows_it():
    [alert] = AppTest.from_function(trouble).run().error
    assert re.search(r"Try again\. Its number is [0-9A-F]{4}-[0-9A-F]{2}\.$", as_drawn(alert.value))


def test_a_lost_race_looks_different_from_a_mistake():
    [told], [mistake] = (AppTest.from_function(each).run().error for each in (show_lost_race, show_refusal))
    assert told.icon != mistake.icon
    assert "“\\*ours\\*”" in told.value


def test_a_notice_is_shown_once():
    page = AppTest.from_function(show_notice_of_a_save).run()
    assert [each.value for each in page.success] == []
    page.button[0].click().run()
    assert [each.value for each in page.success] == ["**Saved.** Action 5."]
    assert [each.value for each in page.run().success] == []
