"""Laws of telling it again: mirrored, shifted, set by set, twice, late, corrected, exported, audited."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
from hypothesis import assume, given, seed, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import people as p
from lives import LIVES, lived, lives, over_lives
from people import DAY, KNOWLEDGE, D, Life, Turn, live, mirrored, other
from psoas.pathway import decisions as d
from psoas.pathway import record as r
from psoas.pathway.course import Course, course_of, evolve
from psoas.pathway.decisions import Item, Session
from psoas.pathway.replay import audit, hindsight, would_change
from psoas.pathway.session import session_on
from psoas.pathway.settling import settled_course
from psoas.terms import SIDES, Side

SOME = max(5, LIVES // 4)  # for laws that take a second life each


def over_some(**more: Any):
    """A law over fewer lives, with more drawn beside them."""
    return lambda test: seed(20260302)(settings(max_examples=SOME)(given(life=lives(), **more)(test)))


# ---- what is compared


def plain(value: Any) -> Any:
    """Structs as plain data, so that two lives can be compared."""
    return msgspec.to_builtins(value, builtin_types=(dt.datetime, dt.date, p.D))


SWAPPED = {"left": "right", "right": "left"}


def crossed(value: Any, *, by: dict[str, str] = SWAPPED) -> Any:
    """Plain data with left and right exchanged."""
    if isinstance(value, dict):
        return {crossed(key, by=by): crossed(each, by=by) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [crossed(each, by=by) for each in value]
    return by.get(value, value) if isinstance(value, str) else value


def as_it_is(value: Any) -> Any:
    """Plain data, nothing exchanged."""
    return crossed(value, by={})


def unordered(things: Any) -> list[str]:
    """The same in any order."""
    return sorted(repr(thing) for thing in things)


def told(diary: p.Diary, *, over: Any = as_it_is) -> list[Any]:
    """Every decision with its reasons and changes, in any order within one day and one decision."""
    days: dict[dt.date, list[Any]] = {}
    for step, decision in diary.decisions:
        reasons = [over(plain(reason)) for reason in decision.reasons]
        changes = [over(plain(change)) for change in decision.changes if not isinstance(change, d.Relabelled)]
        row = (type(decision).__name__, decision.moment, unordered(reasons), unordered(changes))
        days.setdefault(step.entry.day, []).append(row)
    return [(day.isoformat(), sorted(rows)) for day, rows in days.items()]


def prescribed(shown: Session, *, over: Any = as_it_is) -> list[str]:
    """The items of a session, in any order."""
    return unordered(over(plain(item)) for item in shown.items)


def offered(diary: p.Diary, *, over: Any = as_it_is) -> list[Any]:
    """What each day offered: the items, or the kind and rules of the pause or rest."""
    days: list[Any] = []
    for look in diary.looks:
        if isinstance(look.today, Session):
            days.append(prescribed(look.today, over=over))
        else:
            days.append((type(look.today).__name__, sorted({reason.rule for reason in look.today.reasons})))
    return days


# ---- the same life, told otherwise


def orderly(life: Life) -> Life:
    """Without a red that ends a session midway: which side comes first would then matter."""
    return replace(life, turns=tuple((n, replace(turn, stops=False)) for n, turn in life.turns))


@over_some()
def test_left_and_right_exchanged_exchange_every_session_and_decision(life):
    """The mirrored person gets the mirrored sessions and the mirrored decisions, day by day."""
    life = orderly(life)
    one, two = lived(life), lived(mirrored(life))
    assert offered(one) == offered(two, over=crossed)
    assert told(one) == told(two, over=crossed)


@over_some(weeks=st.sampled_from([1, 9, 40]))
def test_the_same_weeks_later_or_earlier_decide_the_same(life, weeks):
    """Only what is counted between dates matters, not the dates: every date moved by n days."""
    assume(not set(dict(life.who.facts)) & {"hip_replacement_when"})
    moved = replace(life, start=life.start + 7 * weeks * DAY)
    one, two = lived(life), lived(moved)
    kinds = [(type(x).__name__, x.moment, [(y.rule, plain(y.values)) for y in x.reasons]) for _, x in one.decisions]
    again = [(type(x).__name__, x.moment, [(y.rule, plain(y.values)) for y in x.reasons]) for _, x in two.decisions]
    assert kinds == again
    assert offered(one) == offered(two)


@over_some()
def test_a_session_told_set_by_set_is_the_session_told_whole(life):
    """Logging each set as it ends, or the whole afterwards: the same offers and the same decisions."""
    assume(all(turn.ended for _, turn in life.turns))
    short = replace(life, days=min(life.days, 20))
    whole, each = lived(short), lived(short, each=True)
    assert offered(whole) == offered(each)
    assert told(whole) == told(each)


@over_lives
def test_the_course_folded_live_is_the_course_of_the_record(life):
    """One fold step per entry, the whole record at once, or the record read back from JSON: one course."""
    diary = lived(life)
    assert diary.course == course_of(diary.entries, knowledge=KNOWLEDGE)
    stored = b"[" + b",".join(r.encode_entry(entry) for entry in diary.entries) + b"]"
    assert course_of(r.decode_entries(stored), knowledge=KNOWLEDGE) == diary.course


@over_lives
def test_the_record_withstands_the_audit(life):
    """Every decision and every screen in it comes out again from the entries before it."""
    assert audit(lived(life).whole, knowledge=KNOWLEDGE) == []


@over_lives
def test_without_a_correction_hindsight_has_nothing_to_say(life):
    """Nothing was corrected, so no past decision would be made otherwise."""
    assert hindsight(lived(life).whole, knowledge=KNOWLEDGE) == []


@over_some(place=st.integers(0, 400))
def test_an_entry_that_arrives_twice_changes_nothing(life, place):
    """The second arrival of an id leaves record and course as they were."""
    diary = live(replace(life, days=min(life.days, 10)))
    mine = [entry for entry in diary.whole if entry.author == r.PERSON]
    entry = mine[place % len(mine)]
    before, count = diary.course, len(diary.whole)
    diary.clinic.write(diary.episode, entry.body, now=entry.at, zone=p.ZONE, entry_id=entry.id)
    assert len(diary.clinic.record(diary.episode)) == count
    assert diary.course == before


@over_some(order=st.randoms(use_true_random=False))
def test_sets_that_arrive_in_another_order_make_the_same_session(life, order):
    """Offline sets may come in any order: the fold knows the same sets and judges the session alike."""
    diary = live(
        replace(
            life,
            days=1,
            turns=tuple((n, replace(t, ended=False)) for n, t in life.turns[:1]) or ((0, Turn(ended=False)),),
        )
    )
    assume(diary.course.open is not None and diary.course.open.done.sets)
    sets = [entry for entry in diary.whole if isinstance(entry.body, r.SetDone) and entry.body.did != "none"]
    shuffled = list(sets)
    order.shuffle(shuffled)
    ids = {entry.id for entry in sets}
    rest = [entry for entry in diary.whole if entry.id not in ids]
    after = course_of([*rest, *shuffled], knowledge=KNOWLEDGE)
    assert after.open is not None
    assert unordered(after.open.done.sets) == unordered(diary.course.open.done.sets)
    later = [
        evolved(course, r.DayAnswered(now={}, limp=p.NO, answers={}), at=diary.now + DAY)
        for course in (diary.course, after)
    ]
    assert judged(later[0], diary.now + 2 * DAY) == judged(later[1], diary.now + 2 * DAY)


def evolved(course: Course, body: r.Body, *, at: dt.datetime) -> Course:
    """The course after one more entry."""
    return evolve(course, entry_of(body, seq=course.count + 1, at=at), knowledge=KNOWLEDGE)


def entry_of(body: r.Body, *, seq: int, at: dt.datetime) -> r.Entry:
    """An entry of the person."""
    return r.Entry(id=f"x{seq}", episode="e", seq=seq, at=at, zone=p.ZONE, author=r.PERSON, body=body)


def judged(course: Course, now: dt.datetime) -> list[Any]:
    """What the last session comes to: zone by side, and what is decided of it."""
    after = settled_course(course, knowledge=KNOWLEDGE, now=now)
    return [(x.body.decision.about, plain(x.body.decision.changes)) for x in after.decisions]


# ---- corrections


def worse(done: r.SessionDone, *, pain: Any) -> r.SessionDone:
    """The session with that pain in every set of the main exercises."""
    items = done.shown.items
    sets = tuple(
        replace(one, pain=dict.fromkeys(one.pain, pain)) if items[one.item].slot in (4, 8) else one for one in done.sets
    )
    return r.with_sets(done, sets)


PAINS = st.sampled_from([D(0), D("1.5"), D(3), D(5), D(6)])


@over_some(number=st.integers(0, 20), pain=PAINS)
def test_a_correction_folds_as_if_it_had_been_said_at_first(life, number, pain):
    """Corrected then folded is said right and folded, but for the note that something was corrected."""
    diary = lived(life)
    done = [entry for entry in diary.entries if isinstance(entry.body, r.SessionDone)]
    assume(done)
    wrong = done[number % len(done)]
    right = worse(wrong.body, pain=pain)
    fix = entry_of(r.Corrected(replaces=wrong.id, by=right, why="mistyped"), seq=diary.course.count + 1, at=diary.now)
    corrected = course_of([*diary.entries, fix], knowledge=KNOWLEDGE)
    said = course_of([replace(e, body=right) if e is wrong else e for e in diary.entries], knowledge=KNOWLEDGE)
    assert replace(corrected, corrections=(), count=0) == replace(said, count=0)


@over_some(number=st.integers(0, 20))
def test_what_is_taken_back_was_never_said(life, number):
    """An entry corrected to nothing folds as a record without it."""
    diary = lived(life)
    mine = [e for e in diary.entries if isinstance(e.body, (r.WeekAnswered, r.FormChecked, r.MorningAnswered))]
    assume(mine)
    gone = mine[number % len(mine)]
    fix = entry_of(r.Corrected(replaces=gone.id, by=None, why="not me"), seq=diary.course.count + 1, at=diary.now)
    corrected = course_of([*diary.entries, fix], knowledge=KNOWLEDGE)
    without = course_of([e for e in diary.entries if e is not gone], knowledge=KNOWLEDGE)
    assert replace(corrected, corrections=(), count=0) == replace(without, count=0)


@over_some(number=st.integers(0, 20), pain=PAINS)
def test_a_correction_never_takes_anything_up(life, number, pain):
    """Nothing is given back: what a correction decides can only lower, stop or hold (D64)."""
    diary = lived(life)
    done = [entry for entry in diary.entries if isinstance(entry.body, r.SessionDone)]
    assume(done and not diary.course.stops)
    wrong = done[number % len(done)]
    fix = entry_of(
        r.Corrected(replaces=wrong.id, by=worse(wrong.body, pain=pain)),
        seq=diary.course.count + 1,
        at=diary.looks[-1].now,
    )
    before = course_of([*diary.entries, fix], knowledge=KNOWLEDGE)
    after = settled_course(before, knowledge=KNOWLEDGE, now=diary.looks[-1].now)
    for dated in after.decisions[len(diary.course.decisions) :]:
        if dated.body.decision.moment == "correction":
            assert not isinstance(dated.body.decision, (d.Progress, d.Discharge))
            for change in dated.body.decision.changes:
                assert not isinstance(change, d.StepTo) or change.step <= change.was
                assert not isinstance(change, d.StageTo) or change.stage <= before.plan.on(change.side).stage


@over_some(number=st.integers(0, 20))
def test_a_correction_shows_beforehand_which_decisions_it_takes_the_ground_from(life, number):
    """What would change is what hindsight finds once the correction is made, less what it found before."""
    diary = lived(replace(life, days=min(life.days, 40)))
    done = [entry for entry in diary.whole if isinstance(entry.body, r.SessionDone)]
    assume(done)
    wrong = done[number % len(done)]
    fix = entry_of(
        r.Corrected(replaces=wrong.id, by=worse(wrong.body, pain=D(4))), seq=diary.course.count + 1, at=diary.now
    )
    foretold = would_change(diary.whole, fix, knowledge=KNOWLEDGE)
    found = hindsight([*diary.whole, fix], knowledge=KNOWLEDGE)
    assert [each.entry.id for each in foretold] == [each.entry.id for each in found]
    assert all(each.entry.at >= wrong.at for each in found)


# ---- more pain, less to do


def burden(course: Course, now: dt.datetime, side: Side) -> dict[str, tuple[Any, ...]]:
    """What the plan asks of a side: stage, and by exercise step, extra repetitions and load."""
    here = course.plan.on(side)
    held = {name: (held.step, held.extra_reps, held.load.kg or held.load.band or 0) for name, held in here.held.items()}
    return {"stage": (here.stage,)} | held


@over_some(
    number=st.integers(0, 20), pains=st.tuples(PAINS, PAINS), side=st.sampled_from(SIDES), where=st.integers(0, 9)
)
def test_more_pain_in_one_set_never_leads_to_more(life, number, pains, side, where):
    """Two lives alike but for one set that hurts more: after its decisions that side has no higher stage, step or load."""
    low, high = sorted(pains)
    diary = lived(life)
    place = [n for n, e in enumerate(diary.whole) if isinstance(e.body, r.SessionDone) and e.body.sets]
    assume(place)
    at = place[number % len(place)]
    outcomes = []
    for pain in (low, high):
        course = course_of([*diary.whole[:at], hurting(diary.whole[at], pain, side, where)], knowledge=KNOWLEDGE)
        now = diary.whole[at].at + dt.timedelta(hours=20)
        session = diary.whole[at].body.session
        before = diary.whole[at].body.before
        morning = r.MorningAnswered(session=session, now=dict(before), settled=p.YES, limp=p.NO)
        ended = settled_course(course, knowledge=KNOWLEDGE, now=diary.whole[at].at)
        told_of = evolved(ended, morning, at=now)
        outcomes.append(settled_course(told_of, knowledge=KNOWLEDGE, now=now))
    milder, sorer = outcomes
    less, more = burden(sorer, now, side), burden(milder, now, side)
    assert less["stage"] <= more["stage"]
    if less["stage"] == more["stage"]:
        for name, load in less.items():
            assert name == "stage" or load <= more.get(name, load)
    if milder.stops:
        assert sorer.stops


def hurting(entry: r.Entry, pain: Any, side: Side, where: int) -> r.Entry:
    """The session with that pain in one set of that side."""
    done = entry.body
    mine = [n for n, one in enumerate(done.sets) if side in one.pain and done.shown.items[one.item].slot > 1]
    if not mine:
        return entry
    n = mine[where % len(mine)]
    one = replace(done.sets[n], pain={**done.sets[n].pain, side: pain})
    return replace(entry, body=r.with_sets(done, (*done.sets[:n], one, *done.sets[n + 1 :])))


@over_some(extra=st.sampled_from(["unknown", "none"]))
def test_a_forgotten_morning_never_leads_to_more_than_a_good_one(life, extra):
    """The same life with one morning left out: nothing stands higher after that session's decision."""
    diary = lived(life)
    place = [n for n, e in enumerate(diary.whole) if isinstance(e.body, r.MorningAnswered)]
    assume(place)
    at = place[-1]
    entry = diary.whole[at]
    good = settled_course(course_of(diary.whole[: at + 1], knowledge=KNOWLEDGE), knowledge=KNOWLEDGE, now=entry.at)
    later = entry.at + 5 * DAY
    if extra == "unknown":
        nothing = replace(entry, body=replace(entry.body, now=dict.fromkeys(SIDES)))
        told_of = course_of([*diary.whole[:at], nothing], knowledge=KNOWLEDGE)
        poor = settled_course(told_of, knowledge=KNOWLEDGE, now=entry.at)
    else:
        poor = settled_course(course_of(diary.whole[:at], knowledge=KNOWLEDGE), knowledge=KNOWLEDGE, now=later)
    reduced = any(x.body.decision.changes and not isinstance(x.body.decision, (d.Progress, d.Hold, d.Discharge))
                  for x in good.decisions[len(poor.decisions) - 1 :])  # fmt: skip
    assume(not reduced and good.plan is not None)
    for side in SIDES:
        more, less = burden(good, entry.at, side), burden(poor, entry.at, side)
        assert less["stage"] <= more["stage"]
        if less["stage"] == more["stage"]:
            assert all(name == "stage" or load <= more.get(name, load) for name, load in less.items())


@over_lives
def test_today_depends_on_nothing_but_the_course_and_the_instant(life):
    """Asked twice, or of the course read back from the record: the same today."""
    diary = lived(life)
    look = diary.looks[-1]
    again = course_of(diary.entries, knowledge=KNOWLEDGE)
    settled = settled_course(again, knowledge=KNOWLEDGE, now=look.now)
    assert session_on(look.course, knowledge=KNOWLEDGE, now=look.now) == look.today
    assert session_on(settled, knowledge=KNOWLEDGE, now=look.now) == diary.clinic.today(
        diary.clinic.course(diary.episode, now=look.now), now=look.now
    )


def test_the_other_side_of_both_is_both():
    """Mirroring twice is no mirroring."""
    life = Life(turns=((1, Turn(side="left")), (2, Turn(side="both"))))
    assert mirrored(mirrored(life)) == life
    assert other("both") == "both"
    assert isinstance(
        crossed(
            plain(Item(exercise="E06", side="left", slot=4, step=1, dose=p.KNOWLEDGE.exercises["E06"].ladder[0].dose))
        ),
        dict,
    )
