"""`python -m lscb_core`: the command line."""

from lscb_core.cli import main

main()
