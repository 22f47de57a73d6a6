"""The collector of a server looks seldom."""

from __future__ import annotations

import gc

import pytest

from psoas.web import collecting


@pytest.fixture
def as_before():
    """Whatever a test does to the collector is undone."""
    threshold = gc.get_threshold()
    yield
    gc.set_threshold(*threshold)
    gc.unfreeze()


def test_what_is_there_when_the_server_begins_is_left_out(as_before):
    """Everything so far is set aside, and a page's worth of objects brings no look; it still looks."""
    before = gc.get_threshold()
    collecting.seldom()
    assert gc.get_freeze_count() > 0
    assert gc.get_threshold() > before
    assert gc.isenabled()
