"""What a new password may be: long, of any characters, and not what anybody would try first."""

import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from zxcvbn.matching import RANKED_DICTIONARIES

from lscb_core.accounts.guesses import LOOKED_AT, NAME, REPEAT, RUN, WORD, estimate
from lscb_core.accounts.known_words import CALENDAR, COMMON, FIELD
from lscb_core.accounts.password_rules import BOARDS, LONGEST, OWN, SHORTEST, check_password
from lscb_core.errors import BadInput

BOARD_NAMES = ["Tidewater", "Tidewater Local Safeguarding Children Board", "Stockton-on-Tees"]
GUESSABLE = {
    COMMON: [
        "Password1234",
        "P4ssw0rd2024!",
        "P@ssw0rdP@ssw0rd",
        "p-a-s-s-w-o-r-d-1-2",
        "drowssap1234567",
        "letmeinletmein",
        "iloveyou1234",
        "qwertyuiop123",
        "qwertyuiop123456",
        "1qaz2wsx3edc",
        "qwerty azerty",
        "correct horse battery staple",
        "Chelsea Arsenal 2026!",
    ],
    FIELD: [
        "Safeguarding2024",
        "Safeguarding2026!",
        "The Council Board",
        "threshold audit 7",
        "safeguarding children board meeting",
        "S@feguarding Ch!ldren Bo@rd Meeting",
        "Saf3guardingCh1ldrenB0ardM33ting",
        "kettle safeguarding 2026",
    ],
    CALENDAR: [
        "November2026!!",
        "January February",
        "Summer-2025-2026",
        "May 2026 May 2027",
        "December 25th 2025",
        "AUG_ofsted_jul_mar7!",
    ],
    OWN: ["Riverside trust", "River.Side.2024", "riversideriverside", "R1verside-Trust-2026"],
    BOARDS: ["Tidewater2024!", "Stockton-on-Tees", "Tidewater-Board-2026", "T1dewater-B0ard-2026"],
    RUN: ["123456789012", "zyxwvutsrqponm", "zxcvbnm,./asdfghjkl"],
    REPEAT: ["aaaaaaaaaaaa", "abcabcabcabc", "!!!!!!!!!!!!", "zebu zebu zebu", "abababcdcdcd"],
    NAME: ["JohnSmith1975!!", "KarenHernandez12"],
    WORD: ["blue horse table", "mother-father-sister-brother"],
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
    "kettle police magpie",
    "Local Safeguarding Children Board likes purple tractors under rain",
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
    assert "Take four words" in said


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


def test_a_password_that_swells_when_taken_apart_is_judged_as_it_stands():
    refusal("\ufdfa" * LONGEST)  # one sign that stands for eighteen letters


def test_every_password_of_the_library_s_list_that_is_long_enough_is_refused():
    long = [word for word in RANKED_DICTIONARIES["passwords"] if len(word) >= SHORTEST]
    assert len(long) > 200
    for word in long:
        refusal(word)
        refusal(word.title())


@pytest.mark.parametrize("between", [" ", "-", ""])
def test_four_words_by_chance_are_taken(between):
    some = random.Random(4)
    words = [word for word in RANKED_DICTIONARIES["english_wikipedia"] if len(word) > 3][:8000]
    for _ in range(100):
        check(between.join(some.sample(words, 4)))


def test_of_a_long_password_the_harder_end_counts():
    hard, easy = "kestrel oboe umbrella trout quartz", "safeguarding" * 6
    assert min(len(hard), len(easy)) > LOOKED_AT
    check(hard + easy)
    check(easy + hard)
    refusal(easy)


def test_those_who_set_a_password_at_once_are_each_judged_by_their_own_words():
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    theirs = [{"quixtle": OWN, "varnobium": OWN}, {"oboe": OWN}]
    try:
        with ThreadPoolExecutor(8) as people:
            told = list(people.map(lambda known: estimate("quixtlevarnobium", known).kinds, theirs * 300))
    finally:
        sys.setswitchinterval(before)
    assert told == [(OWN,), (NAME,)] * 300


def test_the_lists_are_read_for_the_first_new_password_and_not_before():
    parts = "lscb_core.ui.frame, lscb_core.ui.own_account, lscb_core.cli"
    order = f"import sys, {parts}; print('zxcvbn' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", order], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["False"]
