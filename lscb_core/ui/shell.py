"""The main script of the application: runs on every visit."""

from lscb_core.ui.frame import visit

visit()
