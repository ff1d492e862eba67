"""What somebody is told who comes back from the council's directory and is not let in: a page of plain HTML.

Whom the directory knows is told there to the person alone, and kept nowhere.
"""

from html import escape
from shlex import quote

from starlette.responses import HTMLResponse

from lscb_core.accounts.directory import Vouched
from lscb_core.errors import BoardError, NotNow
from lscb_core.ui.directory_brake import TooOften

PAGE = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Not signed in – Board dashboard</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<style>body{{font:1rem/1.5 "Public Sans",sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem}}
a{{color:inherit}}code{{display:block;padding:.5rem;border:1px solid;overflow-wrap:anywhere}}</style></head>
<body><main><h1>{what}</h1><p>{why}</p><p>{advice}</p>{link}<p><a href="{home}">Back to the dashboard</a></p>
</main></body></html>
"""
LINK = """<h2>For the administrator</h2>
<p>Send these two lines to the administrator of the board, and say which account is yours. They are no secret,
and are kept nowhere until then.</p>
<h3>Issuer</h3><code>{issuer}</code><h3>Subject</h3><code>{subject}</code>
<p>The administrator, who makes sure that it is you who asks, links them with your account:</p>
<code>{command}</code>"""

STATUS = {NotNow: 503, TooOften: 429}


def told(refused: BoardError, back: str, who: Vouched | None = None) -> HTMLResponse:
    """The refusal in its words, with a link `back`; where the directory vouches for `who`, how to link."""
    link = ""
    if who is not None:
        command = f"accounts link NAME --issuer {quote(who.issuer)} --subject={quote(who.subject)}"
        link = LINK.format(
            issuer=escape(who.issuer),
            subject=escape(who.subject),
            command=escape(f"python3 manage.py {command}"),
        )
    parts = {"what": refused.what, "why": refused.why, "advice": refused.advice, "home": back}
    page = PAGE.format(link=link, **{name: escape(text) for name, text in parts.items()})
    status = STATUS.get(type(refused), 403)
    return HTMLResponse(page, status_code=status, headers={"retry-after": "60"} if status == 429 else None)
