"""The tools of the browser tests, tried on a page of a few lines whose every answer is known."""

import pytest
from playwright.sync_api import expect

from tests.browser import serving, steps
from tests.browser.ws import Visitor

SMALL = """
import pandas as pd
import streamlit as st

def home():
    name = st.text_input("Name", key="who")
    colour = st.selectbox("Colour", ["red", "green"])
    if st.button("Greet"):
        st.session_state["greeted"] = name
        st.query_params["greeted"] = name
    st.title(f"Hello {st.session_state.get('greeted', 'nobody')}, {colour}")
    st.dataframe(pd.DataFrame({"town": ["Redcar"], "plans": [4031]}))
    st.checkbox("Agree", disabled=True, key="agree")
    st.text_input("Cleared", key="cleared")
    st.button("Clear", on_click=lambda: st.session_state.update(cleared=""))
    if st.button("Break"):
        raise ValueError("a fault of ours")

def other():
    st.title("The other page")
    st.link_button("Out", "https://www.gov.uk")

pages = [st.Page(home, title="Home", default=True), st.Page(other, title="Other", url_path="other")]
st.navigation(pages).run()
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    (folder / "small.py").write_text(SMALL)
    with serving.served(folder, script=folder / "small.py") as server:
        yield server.url


@pytest.fixture
def visitor(small):
    with Visitor(small) as visitor:
        yield visitor.run()


def _title(visitor) -> str:
    return visitor.elements("heading")[0].body


def test_a_visitor_fills_in_chooses_and_presses(visitor):
    visitor.set("Name", "Ann").set("Colour", "green").click("Greet")
    assert _title(visitor) == "Hello Ann, green"
    assert visitor.query == "greeted=Ann"


def test_a_visitor_finds_a_widget_by_its_key(visitor):
    assert visitor.find("who")[1].label == "Name"


def test_a_visitor_asking_for_what_is_not_there_is_told_what_is(visitor):
    with pytest.raises(LookupError, match="Colour"):
        visitor.find("Shoe size")


def test_a_visitor_follows_the_navigation(visitor):
    assert _title(visitor.go("other")) == "The other page"
    assert visitor.elements("text_input") == []


def test_a_visitor_opens_a_page_directly(small):
    with Visitor(small, page="other") as visitor:
        assert _title(visitor.run()) == "The other page"


def test_a_visitor_sees_the_cells_of_tables(visitor):
    assert "Redcar" in visitor.all_text()
    assert "4031" in visitor.all_text()
    assert "Redcar" in visitor.texts()


def test_what_has_left_the_page_stays_in_all_that_was_received(visitor):
    visitor.go("other")
    assert "Redcar" not in visitor.texts()
    assert "Redcar" in visitor.all_text()


def test_a_visitor_may_say_what_no_browser_would(visitor):
    visitor.craft(visitor.find("agree")[1].id, bool_value=True).run()
    assert visitor.exceptions() == []


def test_a_value_that_the_server_sets_replaces_what_was_typed(visitor):
    visitor.set("Cleared", "typed").click("Clear")
    assert visitor.elements("text_input")[1].value == ""
    assert "typed" not in visitor.run().texts()


def test_a_fault_is_seen(visitor):
    assert visitor.exceptions() == []
    assert len(visitor.click("Break").exceptions()) == 1


def test_two_visitors_are_two_sessions(small, visitor):
    visitor.set("Name", "Ann").click("Greet")
    with Visitor(small) as other:
        assert _title(other.run()) == "Hello nobody, red"
        assert other.session_id != visitor.session_id


@pytest.mark.browser
def test_a_person_fills_in_chooses_presses_and_follows(small, page):
    steps.open_page(page, small)
    steps.choose(page, "Colour", "green")
    steps.fill(page, "Name", "Ann")
    steps.click(page, "Greet")
    expect(steps.heading(page)).to_have_text("Hello Ann, green")
    steps.follow(page, "Other")
    expect(steps.heading(page)).to_have_text("The other page")


@pytest.mark.browser
def test_two_pages_are_two_people(small, new_page):
    ann, ben = new_page(), new_page(width=390)
    for person in (ann, ben):
        steps.open_page(person, small)
    steps.fill(ann, "Name", "Ann")
    steps.click(ann, "Greet")
    expect(steps.heading(ben)).to_have_text("Hello nobody, red")


def test_a_server_that_cannot_start_says_why(tmp_path):
    with (
        pytest.raises(RuntimeError, match="did not start"),
        serving.served(tmp_path, script=tmp_path / "none.py"),
    ):
        pass
