"""Whose episode it is, and how its course stands: what every page asks the desk first."""

from __future__ import annotations

import datetime as dt

from psoas.pathway.course import Course
from psoas.web import clock, desk
from psoas.web.models import Account

NOTHING = Course()


def episode_of(account: Account) -> str | None:
    """The newest episode of the account. One statement."""
    rows = desk.journal().episodes(account.key)
    return rows[0].id if rows else None


def opened(account: Account, *, now: dt.datetime) -> str:
    """The account's episode; opened now where there is none."""
    return episode_of(account) or desk.clinic().open(account.key, now=now, zone=clock.zone_of(account))


def course_of(account: Account, *, now: dt.datetime) -> Course:
    """How the newest episode stands; a course without a word where there is none."""
    episode = episode_of(account)
    return desk.clinic().course(episode, now=now) if episode else NOTHING
