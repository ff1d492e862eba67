"""Whatever goes wrong shows a number and nothing else; the log has the number and where it went wrong.

Streamlit would send its own words in four places: for a fault of a page, for a message that it cannot handle,
for what is fetched while a page stands (a file made on demand, a part of a table), and for a main script that
cannot be read; in the last one with the exception's text and its traceback.
"""

import logging
from typing import Any

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from streamlit import error_util
from streamlit.elements import exception as shown
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest
from streamlit.proto.Exception_pb2 import Exception as Shown
from streamlit.proto.ForwardMsg_pb2 import BackendOperationResponse
from streamlit.runtime.backend_operation_handler import BackendOperationDispatcher

from lscb_core.errors import BoardError
from lscb_core.logs import reference, reference_of, under
from lscb_core.ui.gate_rules import Asked, secure
from lscb_core.ui.notices import show_error

log = logging.getLogger("lscb")
# Streamlit would also write its own files for developers into the folder of the product, for whoever asks.
FETCHED = ("deferred_file", "dataframe_chunk")
ASK = "Try again; if it happens twice, give the board manager this number: "


def report_fault(error: BaseException) -> bool:
    """Log a fault under its number, show the number alone. True: nothing else is shown of it.

    What a user may be told (from outside a page: a busy register while signing in) is shown in its words.
    """
    if isinstance(error, BoardError):
        show_error(error)
        return True
    log.error("fault", exc_info=error)
    st.error(
        f"**This page could not be shown.** Nothing was lost. {ASK}**{reference_of(error)}**.",
        icon=":material/error:",
    )
    return True


async def answer_fault(request: Request, error: Exception) -> Response:
    """What a request outside the pages gets whose handling failed."""
    log.error("fault in a request", exc_info=error)
    words = f"Something went wrong. Nothing was lost. {ASK}{reference_of(error)}.\n"
    answer = PlainTextResponse(words, status_code=500)
    secure(answer.headers, Asked.of(request.scope))  # faults are answered outside the Gate
    return answer


def keep_faults_to_a_number() -> None:
    """Have Streamlit show our number wherever it would show words of its own for a fault.

    It would also print each fault of a page, with its text and in colours, before report_fault gets it.
    """
    vars(error_util)["_log_uncaught_app_exception"] = _leave_to_us
    vars(shown)["marshall"] = _marshall
    dispatcher: Any = BackendOperationDispatcher
    dispatcher.dispatch = _dispatch


def _leave_to_us(_error: BaseException) -> None:
    """In place of Streamlit's own: report_fault logs it, or where that fails, `_marshall`."""


def _marshall(told: Shown, error: BaseException, *_width: Any, **_options: Any) -> None:
    """In place of Streamlit's own, which fills in kind, text and traceback."""
    log.error("fault outside a page", exc_info=error)
    told.Clear()
    told.message = f"This page could not be shown. Nothing was lost. {ASK}{reference_of(error)}."
    told.width_config.use_stretch = True


_streamlits_own = BackendOperationDispatcher.dispatch


async def _dispatch(
    self: BackendOperationDispatcher, request: BackendOperationRequest, session_id: str
) -> BackendOperationResponse:
    """What a page fetches while it stands; whatever Streamlit says of a fault, its number is told alone."""
    number = reference()
    if request.WhichOneof("payload") in FETCHED:
        with under(number):
            answer = await _streamlits_own(self, request, session_id)
        if not answer.error_msg:
            return answer
    log.error("fault in what a page fetches", extra={"reference": number})
    words = f"This could not be made. Nothing was lost. {ASK}{number}."
    return BackendOperationResponse(request_id=request.request_id, error_msg=words)
