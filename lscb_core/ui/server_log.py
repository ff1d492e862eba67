"""The server's log goes where ours goes: Streamlit's and uvicorn's loggers bring handlers of their own."""

import logging

from streamlit import logger as streamlit_logger

from lscb_core.logs import write_one_log

# They tell of each connection that comes and goes, with its address.
QUIET = ("uvicorn", "websockets")


def take_over_log() -> None:
    """Have everything that is logged in this process written in the one form (lscb_core/logs.py)."""
    write_one_log()
    vars(streamlit_logger)["setup_formatter"] = _hand_on
    for name in (*QUIET, *logging.root.manager.loggerDict):
        _hand_on(logging.getLogger(name))


def _hand_on(logger: logging.Logger) -> None:
    """In place of Streamlit's own: it calls this for each logger that it makes, and has just cut it off."""
    logger.propagate = True
    if logger.name.partition(".")[0] in QUIET:
        logger.setLevel(logging.WARNING)
