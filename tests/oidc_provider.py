"""A small OpenID Connect provider on this machine, which tells the truth or the lies that a test asks for.

It checks what a real one checks: the client and its secret, the address to go back to, PKCE (S256), and that
a code is used once. Its tokens are signed (RS256) with a key that it publishes.
"""

import hashlib
import hmac
import json
import secrets
import threading
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "the-dashboard", "a secret that only the service reads"


@dataclass
class Provider:
    """The provider and what a test makes of it. `subject` is whoever sits at the keyboard."""

    issuer: str
    callback: str
    subject: str = "subject-of-the-chair"
    lies: dict[str, Any] = field(default_factory=dict)
    signs: str = "RS256"
    lists: list[str] = field(default_factory=lambda: ["RS256"])
    asked_about: list[str] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    given: list[dict[str, Any]] = field(default_factory=list)
    ended: list[dict[str, str]] = field(default_factory=list)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def routes(self) -> list[Route]:
        """Its addresses."""
        return [
            Route("/.well-known/openid-configuration", self._about),
            Route("/keys", self._keys),
            Route("/authorize", self._authorize),
            Route("/token", self._token, methods=["POST"]),
            Route("/end", self._end),
        ]

    async def _about(self, request: Request) -> Response:
        self.asked_about.append(request.url.path)
        ways = {"authorization": "authorize", "token": "token", "end_session": "end"}
        about = {f"{name}_endpoint": f"{self.issuer}/{path}" for name, path in ways.items()}
        about |= {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys"}
        return JSONResponse({**about, "id_token_signing_alg_values_supported": self.lists})

    async def _keys(self, _request: Request) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    async def _authorize(self, request: Request) -> Response:
        """A page with one button, as somebody sees who has signed in there already; `go` presses it."""
        asked = dict(request.query_params)
        if asked.get("client_id") != CLIENT or asked.get("redirect_uri") != self.callback:
            return Response("no such client", status_code=400)
        if "go" not in asked:
            again = f"<form><button>Go on as {self.subject}</button>{_hidden({**asked, 'go': '1'})}</form>"
            return HTMLResponse(f"<title>The directory</title>{again}")
        self.asked.append(asked)
        code = secrets.token_urlsafe(16)
        self.codes[code] = {**asked, "sub": self.subject}
        return RedirectResponse(f"{self.callback}?{urlencode({'code': code, 'state': asked['state']})}", 302)

    async def _token(self, request: Request) -> Response:
        form = await request.form()
        begun = self.codes.pop(str(form.get("code")), None)  # good once
        basic = b64decode(request.headers.get("authorization", "").removeprefix("Basic ")).decode()
        proof = hashlib.sha256(str(form.get("code_verifier")).encode()).digest()
        challenge = _url_safe(proof)
        if begun is None or unquote(basic.replace("+", " ")) != f"{CLIENT}:{SECRET}":
            return JSONResponse({"error": "invalid_grant"}, status_code=400)
        if begun["code_challenge"] != challenge or begun["redirect_uri"] != form.get("redirect_uri"):
            return JSONResponse({"error": "invalid_grant"}, status_code=400)
        claims = self._claims(begun)
        token = self._signed(claims)
        self.given.append(claims)
        return JSONResponse({"access_token": "of no use here", "token_type": "Bearer", "id_token": token})

    def _claims(self, begun: dict[str, str]) -> dict[str, Any]:
        at = int(time.time())
        claims = {"iss": self.issuer, "sub": begun["sub"], "aud": CLIENT, "nonce": begun["nonce"]}
        return claims | {"iat": at, "exp": at + 300, **self.lies}

    def _signed(self, claims: dict[str, Any]) -> str:
        if self.signs == "RS256":
            return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        said = f"{_coded({'alg': self.signs})}.{_coded(claims)}"
        seal = hmac.digest(SECRET.encode(), said.encode(), "sha256") if self.signs == "HS256" else b""
        return f"{said}.{_url_safe(seal)}"

    async def _end(self, request: Request) -> Response:
        self.ended.append(dict(request.query_params))
        return RedirectResponse(request.query_params["post_logout_redirect_uri"], 302)


def _url_safe(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _coded(part: dict[str, Any]) -> str:
    return _url_safe(json.dumps(part).encode())


def _hidden(asked: dict[str, str]) -> str:
    return "".join(f'<input type="hidden" name="{name}" value="{text}">' for name, text in asked.items())


@contextmanager
def provided(port: int, callback: str) -> Iterator[Provider]:
    """Serve a provider until the block ends, as `localhost`: to a browser another site than 127.0.0.1."""
    provider = Provider(f"http://localhost:{port}", callback)
    config = uvicorn.Config(Starlette(routes=provider.routes()), port=port, log_config=None)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield provider
    server.should_exit = True
    thread.join(10)
