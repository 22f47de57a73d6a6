"""From what was said to what is written down (D09, D11)."""

from __future__ import annotations

from msgspec.structs import replace

import people as p
from people import KNOWLEDGE, NO, YES, D, Life, Turn, Who, live
from psoas.pathway import decisions as d
from psoas.pathway import record as r
from psoas.pathway.course import Course
from psoas.pathway.decisions import AskMore, Cleared, Paused
from psoas.pathway.writing import (
    DayTold,
    begun,
    begun_at,
    cleared_now,
    day_answered,
    drafted,
    ended,
    places_of,
    swapped,
)
from psoas.terms import Level
from situations import diary_of, on, told

AT = on(2026, 3, 2)
PROTOCOL = "integrated@2026-11-01"


def screened():
    """Somebody who has told what hurts and answered the full screen, and has not tested anything."""
    opened = r.EpisodeOpened(protocol=PROTOCOL)
    course = told(Course(), opened, p.taken_in(Who(), day=AT.date()), at=AT)
    clear = r.Screened(answers=p.answers_of(Who()), level=Level.SELF_CARE)
    return told(course, clear, at=AT)


# ---- before a plan


def test_before_the_tests_a_clear_screen_is_clear_and_the_plan_asks_for_the_tests():
    """What only tests can show is not held against her; there is no plan without them (D09)."""
    course = screened()
    assert isinstance(cleared_now(course, knowledge=KNOWLEDGE, now=AT), Cleared)
    made = drafted(course, protocol=PROTOCOL, knowledge=KNOWLEDGE, now=AT)
    assert isinstance(made, d.TestMore)
    assert made.tests == ("mtt", "strength", "hold", "signs")


def test_without_a_screen_the_plan_asks_for_it_first():
    """Nothing is cleared by silence."""
    assert drafted(Course(), protocol=PROTOCOL, knowledge=KNOWLEDGE, now=AT) == AskMore(questions=())


# ---- a day


def test_a_yes_before_a_session_opens_the_questions_of_its_row_first():
    """The day is not written down until they are answered; the same yes on any other day is simply kept (D11)."""
    gates = p.day_answers(Who()) | {"mini_TU2": "yes"}
    said = DayTold(now={}, limp=NO, answers=gates)
    more = day_answered(screened(), said, knowledge=KNOWLEDGE, now=AT)
    assert isinstance(more, AskMore)
    assert "impact_pain" in more.questions
    elsewhere = DayTold(now={}, limp=NO, answers=gates, for_session=False)
    written = day_answered(screened(), elsewhere, knowledge=KNOWLEDGE, now=AT)
    assert isinstance(written, r.DayAnswered)
    assert (written.answers, written.fired) == (gates, ())


# ---- a session


def test_without_todays_answers_no_session_begins_and_they_serve_one_session_only():
    """A session is due, but how she is today is not known; yesterday's word does not do (D11)."""
    diary = diary_of(Life(days=2))
    after = diary.now + 2 * p.DAY
    assert begun(diary.course, session="x", knowledge=KNOWLEDGE, now=after) == Paused(reasons=(), asks=("day",))
    answered = r.DayAnswered(now={}, limp=NO, answers={}, for_session=True, recovered=YES, news=())
    today = told(diary.course, answered, at=after)
    assert isinstance(begun(today, session="x", knowledge=KNOWLEDGE, now=after), r.SessionBegun)
    not_for_it = told(diary.course, replace(answered, for_session=False), at=after)
    assert begun(not_for_it, session="x", knowledge=KNOWLEDGE, now=after) == Paused(reasons=(), asks=("day",))


def swap_in(sat, course, place, to, *, now):
    """What a swap at that place of the session would be written down as."""
    return swapped(sat, course=course, place=place, to=to, knowledge=KNOWLEDGE, now=now)


def test_an_exercise_of_the_open_session_is_swapped_before_its_first_set_for_what_the_session_lacks():
    """Every side of it shows the other on step 1; once begun, for a warm-up, for what is there or not allowed: nothing (D32)."""
    diary = live(Life(days=1, turns=((0, Turn(ended=False)),)))
    course = diary.course
    shown = course.open.done.shown
    sat = replace(course.open, done=r.with_sets(course.open.done, ()))
    fresh = replace(course, open=sat)
    place = next(n for n, item in enumerate(shown.items) if item.exercise == "E02")
    swap = swap_in(sat, fresh, place, "E02-forearm", now=diary.now)
    assert (swap.exercise, swap.to, swap.session) == ("E02", "E02-forearm", sat.done.session)
    assert list(swap.shown) == places_of(sat, place)
    assert {(item.form, item.step) for item in swap.shown.values()} == {("E02-forearm", 1)}
    assert [item.side for item in swap.shown.values()] == [shown.items[at].side for at in swap.shown]
    assert begun_at(course.open, place)
    assert swap_in(course.open, course, place, "E02-forearm", now=diary.now) is None
    left_out = replace(sat, done=replace(sat.done, skips=(r.Skip(item=place, why="time"),)))
    assert swap_in(left_out, fresh, place, "E02-forearm", now=diary.now) is None
    assert swap_in(sat, fresh, 0, "E01", now=diary.now) is None
    assert swap_in(sat, fresh, place, "E02", now=diary.now) is None
    assert swap_in(sat, fresh, place, "E08", now=diary.now) is None


def test_the_open_session_is_summed_up_with_its_trials_and_sets():
    """What was logged set by set, trials included, with what is told at the end."""
    diary = live(Life(days=1, turns=((0, Turn(ended=False)),)))
    open_one = diary.course.open.done
    done = ended(diary.course, after={}, effort=D(6), limp=NO, by="person", now=diary.now)
    assert (done.session, done.effort, done.limp, done.ended_by) == (open_one.session, D(6), NO, "person")
    assert len(done.sets) == len(open_one.sets) + len(diary.course.trials) > len(open_one.sets)
    trials = [one for one in done.sets if done.shown.items[one.item].trial]
    assert len(trials) == len(diary.course.trials)
    assert (done.began, done.ended) == (open_one.began, diary.now)


def test_where_no_session_is_open_there_is_nothing_to_sum_up():
    """She ended it already, on another device."""
    diary = diary_of(Life(days=2))
    assert diary.course.open is None
    assert ended(diary.course, after={}, effort=None, limp=NO, by="done", now=diary.now) is None
