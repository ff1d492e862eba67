"""The published boards: what five documents and the national statistics say, loaded into the register."""

from lscb_core.published.loading import PUBLISHED, load

__all__ = ["PUBLISHED", "load"]
