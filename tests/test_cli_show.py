"""`show`: what the pages show, on a terminal, in a table, for a script."""

import json
from functools import partial

import pytest
from sqlmodel import Session

from lscb_core import published
from lscb_core.db.engine import make_engine
from lscb_core.db.migrate import migrate
from lscb_core.showing import SHOWN
from tests.published_folder import small_copy
from tests.terminal import DONE, REFUSED, pointed_at, typed


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """A file with the published boards, to be read only."""
    folder = tmp_path_factory.mktemp("loaded")
    url = f"sqlite:///{folder / 'lscb.db'}"
    engine = make_engine(url)
    migrate(engine)
    with Session(engine) as session:
        published.load(session, folder=small_copy(folder))
        session.commit()
    engine.dispose()
    return url


@pytest.fixture
def run(monkeypatch, capsys, loaded):
    """Run the command line on the published boards with these words."""
    with pointed_at(monkeypatch, loaded):
        yield partial(typed, monkeypatch, capsys)


def test_show_prints_stocktons_referrals_beside_englands(run):
    words = ("show", "measures", "--board", "stockton", "--as-at", "2024-12-31", "--format", "json")
    status, out, _ = run(*words)
    found = {row["measure"]: row for row in json.loads(out)["measures"] if row["span"] == "year"}
    assert status == DONE
    assert (found["referrals"]["value"], found["referrals"]["england_value"]) == (4031, 621880)
    police = found["referrals_from_police"]
    assert (police["numerator"], police["england_numerator"]) == (1178, 177210)
    assert found["no_further_action"]["numerator"] == 171
    assert "Open Government Licence v3.0" in found["referrals"]["licence"]


@pytest.fixture
def frames(run):
    """What `show` gives of a board to a script: frame -> rows."""

    def ask(what, board, *words):
        ended = run("show", what, "--board", board, "--format", "json", *words)
        assert (ended.status, ended.err) == (DONE, "")
        return json.loads(ended.out)

    return ask


def test_show_prints_haverings_deaths(frames):
    counts = {(row["dimension"], row["key"]): row["count"] for row in frames("deaths", "havering")["counts"]}
    assert counts[("all", "all")] == 5
    assert counts[("expectedness", "expected")] == 3
    assert counts[("expectedness", "unexpected")] == 2
    assert counts[("abuse", "yes")] == 0


def test_show_prints_stocktons_five_recommendations_as_actions_without_owner_or_date(frames):
    found = {row["number"]: row for row in frames("actions", "stockton")["actions"]}
    for number in range(110, 115):
        row = found[number]
        assert (row["agency"], row["due_on"], row["now"]) == ("", None, "no_date")
        assert row["source"].startswith(f"ST {number}")


def test_show_prints_haringeys_audit_with_its_impossible_percentage(frames):
    shown = frames("audits", "haringey")
    [audit] = [row for row in shown["audits"] if row["key"] == "domestic-abuse-2014"]
    [told] = [row for row in shown["questions"] if "74%" in row["note"]]
    assert audit["cases"] == 18
    assert "No whole number of 18 cases" in told["note"]


def test_show_prints_brents_four_audits_of_2013_14(frames):
    done = {row["key"] for row in frames("audits", "brent")["audits"] if row["standing"] == "done"}
    assert done == {
        "section-47-2013",
        "family-engagement-2013",
        "journey-of-the-child-2014",
        "child-protection-lists-2013",
    }


@pytest.mark.parametrize("board", ["brent", "haringey", "havering", "stockton"])
@pytest.mark.parametrize("what", sorted(SHOWN))
def test_everything_can_be_shown_in_every_form(run, what, board):
    for form in ("table", "csv", "json"):
        ended = run("show", what, "--board", board, "--format", form)
        assert (ended.status, ended.err) == (DONE, "")
        assert ended.out.strip()


def test_show_without_a_day_stands_on_the_boards_own(run):
    _, out, _ = run("show", "measures", "--board", "stockton", "--format", "json")
    ends = {row["period_end"] for row in json.loads(out)["measures"] if row["measure"] == "referrals"}
    assert ends == {"2016-03-31"}


def test_show_prints_the_report_that_havering_misses(run):
    status, out, _ = run("show", "reports", "--board", "havering", "--format", "csv")
    heading, first, *_ = out.splitlines()
    assert status == DONE
    assert heading.startswith("key,title,kind,period,standing")
    assert first.startswith("cdop-annual-2012-13,")
    assert ",late," in first


def test_several_frames_each_stand_under_their_name(run):
    _, out, _ = run("show", "measures", "--board", "stockton")
    titles = ["measures", "explanations", "partners' figures"]
    assert [line for line in out.splitlines() if line in titles] == titles


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nothing", "--board", "brent"), "nothing called “nothing”"),
        (("reports", "--board", "atlantis"), "no board “atlantis”"),
        (("reports", "--board", "brent", "--as-at", "2027-01-01"), "still to come"),
        (("reports", "--board", "brent", "--as-at", "soon"), "not understood as a date"),
        (("reports", "--board", "brent", "--agency", "circus"), "no agency “circus”"),
        (("reports", "--board", "brent", "--priority", "fun"), "no priority “fun”"),
        (("reports", "--board", "brent", "--format", "xml"), "xml"),
        (("reports",), "--board"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_words(run, words, said):
    status, out, err = run("show", *words)
    assert (status, out) == (REFUSED, "")
    assert said in err
