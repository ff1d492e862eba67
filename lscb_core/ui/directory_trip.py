"""What a trip to the council's directory takes along, in the signed cookie that Streamlit keeps for the way.

The browser in which the button was pressed, and the page that somebody wanted. That page lies in memory only
until the browser sets out, a moment after the press. From then on it goes along with the trip, however long
that takes and at whichever server of the board it ends. Nothing in an address can name it.
"""

from datetime import timedelta
from threading import Lock

from cachetools import TTLCache
from starlette.requests import Request

from lscb_core.config import now
from lscb_core.ui.entering import local
from lscb_core.ui.gate import BINDING

PRESSED, WANTED, LEFT = "pressed_in", "wanted", "left_at"
LONGEST = 1000
"""Letters of a page with its filters. The cookie has 4,096, and a browser forgets one that is longer."""
SIGN_OUT_LASTS = timedelta(minutes=10)

_wanted: TTLCache[str, str] = TTLCache(maxsize=1000, ttl=60)
_lock = Lock()


def want(binding: str, page: str) -> None:
    """Note which page (a path with its query) the trip that this browser is about to begin leads back to."""
    with _lock:
        _wanted[binding] = page


def begin(request: Request) -> None:
    """Let the trip take along in which browser it begins, and where it leads back to."""
    binding = binding_of(request)
    with _lock:
        page = _wanted.pop(binding, "") or wanted(request)
    page = local(page)
    request.session[PRESSED] = binding
    request.session[WANTED] = page if len(page) <= LONGEST and page.isascii() else page.partition("?")[0]


def is_ours(request: Request) -> bool:
    """Whether the trip began in the very browser that comes back."""
    binding = binding_of(request)
    return bool(binding) and request.session.get(PRESSED) == binding


def wanted(request: Request) -> str:
    """The page that the trip leads back to: one of ours, whatever the cookie says."""
    return local(str(request.session.get(WANTED, "/")))


def end(request: Request) -> None:
    """Forget the trip: it has led to a sign-in."""
    for name in (PRESSED, WANTED):
        request.session.pop(name, None)


def note_leaving(request: Request) -> None:
    """Let the way to the directory's own sign-out take along that somebody has signed out here."""
    request.session[LEFT] = now().timestamp()


def has_left(request: Request) -> bool:
    """Whether the browser comes back from there, within ten minutes. Said once."""
    left = float(request.session.pop(LEFT, 0))
    return 0 <= now().timestamp() - left <= SIGN_OUT_LASTS.total_seconds()


def binding_of(request: Request) -> str:
    """The hash of this browser's cookie, as the Gate has handed it in."""
    return request.headers.get(BINDING.decode(), "")
