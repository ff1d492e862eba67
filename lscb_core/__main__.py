"""`python -m lscb_core`: the command line."""

from lscb_core.logs import log, reference_of, write_one_log


def run() -> None:
    """Run the command line; a fault of ours ends with status 1 and a number, never with its text."""
    write_one_log()
    from lscb_core.cli import main  # read here, so that a fault in reading it is logged as any other

    try:
        main()
    except Exception as fault:
        log.error("fault in the command line", exc_info=fault)
        words = f"Something went wrong. Its number is {reference_of(fault)}; the line above says where."
        raise SystemExit(words) from None


run()
