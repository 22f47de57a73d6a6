"""Three months after the course pain and activities are asked once more, and what the answers mean (C11, C12).

clinical.md says what is asked then, and with MA2 what opens a course again; it does not say what to make of an answer
between the two. Worse is read as SR3 reads it (D67), against the check at which the course ended: it is said, and the
way back is offered. An answer of 4 or more counts as the weekly answer that it is (MA2).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from psoas.pathway.counting import Reading
from psoas.pathway.decisions import Decision, Discharge, Hold
from psoas.pathway.record import CheckAnswered, FollowedUp
from psoas.pathway.referring import psfs
from psoas.pathway.seen import Dated
from psoas.terms import SIDES, Reason


def followup_due(reading: Reading) -> bool:
    """Three months after discharge pain and function are asked once more, until the pain of both hips is told (C11)."""
    ended = _ended(reading)
    if ended is None or (reading.today - ended.day).days < reading.knowledge["followup_days"]:
        return False
    return not any(_told(answered.body) for answered in _since(reading, ended))


def followed_up(reading: Reading) -> Iterator[Decision]:
    """What the newest answer after the course comes to; a course that it opens again has said so before (MA2)."""
    ended = _ended(reading)
    answers = _since(reading, ended) if ended is not None else ()
    if answers:
        newest = answers[-1]
        reasons = (*_worse(reading, newest.body), *_heard(newest.body), Reason("MA1"))
        yield Hold(reasons=reasons, moment="followup", about=f"followup:{newest.seq}")


def _ended(reading: Reading) -> Dated | None:
    """The newest discharge, while upkeep goes on."""
    ended = [d for d in reading.course.decisions if isinstance(d.body.decision, Discharge)]
    return ended[-1] if ended and reading.plan.mode == "maintenance" else None


def _since(reading: Reading, ended: Dated) -> tuple[Dated, ...]:
    return tuple(answered for answered in reading.course.followups if answered.at > ended.at)


def _told(body: FollowedUp) -> bool:
    return all(body.worst.get(side) is not None for side in SIDES)


def _heard(body: FollowedUp) -> Iterator[Reason]:
    """What was told; what was not is asked again."""
    known = [pain for side in SIDES if (pain := body.worst.get(side)) is not None]
    if _told(body):
        mean = psfs(body.scores)
        yield Reason("FU1", {"worst": max(known)} if mean is None else {"worst": max(known), "mean": mean})
    else:
        yield Reason("FU2")


def _worse(reading: Reading, body: FollowedUp) -> Iterator[Reason]:
    """Worst pain 2 or more higher than at the end, or at the height that opens a course again; activities 1.3 lower."""
    k, last = reading.knowledge, _last_check(reading)
    for side in SIDES:
        now, before = body.worst.get(side), last.worst.get(side) if last else None
        rose = now is not None and before is not None and now - before >= k["worse_pain"]
        if rose or (now is not None and now >= k["reopen_pain"]):
            yield Reason("FU3", {"side": side.value, "worst": now})
    mean, before = psfs(body.scores), psfs(last.scores) if last else None
    if mean is not None and before is not None and mean - before <= -k["psfs_small"]:
        yield Reason("FU4", {"mean": mean, "ended": before})


def _last_check(reading: Reading) -> CheckAnswered | None:
    """The answers with which the course ended."""
    checks = reading.course.checks
    return checks[-1].body if checks else None


def weekly_worst(reading: Reading) -> tuple[Dated, ...]:
    """The weekly answers in order; one after the course stands among them where no week was told within seven days."""
    week = dt.timedelta(days=int(reading.knowledge["week_days"]))
    weeks = reading.course.weeks
    alone = (f for f in reading.course.followups if not any(abs(w.day - f.day) < week for w in weeks))
    return tuple(sorted((*weeks, *alone), key=lambda told: told.at))
