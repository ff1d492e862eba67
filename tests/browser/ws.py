"""A visitor without a browser: speaks the server's own protocol, and may say what no browser would.

    with Visitor(url, page="actions", query="board=stockton") as visitor:
        visitor.run()
        visitor.set("Name", "police").set("Password", "...").click("Sign in")
        assert "late" in visitor.all_text()

The protocol, as Streamlit 1.67 speaks it: protobuf messages over a websocket at `/_stcore/stream`. The
visitor asks for a run with the page, the query and the state of all widgets; the server answers with
elements, each at its place on the page, and says when the script has finished.
"""

from collections.abc import Iterator
from typing import Any

from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect

from tests.browser.proto_text import strings

STRING, LIST = "string_value", "string_array_value"
SENT_AS = {
    "button": "trigger_value",
    "button_group": LIST,
    "checkbox": "bool_value",
    "dataframe": STRING,
    "date_input": LIST,
    "download_button": "trigger_value",
    "multiselect": LIST,
    "number_input": "double_value",
    "radio": STRING,
    "selectbox": STRING,
    "slider": "double_array_value",
    "text_area": STRING,
    "text_input": STRING,
    "time_input": STRING,
    "vega_lite_chart": STRING,
}
"""Kind of element -> the field of the state in which a browser sends its value."""


class Visitor:
    """One connection, hence one session of the server. Raises TimeoutError when the server falls silent."""

    def __init__(
        self,
        url: str,
        *,
        page: str = "",
        query: str = "",
        headers: dict[str, str] | None = None,
        resume: str = "",
        patience: float = 60,
        line: dict[str, Any] | None = None,
    ) -> None:
        self.url, self.page, self.query = url.rstrip("/"), page, query
        self.headers, self.patience, self.resume = headers or {}, patience, resume
        self.line = line or {}  # how the connection is made, where that is not plain: `ssl`, `sock`
        self.received: list[ForwardMsg] = []
        self.pages: dict[str, str] = {}
        self.session_id = self._page_hash = self._fragment = ""
        self._shown: dict[tuple[int, ...], tuple[str, Message]] = {}
        self._states: dict[str, WidgetState] = {}

    def __enter__(self) -> "Visitor":
        address = f"{self.url.replace('http', 'ws', 1)}/_stcore/stream"
        self._connection = connect(
            address,
            origin=self.url,
            subprotocols=["streamlit", "none", self.resume] if self.resume else ["streamlit"],
            additional_headers=self.headers,
            max_size=None,
            compression=None,
            proxy=None,
            **self.line,
        )
        self._socket = self._connection.__enter__()
        return self

    def __exit__(self, *reason: Any) -> None:
        self._connection.__exit__(*reason)

    # What a visitor does

    def run(self, *triggers: WidgetState, fragment: str = "") -> "Visitor":
        """Ask for a run of the page, with the widgets as they are set, and wait for its end."""
        ask = BackMsg()
        rerun = ask.rerun_script
        rerun.query_string, rerun.page_script_hash, rerun.fragment_id = self.query, self._page_hash, fragment
        rerun.page_name = "" if self._page_hash else self.page
        rerun.context_info.url = f"{self.url}/{self.page}"
        rerun.widget_states.widgets.extend([*self._states.values(), *triggers])
        self._fragment = fragment
        self._socket.send(ask.SerializeToString())
        self._listen()
        return self

    def go(self, page: str, query: str = "") -> "Visitor":
        """Follow a link to another page of the navigation."""
        self.page, self.query, self._page_hash = page, query, self.pages.get(page, "")
        return self.run()

    def set(self, label: str, value: Any) -> "Visitor":
        """Fill in a widget, found by its label or its key. Sent with the next run or click."""
        kind, widget = self.find(label)
        return self.craft(widget.id, **{SENT_AS[kind]: value})

    def craft(self, widget_id: str, **value: Any) -> "Visitor":
        """Set any state for any widget, as no browser would: `craft(id, string_value="...")`."""
        self._states[widget_id] = state(widget_id, **value)
        return self

    def click(self, label: str) -> "Visitor":
        """Press a button, found by its label or its key, and wait for the run that follows."""
        return self.run(state(self.find(label)[1].id, trigger_value=True))

    def download(self, label: str) -> str:
        """Ask for the file behind a download button; gives its address on the server."""
        ask = BackMsg()
        ask.backend_operation_request.request_id, ask.backend_operation_request.session_id = (
            label,
            self.session_id,
        )
        wanted = self.find(label)[1].deferred_file_id
        ask.backend_operation_request.deferred_file.file_id = wanted
        self._socket.send(ask.SerializeToString())
        while True:
            message = ForwardMsg.FromString(self._socket.recv(timeout=self.patience))
            self.received.append(message)
            if message.WhichOneof("type") == "backend_operation_response":
                answer = message.backend_operation_response
                assert answer.deferred_file.url, answer.error_msg
                return answer.deferred_file.url

    # What it sees

    def elements(self, kind: str) -> list[Any]:
        """All elements of a kind ("markdown", "metric", "dataframe", ...) now on the page, in order."""
        return [element for _, (found, element) in sorted(self._shown.items()) if found == kind]

    def find(self, label: str) -> tuple[str, Any]:
        """Kind and element of the widget with this label or key. Raises LookupError, naming what is there."""
        for kind, widget in self._shown.values():
            name = getattr(widget, "id", "")
            if name and (getattr(widget, "label", None) == label or name.endswith(f"-{label}")):
                return kind, widget
        there = sorted({getattr(widget, "label", "") for _, widget in self._shown.values()} - {""})
        raise LookupError(f"no widget {label!r} on the page; there are {there}")

    def texts(self) -> list[str]:
        """Every text now on the page: paragraphs, headings, alerts, labels, table cells, in order."""
        all_strings = (text for _, (_, shown) in sorted(self._shown.items()) for text in strings(shown))
        return [text for text in all_strings if text and not text.startswith("$$ID-")]

    def exceptions(self) -> list[tuple[str, str, int]]:
        """Type, message and length of the traceback of each error shown."""
        return [(e.type, e.message, len(e.stack_trace)) for e in self.elements("exception")]

    def all_text(self) -> str:
        """Every string of every message since the connection was made, shown or not."""
        return "\n".join(text for message in self.received for text in strings(message))

    # How it listens

    def _listen(self) -> None:
        while True:
            message = ForwardMsg.FromString(self._socket.recv(timeout=self.patience))
            self.received.append(message)
            kind = message.WhichOneof("type")
            if kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return
            hear = getattr(self, f"_hear_{kind}", None)
            if hear:
                hear(message)

    def _hear_new_session(self, message: ForwardMsg) -> None:
        self.session_id = message.new_session.initialize.session_id or self.session_id
        self._page_hash = message.new_session.page_script_hash
        if not self._fragment:
            self._shown.clear()  # a full run draws the page from nothing

    def _hear_navigation(self, message: ForwardMsg) -> None:
        self.pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
        self._page_hash = message.navigation.page_script_hash or self._page_hash

    def _hear_page_info_changed(self, message: ForwardMsg) -> None:
        self.query = message.page_info_changed.query_string

    def _hear_delta(self, message: ForwardMsg) -> None:
        place = tuple(message.metadata.delta_path)
        for kind, element in _new(message.delta):
            self._shown[place] = (kind, element)
            if getattr(element, "set_value", False):
                self._states.pop(element.id, None)  # the server has set it, and remembers


def _new(delta: Any) -> Iterator[tuple[str, Any]]:
    """The element or block that a delta brings, with its kind."""
    if delta.WhichOneof("type") == "new_element":
        kind = delta.new_element.WhichOneof("type")
        yield kind, getattr(delta.new_element, kind)
    elif delta.WhichOneof("type") == "add_block":
        yield "block", delta.add_block


def state(widget_id: str, **value: Any) -> WidgetState:
    """The state of one widget, in one field of the protocol."""
    made = WidgetState(id=widget_id)
    [(field, content)] = value.items()
    if isinstance(content, list | tuple):
        getattr(made, field).data.extend(content)
    else:
        setattr(made, field, content)
    return made
