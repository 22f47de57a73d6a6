"""The owner of a home installation on her way to a plan."""

from __future__ import annotations

import pytest

from web.onboarding.newcomer import DAY, Person


@pytest.fixture
def moment(settings, tmp_path):
    """Sets the clock of the pages."""
    file = tmp_path / "clock"
    settings.CLOCK = str(file)

    def at(now):
        file.write_text(now.isoformat())

    at(DAY)
    return at


@pytest.fixture
def her(at_home, owner, moment):
    """Somebody at her browser, with short ways through the pages."""
    return Person(at_home, owner)
