"""Charts of audits and reviews: counts where a percentage would mislead, colour where chance is ruled out."""

from lscb_core.charts import before_after, question_dots
from lscb_core.charts.draw import svg
from lscb_core.charts.theme import LIGHT
from tests import charts_audit_examples as examples


def test_a_question_with_fewer_than_ten_cases_gets_counts_and_no_dot():
    asked = examples.questions()
    assert [row["note"] for row in asked.rows("span")] == ["7 of 16", "9 of 18"]
    few, doubtful = asked.rows("few")
    assert few["note"] == "3 of 6: too few for a percentage"
    assert few["share"] is few["percent"] or few["percent"] == ""
    assert doubtful["note"] == "74% as reported: cannot come from 18"


def test_a_questions_range_is_the_frames_range():
    first = examples.questions().rows("span")[0]
    assert (first["share"], first["percent"]) == (7 / 16, "44%")
    assert first["likely"] == "23% to 67%"  # Wilson for 7 of 16, from a published table


def test_questions_stand_under_each_other_with_room_for_their_lines_on_a_phone():
    asked = examples.questions()
    lines = [row["lines"] for row in asked.rows("question")]
    down = [row["down"] for row in asked.rows("question")]
    assert lines == [1, 2, 1, 1]
    assert [later - before for before, later in zip(down, down[1:], strict=False)] == [64, 48, 48]
    assert asked.spec()["height"] == 4 * 48 + 16 + 28


def test_on_a_phone_no_line_of_a_question_is_wider_than_the_picture():
    broken = [row["broken"] for row in examples.questions().rows("question")]
    assert max(len(line) for text in broken for line in text.split("\n")) * 7 <= 345


def test_a_change_is_coloured_only_when_it_is_more_than_chance():
    shown = {row["question"]: row for row in examples.repeated().rows("change")}
    assert shown["Was the child seen alone?"]["change"] == "chance"
    inks = before_after.spec(LIGHT, height=100, before="a", after="b")["layer"][3]["encoding"]["color"][
        "scale"
    ]
    assert dict(zip(inks["domain"], inks["range"], strict=True)) == {
        "better": LIGHT.blue,
        "worse": LIGHT.orange,
        "chance": LIGHT.grey,
    }


def test_an_arrow_points_the_way_the_share_went():
    ways = [row["way"] for row in examples.repeated().rows("change")]
    assert ways == ["up", "up", "down", "same"]
    notes = [row["note"] for row in examples.repeated().rows("change")]
    assert notes[:2] == ["14/20 → 17/18", "9/20 → 14/18"]
    assert [row["note"] for row in examples.repeated().rows("few")] == [
        "2 of 6, then 3 of 9: too few to compare"
    ]


def test_a_year_with_fewer_than_ten_reviews_has_no_percentage():
    few = [(row["year"], row["note"]) for row in examples.in_time().rows("few")]
    assert few == [("2024-25", "4 of 7\ntoo few"), ("2025-26", "c")]
    [shown] = examples.in_time().rows("year")
    assert (shown["note"], shown["percent"], shown["likely"]) == ("18 of 20", "90%", "70% to 97%")


def test_the_subject_with_the_weakest_latest_grade_comes_first():
    tiles = examples.grades().rows("audit")
    themes = list(dict.fromkeys(row["theme"] for row in tiles))
    # Supervision and Exploitation are equal; Supervision was audited longer ago.
    assert themes == ["Missing", "Supervision", "Exploitation", "Neglect"]
    assert [row["letter"] for row in tiles] == ["I", "RI", "G", "RI", "G", "O"]
    assert (
        examples.grades().words().startswith("Grades of 6 audits. Latest, weakest first: Missing inadequate")
    )


def test_agencies_by_case_count_only_the_cases_that_applied():
    totals = [(row["agency"], row["note"]) for row in examples.cases().rows("total")]
    assert totals == [("Police", "1 of 2"), ("Health", "3 of 3")]
    assert [row["note"] for row in examples.cases().rows("tile")] == ["Y", "N", "–", "Y", "Y", "Y"]


def test_a_signed_note_is_optional():
    plain = examples.questions().frame.drop(columns="note")
    assert question_dots.table(plain).num_rows == 8
    assert svg(question_dots.spec(LIGHT, **question_dots.shape(plain)), question_dots.table(plain))
