"""Three made-up people with weeks of history, for `psoas serve --demo`."""

from __future__ import annotations


def fill() -> None:
    """Write the made-up records, unless they are there."""
