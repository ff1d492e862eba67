"""What a new password may be: long, of any characters, and not what anybody would try first."""

import pytest

from lscb_core.accounts.password_rules import BOARDS, LONGEST, OWN, REPEAT, RUN, check_password
from lscb_core.errors import BadInput

BOARD_NAMES = ["Tidewater", "Tidewater Local Safeguarding Children Board", "Stockton-on-Tees"]
GUESSABLE = {
    "a common password": [
        "Password1234",
        "P4ssw0rd2024!",
        "p-a-s-s-w-o-r-d-1-2",
        "letmeinletmein",
        "iloveyou1234",
    ],
    "a word of this work": ["Safeguarding2024", "The Council Board", "threshold audit 7"],
    "a month, season, day or year": [
        "November2026!!",
        "January February",
        "Summer-2025-2026",
        "May 2026 May 2027",
    ],
    OWN: ["Riverside trust", "River.Side.2024", "riversideriverside"],
    BOARDS: ["Tidewater2024!", "Stockton-on-Tees"],
    RUN: ["qwertyuiop123", "1qaz2wsx3edc", "123456789012", "zyxwvutsrqponm", "qwerty azerty"],
    REPEAT: ["aaaaaaaaaaaa", "abcabcabcabc", "!!!!!!!!!!!!", "zebu zebu zebu", "abababcdcdcd"],
}
GOOD = [
    "purple tractor under rain",
    "kettle-magpie-ledger",
    "x7Kp!q92mZ4t",
    "a long summer in Wales with geese",
    "the otter reads police notes",
    "violet mayonnaise carefully",
    "Ωμέγα και άλφα πουλιά",
    "🙂🌲🚀🎈🍋🎻🧭🪁🧩🦉🐙🌵",
    "#!%&/()=?^*+~",
    " a space at both ends ",
    "é" + "dkfjwoqpznvb",
]


def check(new: str) -> None:
    check_password(new, name="riverside", label="Riverside trust", boards=BOARD_NAMES)


def refusal(new: str) -> str:
    with pytest.raises(BadInput) as refused:
        check(new)
    return str(refused.value)


@pytest.mark.parametrize("new", GOOD)
def test_any_characters_will_do_and_none_is_asked_for(new):
    check(new)


@pytest.mark.parametrize(("kind", "new"), [(kind, new) for kind, some in GUESSABLE.items() for new in some])
def test_what_anybody_would_try_first_is_refused_and_the_kind_is_named(kind, new):
    said = refusal(new)
    assert kind in said
    assert "Take three or four words" in said


@pytest.mark.parametrize("new", ["ｐａｓｓｗｏｒｄ2024", "pässwörd 2024", "PASSWORD-2024", "p@$$word 2024"])
def test_another_way_of_writing_a_common_word_does_not_help(new):
    refusal(new)


def test_every_password_of_the_demonstration_is_refused_as_a_new_one():
    for name in ("chair", "manager", "subgroup", "police", "health", "lay", "admin"):
        with pytest.raises(BadInput):
            check_password(f"{name}-demo-password", name=name, label=name, boards=[])


def test_length_is_counted_in_characters_and_nothing_is_cut_off():
    hard = "kq7ü🙂mzw2xv"
    assert (len(hard), len(hard.encode())) == (11, 15)
    assert "It has 11 characters; 12 to 128 are needed" in refusal(hard)
    check(hard + " ")
    long = "".join(chr(0x4E00 + 7 * each) for each in range(LONGEST))
    check(long)
    assert "It has 129 characters" in refusal(long + "x")


@pytest.mark.parametrize("new", ["kettle\x00magpie-ledger", "kettle\ud800magpie-ledger"])
def test_what_cannot_be_typed_again_is_refused_in_words(new):
    assert "cannot be typed again" in refusal(new)


def test_no_refusal_repeats_the_password():
    for some in GUESSABLE.values():
        for new in some:
            assert new not in refusal(new)


def test_a_password_that_swells_when_taken_apart_is_judged_quickly():
    refusal("\ufdfa" * LONGEST)  # one sign that stands for eighteen letters
