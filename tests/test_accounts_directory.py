"""The settings of single sign-on, and what is believed of a directory's answer."""

import json
from base64 import urlsafe_b64encode

import pytest

from lscb_core.accounts.directory import Directory, Vouched, directory, vouched
from lscb_core.accounts.signing_in import NotSignedIn
from lscb_core.config import Settings
from lscb_core.errors import BadInput

KNOWN = Directory("https://login.example/t/v2.0", "client", "secret", "https://board.example/oauth2callback")
GOOD = {"iss": KNOWN.issuer, "sub": "somebody", "aud": "client"}


@pytest.fixture
def named(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret\n")
    return {
        "oidc_issuer": KNOWN.issuer,
        "oidc_client_id": KNOWN.client_id,
        "oidc_secret_file": secret,
        "oidc_callback": KNOWN.callback,
    }


def token(**head: object) -> str:
    told = urlsafe_b64encode(json.dumps(head).encode()).decode().rstrip("=")
    return f"{told}.e30.signature"


def test_without_any_setting_there_is_no_directory():
    assert directory(Settings()) is None


def test_the_directory_is_what_the_settings_name(named):
    found = directory(Settings(**named))
    assert found == KNOWN
    assert found.about == "https://login.example/t/v2.0/.well-known/openid-configuration"


@pytest.mark.parametrize("left_out", ["oidc_issuer", "oidc_client_id", "oidc_secret_file", "oidc_callback"])
def test_a_directory_that_is_named_in_part_is_refused(named, left_out):
    del named[left_out]
    with pytest.raises(BadInput, match=left_out.upper()):
        directory(Settings(**named))


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("oidc_issuer", "http://login.example/t"),
        ("oidc_issuer", "login.example"),
        ("oidc_issuer", "https://login.example/t?x=1"),
        ("oidc_issuer", "https://somebody@login.example"),
        ("oidc_callback", "http://board.example/oauth2callback"),
        ("oidc_callback", "https://board.example/"),
        ("oidc_callback", "https://board.example/oauth2callback#x"),
    ],
)
def test_an_address_that_is_not_safe_is_refused(named, name, address):
    with pytest.raises(BadInput, match="The dashboard does not start"):
        directory(Settings(**{**named, name: address}))


def test_on_this_machine_http_will_do(named):
    named |= {"oidc_issuer": "http://localhost:9000", "oidc_callback": "http://127.0.0.1:1/oauth2callback"}
    assert directory(Settings(**named)) is not None


@pytest.mark.parametrize("held", [None, b"", b" \n", b"\xff\xfe"])
def test_a_secret_that_cannot_be_read_is_refused_without_a_word_of_it(named, held):
    path = named["oidc_secret_file"]
    path.unlink() if held is None else path.write_bytes(held)
    with pytest.raises(BadInput) as refused:
        directory(Settings(**named))
    assert str(path) not in str(refused.value)


def test_a_good_answer_names_the_issuer_and_the_subject():
    assert vouched(KNOWN, GOOD, token(alg="RS256")) == Vouched(KNOWN.issuer, "somebody")
    assert vouched(KNOWN, {**GOOD, "aud": ["other", "client"]}, token(alg="ES256")).subject == "somebody"


LIES = [
    {"iss": "https://login.example/t/v2.0/"},
    {"iss": None},
    {"aud": "other"},
    {"aud": ["other"]},
    {"aud": None},
    {"aud": {"client": 1}},
    {"sub": ""},
    {"sub": None},
    {"sub": 7},
    {"sub": "a\x00b"},
    {"sub": "x" * 256},
]


@pytest.mark.parametrize("lie", LIES, ids=str)
def test_an_answer_of_another_about_another_or_for_another_is_not_believed(lie):
    with pytest.raises(NotSignedIn):
        vouched(KNOWN, {**GOOD, **lie}, token(alg="RS256"))


@pytest.mark.parametrize(
    "said",
    [token(alg="none"), token(alg="HS256"), token(alg=["RS256"]), token(), "", "x.y.z", "W10.x.y", "é.."],
)
def test_an_answer_is_signed_with_a_key_that_the_directory_alone_holds(said):
    with pytest.raises(NotSignedIn):
        vouched(KNOWN, GOOD, said)
