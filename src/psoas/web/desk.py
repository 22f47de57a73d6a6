"""The desk as the pages reach it: knowledge, journal and clinic, made once per process."""

from __future__ import annotations

from functools import cache

from psoas.clinic import Clinic
from psoas.knowledge.loader import load
from psoas.knowledge.schema import Knowledge
from psoas.storage.journal import Journal


@cache
def knowledge() -> Knowledge:
    """Everything the clinic knows, loaded once."""
    return load()


@cache
def journal() -> Journal:
    """The journal in the database."""
    return Journal()


@cache
def clinic() -> Clinic:
    """The desk itself, over that journal."""
    return Clinic(journal(), knowledge())
