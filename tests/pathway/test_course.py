"""The fold: what a course remembers of each entry (house.md section 3)."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

import people as p
from people import DAY, KNOWLEDGE, Life, Turn, live
from psoas.pathway import record as r
from psoas.pathway.course import course_of, evolve
from psoas.pathway.decisions import Hold, Rest, Session
from psoas.terms import Reason


def after(diary, body, *, at):
    """The course after one more entry."""
    entry = r.Entry(
        id="more", episode=diary.episode, seq=diary.course.count + 1, at=at, zone="", author=r.PERSON, body=body
    )
    return evolve(diary.course, entry, knowledge=KNOWLEDGE)


def left_open():
    """Somebody who logged every set of her first session and never ended it."""
    return live(Life(days=1, turns=((0, Turn(ended=False)),)))


def test_a_session_that_nobody_ended_keeps_the_next_one_away_for_48_hours():
    """Sets were logged, so it was a session: the next one may begin 48 h after it began."""
    diary = left_open()
    began = diary.begun[0][0]
    assert diary.course.sats == ()
    tomorrow = diary.clinic.today(diary.course, now=began + DAY)
    assert isinstance(tomorrow, Rest)
    assert tomorrow.until == began + 2 * DAY


def test_a_session_that_nobody_ended_is_over_once_something_is_written_on_a_later_date():
    """The next day's answers close it, so that what was felt in it is decided before another begins."""
    diary = left_open()
    told = r.DayAnswered(now={}, limp=p.NO, answers={})
    assert after(diary, told, at=diary.now).sats == ()
    closed = after(diary, told, at=diary.now + DAY)
    assert [sat.closed for sat in closed.sats] == [True]
    assert closed.open is None


def test_a_session_over_midnight_stays_open_for_its_own_sets():
    """A set of the open session on the next date still belongs to it."""
    diary = left_open()
    last = diary.course.open.done.sets[-1]
    course = after(diary, replace(last, number=9), at=diary.now + DAY)
    assert course.open.done.sets[-1].number == 9
    assert course.sats == ()


def test_a_session_told_late_takes_its_own_place_and_is_not_counted_twice():
    """The device was offline: its summary arrives after the next session, and replaces what was known of it."""
    diary = live(Life(days=5, turns=((0, Turn(ended=False)),)))
    first, second = diary.course.sats[0].done, diary.course.sats[1].done
    course = after(diary, replace(first, ended_by="done", effort=p.D(7)), at=diary.now + 9 * DAY)
    assert [sat.done.session for sat in course.sats] == [sat.done.session for sat in diary.course.sats]
    assert [sat.done.session for sat in course.sats[:2]] == [first.session, second.session]
    assert course.sats[0].done.effort == 7


def test_an_open_session_without_a_set_never_was_one():
    """Begun and left at once: nothing is remembered, and today is a session still."""
    diary = live(Life(days=1))
    entries = [e for e in diary.whole if not isinstance(e.body, (r.SetDone, r.SessionDone, r.Decided))]
    course = course_of(entries, knowledge=KNOWLEDGE)
    assert course.open is not None
    told = r.DayAnswered(now={}, limp=p.NO, answers={})
    later = course_of(
        [*entries, replace(entries[-1], id="x", seq=99, at=diary.now + DAY, body=told)], knowledge=KNOWLEDGE
    )
    assert later.open is None
    assert later.sats == ()
    assert isinstance(diary.clinic.today(later, now=diary.now + DAY + dt.timedelta(minutes=1)), Session)


# ---- sets, skips and screens


def test_a_set_that_arrives_after_its_session_has_ended_still_belongs_to_it():
    """The device was offline: the late set joins its own session and no other."""
    diary = live(Life(days=4))
    first, second = diary.course.sats
    more = replace(first.done.sets[-1], number=9)
    course = after(diary, more, at=diary.now + 3 * DAY)
    assert course.sats[0].done.sets == (*first.done.sets, more)
    assert course.sats[1] == second


def test_a_skip_is_kept_with_its_reason_in_the_open_session_and_nowhere_else():
    """An item she does not begin; the same word about a session that is not open says nothing."""
    diary = left_open()
    key = diary.course.open.done.session
    skipped = after(diary, r.ItemSkipped(session=key, item=4, why="pain"), at=diary.now)
    assert skipped.open.done.skips == (r.Skip(item=4, why="pain"),)
    other = after(diary, r.ItemSkipped(session="another", item=4, why="pain"), at=diary.now)
    assert other.open == diary.course.open
    none = after(live(Life(days=1)), r.ItemSkipped(session=key, item=4, why="pain"), at=diary.now)
    assert none.open is None


def test_a_swap_in_the_open_session_shows_the_other_form_unless_a_set_stands_there():
    """The places of the swap show it, and the swap is kept; begun, or told of another session, it changes only the plan."""
    diary = left_open()
    done = diary.course.open.done
    begun = done.sets[-1].item
    place = next(n for n, item in enumerate(done.shown.items) if not any(one.item == n for one in done.sets))
    other = replace(done.shown.items[place], form="another")
    swap = r.Swapped(exercise=other.exercise, to="another", session=done.session, shown={place: other})
    course = after(diary, swap, at=diary.now)
    assert course.open.done.shown.items[place] == other
    assert course.open.done.sets == done.sets
    assert [one.body for one in course.swaps] == [swap]
    assert after(diary, replace(swap, shown={begun: other}), at=diary.now).open == diary.course.open
    assert after(diary, replace(swap, session="another"), at=diary.now).open == diary.course.open
    assert after(diary, swap, at=diary.now + DAY).open is not None  # over midnight it still belongs to it
    closed = after(live(Life(days=1)), swap, at=diary.now)
    assert (closed.open, len(closed.swaps)) == (None, 1)


def test_a_set_that_was_not_done_is_no_set_of_its_exercise():
    """Told as "none of it": the exercise counts as not begun."""
    sat = live(Life(days=1, turns=((0, Turn(did="none", where="one")),))).course.sats[0]
    assert any(one.did == "none" for one in sat.done.sets)
    assert not sat.works["E16a", "right"].sets
    assert sat.works["E16a", "left"].sets


def test_a_decision_that_changes_nothing_leaves_the_plan_as_it_is():
    """It is remembered, and the plan is the same one."""
    diary = live(Life(days=2))
    held = Hold(reasons=(Reason("HO3"),), moment="morning", about="morning:x")
    course = after(diary, r.Decided(decision=held, protocol="integrated@2026-11-01", saw=1), at=diary.now)
    assert course.decisions[-1].body.decision == held
    assert (course.plan, course.plans) == (diary.course.plan, diary.course.plans)
