"""Tests against a running server: in Chromium, and by its own protocol."""
