"""Laws of what stops: red flags, clearances, pauses, rest, and what is never offered meanwhile."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import people as p
from lives import lived, over_lives
from people import KNOWLEDGE
from psoas.pathway import record as r
from psoas.pathway.counting import Reading
from psoas.pathway.decisions import Paused, Rest, Session
from psoas.pathway.progression import review
from psoas.pathway.session import session_on
from psoas.pathway.settling import finding_of, settle
from psoas.terms import SIDES, Level, Stage

URGENT = (Level.EMERGENCY, Level.URGENT)


def reading(course, now):
    """The course as it is looked at."""
    return Reading(course, knowledge=KNOWLEDGE, now=now)


@over_lives
def test_a_row_that_stops_leaves_no_session_until_it_is_lifted(life):
    """While any row stops the course, today is a pause with the highest level, and nothing else."""
    for look in lived(life).looks:
        if look.course.stops:
            assert isinstance(look.today, Paused)
            assert look.today.level == max((stop.level for stop in look.course.stops), key=lambda level: level.rank)
            assert {reason.rule for reason in look.today.reasons} == {stop.row for stop in look.course.stops}


@over_lives
def test_an_emergency_or_urgent_row_is_lifted_only_as_d16_says(life):
    """Seen by somebody and a clear full screen at least 24 h later; an urgent row also by a clinician's own leave."""
    for step in lived(life).steps:
        gone = [stop for stop in step.before.stops if stop.row not in {s.row for s in step.after.stops}]
        for stop in gone:
            if stop.level in URGENT:
                leave = [c for c in step.before.clearances if stop.row in c.body.rows and not c.body.quoted]
                seen = [s for s in step.before.seens if stop.row in s.body.rows and s.at > stop.at]
                later = [s for s in step.before.screens if s.at >= stop.at + dt.timedelta(hours=24)]
                clear = bool(later) and later[-1].body.level not in URGENT
                assert (seen and clear) or (stop.level is Level.URGENT and leave)


@over_lives
def test_a_flag_stops_at_once(life):
    """Whatever row fired in an answer stops the course from that entry on, unless a clearance covers it."""
    for step in lived(life).steps:
        body = step.entry.body
        if isinstance(body, (r.Screened, r.DayAnswered)):
            covered = {row for c in step.before.clearances for row in c.body.rows if c.body.until >= step.entry.day}
            stopped = {stop.row for stop in step.after.stops}
            assert set(body.fired) | set(body.unknown) <= stopped | covered


@over_lives
def test_no_session_is_offered_within_48_hours_of_the_last(life):
    """From the begin of one session, ended or only left, to the begin of the next there are 48 h."""
    for look in lived(life).looks:
        if isinstance(look.today, Session):
            began = [sat.done.began for sat in look.course.sats]
            if look.course.open is not None and any(
                look.course.open.done.shown.items[s.item].slot > 1 for s in look.course.open.done.sets
            ):
                began.append(look.course.open.done.began)
            assert all(look.now - at >= dt.timedelta(hours=48) for at in began)


@over_lives
def test_no_seven_dates_hold_more_sessions_than_the_week_has(life):
    """Offered only where fewer sessions than that week's frequency lie in the seven dates that end today."""
    for look in lived(life).looks:
        if isinstance(look.today, Session):
            lately = [sat for sat in look.course.sats if 0 <= (look.now.date() - sat.day).days < 7]
            often = reading(look.course, look.now).calendar.frequency_on(look.now.date())
            assert len(lately) < often <= 3


@over_lives
def test_a_session_is_offered_only_under_a_screen_of_the_last_14_days(life):
    """A full screen serves up to and including the 14th day after its date (D10)."""
    for look in lived(life).looks:
        if isinstance(look.today, Session):
            assert (look.now.date() - look.course.screens[-1].day).days <= 14


@over_lives
def test_no_session_begins_without_the_questions_of_the_day(life):
    """Before each session the mini-screen was answered on that date, after the session before (D11)."""
    for step in lived(life).steps:
        if isinstance(step.entry.body, r.SessionBegun):
            told = [d for d in step.before.days if d.body.for_session and d.day == step.entry.day]
            assert told
            assert all(told[-1].at > sat.done.began for sat in step.before.sats)


@over_lives
def test_no_session_on_a_day_with_pain_above_five_or_a_new_limp(life):
    """Above 5 on either side today, or a limp outside Stage 0: no session (D12)."""
    for look in lived(life).looks:
        if isinstance(look.today, Session):
            today = [d.body for d in look.course.days if d.day == look.now.date()]
            assert all(pain is None or pain <= 5 for told in today for pain in told.now.values())
            settling = any(look.course.plan.on(side).stage is Stage.SETTLE for side in SIDES)
            assert settling or not today or today[-1].limp != "yes"


@over_lives
def test_a_rest_ends_when_it_says(life):
    """Rest names an instant later than now, and at that instant there is no more rest."""
    for look in lived(life).looks:
        if isinstance(look.today, Rest):
            assert look.today.until > look.now
            assert look.today.reasons
            then = session_on(look.course, knowledge=KNOWLEDGE, now=look.today.until)
            assert not isinstance(then, Rest)


@over_lives
def test_a_pause_says_why_and_what_to_do(life):
    """Every pause names a rule and something she or somebody can do about it; only a pause over selection asks nothing."""
    for look in lived(life).looks:
        if isinstance(look.today, Paused):
            assert look.today.reasons
            today_only = {reason.rule for reason in look.today.reasons} <= {"D12", "D28"}
            assert look.today.asks or today_only


@over_lives
def test_what_is_settled_stays_settled(life):
    """A second look at the same instant finds no more decisions."""
    for look in lived(life).looks[::3]:
        assert list(settle(look.course, knowledge=KNOWLEDGE, now=look.now)) == []


@over_lives
def test_every_decision_has_reasons_the_clinic_knows(life):
    """No decision without a reason, no reason without words: a rule or a row of the screen."""
    for _, decision in lived(life).decisions:
        assert decision.reasons
        assert decision.moment
        assert decision.about
        for reason in decision.reasons:
            assert reason.rule in KNOWLEDGE.rules or reason.rule in KNOWLEDGE.red_flags


@over_lives
def test_nothing_is_decided_twice(life):
    """No two decisions are about the same thing at the same moment of the course."""
    abouts = [(decision.moment, decision.about) for _, decision in lived(life).decisions]
    assert len(abouts) == len(set(abouts))


@over_lives
def test_every_session_that_is_over_is_decided_in_its_turn(life):
    """One full decision per closed session, in the order of the sessions."""
    diary = lived(life)
    keys = [sat.done.session for sat in diary.course.sats]
    decided = [d.about.removeprefix("morning:") for _, d in diary.decisions if d.moment == "morning"]
    assert decided == [key for key in keys if key in decided]


@over_lives
def test_three_reds_in_fourteen_days_send_her_on(life):
    """Three dates with a red, first and third 14 days or less apart, since the last leave: SR6 stops the course."""
    for look in lived(life).looks:
        if look.course.plan is None:
            continue
        leave = look.course.clearances[-1].at if look.course.clearances else None
        reds = reading(look.course, look.now).recent_reds(
            None, days=18, since=leave
        )  # a morning is told up to 4 days late
        if any((third - first).days <= 14 for first, third in zip(reds, reds[2:], strict=False)):
            assert any(stop.row == "SR6" or stop.level in URGENT for stop in look.course.stops)


@over_lives
def test_two_reds_in_seven_days_do_not_leave_a_side_in_its_stage(life):
    """Two reds of a side within seven days, both since it came into its stage: one stage down, or in Stage 0 a stop."""
    for look in lived(life).looks:
        if look.course.plan is None or look.course.stops:
            continue
        here = reading(look.course, look.now)
        for side in SIDES:
            reds = here.recent_reds(side, days=11, since=here.side(side).entered)
            assert all((second - first).days > 7 for first, second in pairwise(reds))


@over_lives
def test_a_course_that_is_stopped_goes_nowhere_but_down(life):
    """While a row stops it no stage and no step goes up."""
    for step, decision in lived(life).decisions:
        if step.before.stops and not any(row.tag == "lifted" for row in map(_config, decision.changes)):
            assert type(decision).__name__ not in ("Progress", "Discharge")


def _config(change):
    return type(change).__struct_config__


@over_lives
def test_looking_writes_nothing(life):
    """Asking what is due decides the same whether or not somebody looked before."""
    diary = lived(life)
    look = diary.looks[-1]
    before = diary.course
    due = review(
        before, knowledge=KNOWLEDGE, now=look.now, finding=finding_of(before, knowledge=KNOWLEDGE, now=look.now)
    )
    assert diary.clinic.course(diary.episode, now=look.now) == diary.clinic.course(diary.episode, now=look.now)
    assert diary.course == before
    assert due == review(
        before, knowledge=KNOWLEDGE, now=look.now, finding=finding_of(before, knowledge=KNOWLEDGE, now=look.now)
    )


def test_made_up_people_go_through_what_the_laws_speak_of():
    """The simplest life reaches maintenance within twelve weeks: the laws are not laws about nobody."""
    diary = p.live(p.Life())
    assert diary.course.plan.mode == "maintenance"
    assert len(diary.begun) > 20
