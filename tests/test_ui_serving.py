"""What the server sets before it serves."""

import hashlib

from itsdangerous import BadSignature, TimestampSigner
from streamlit import config

from lscb_core.accounts.secret import keyed
from lscb_core.ui import serving


def test_servers_that_share_the_secret_take_each_others_signed_cookies():
    serving.middleware()
    assert config.get_option("server.cookieSecret") == keyed("cookies", "streamlit")


def test_what_goes_to_a_browser_and_comes_back_is_signed_with_sha_256():
    serving.middleware()
    signer = TimestampSigner("a key")
    assert signer.digest_method is hashlib.sha256
    old = TimestampSigner("a key", digest_method=hashlib.sha1).sign("pressed here")
    try:
        signer.unsign(old)
    except BadSignature:
        return
    raise AssertionError("a signature with SHA-1 was believed")
