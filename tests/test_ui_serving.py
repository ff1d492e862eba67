"""What the server sets before it serves."""

import hashlib

from itsdangerous import BadSignature, TimestampSigner

from lscb_core.ui import serving


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
