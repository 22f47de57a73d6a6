"""Psoas as a library: its verbs, and what importing it costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

import psoas

LATER = """
import sys, psoas
assert not {"numpy", "shapely", "django"} & sys.modules.keys(), "import psoas"
psoas.load(), psoas.screen, psoas.assess
assert not {"numpy", "shapely", "django"} & sys.modules.keys(), "load and screen"
"""


def test_loading_and_screening_need_neither_geometry_nor_a_web_framework() -> None:
    """What only loads, pictures and pages need is not loaded before they are asked for."""
    found = subprocess.run([sys.executable, "-c", LATER], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr


@pytest.mark.parametrize("verb", psoas.__all__)
def test_every_verb_is_there_and_says_what_is_true_of_it(verb: str) -> None:
    """A verb imported late is the verb itself, named and explained."""
    found = getattr(psoas, verb)
    assert found.__name__ == verb
    assert found.__doc__
    assert verb in dir(psoas)


def test_what_is_no_verb_is_told_with_the_verbs_there_are() -> None:
    """Who mistypes a verb reads which there are."""
    with pytest.raises(AttributeError, match=r"has no verb 'diagnose'\. It has: Course, apply, assess"):
        getattr(psoas, "diagnose")  # noqa: B009 (the types know that there is none)
