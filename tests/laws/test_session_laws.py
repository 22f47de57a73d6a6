"""Laws of what a session holds: never what is excluded, always what the label needs, in order, in the catalogue's doses."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from lives import lived, over_lives
from people import KNOWLEDGE, Diary
from psoas.knowledge.criteria import facts_of, holds
from psoas.pathway.counting import Reading
from psoas.pathway.course import Course
from psoas.pathway.decisions import Item, Session
from psoas.pathway.facts import current_pain, person_facts, side_facts
from psoas.pathway.selection import select
from psoas.pathway.sides import followers, hurting
from psoas.pathway.standing import dose_of, standing
from psoas.terms import BOTH, SIDES, Answer, Side, Stage

D = Decimal
NOT_HIP_FLEXORS = ("E02", "E03", "E15")
EXERCISES = KNOWLEDGE.exercises


def offers(life) -> list[tuple[dt.datetime, Course, Session]]:
    """Every session she was shown, with the course that called for it."""
    diary: Diary = lived(life)
    return [(look.now, look.course, look.today) for look in diary.looks if isinstance(look.today, Session)]


def of_side(shown: Session, side: Side) -> list[Item]:
    """The side's items, bilateral ones included, warm-up and trial apart."""
    return [item for item in shown.items if item.slot > 1 and not item.trial and item.side in (side.value, BOTH)]


def facts(course: Course, now: dt.datetime, side: Side):
    """What criteria read of that side."""
    person = person_facts(course, now=now, knowledge=KNOWLEDGE)
    return side_facts(course, side, now=now, person=person, profile=course.plan.profile.on(side), knowledge=KNOWLEDGE)


def easy_day(course: Course, now: dt.datetime, side: Side) -> bool:
    """Pain of 4 or more today: only what Stage 0 has (D12)."""
    pain = current_pain(course, side, day=now.date())
    return pain is not None and pain >= 4


@over_lives
def test_no_exercise_that_a_row_excludes_is_ever_shown(life):
    """Every exclusion of every item, of the exercise and of the form in use, is known not to hold (C4b, CR, D06, D30)."""
    for now, course, shown in offers(life):
        for item in shown.items:
            exercise = EXERCISES[item.exercise]
            form = next((sub for sub in exercise.substitutes if sub.id == item.form), None)
            lifted = set(form.lifts) if form else set()
            rows = [e for e in exercise.exclusions if not (form and set(facts_of(e.when)) <= lifted)]
            rows += form.exclusions if form else ()
            if item.form.endswith("-walk"):
                continue
            for side in SIDES if item.side == BOTH else (Side(item.side),):
                told = facts(course, now, side) if item.slot > 1 else person_facts(course, now=now, knowledge=KNOWLEDGE)
                for row in rows:
                    if row.then == "exclude":
                        assert holds(row.when, told) is Answer.NO, (item.exercise, row.why)


@over_lives
def test_a_form_that_a_row_asks_for_is_the_form_shown(life):
    """Where a row says seated, standing or on a chair, no other form is shown (D30)."""
    for now, course, shown in offers(life):
        for item in shown.items:
            if item.slot == 1:
                continue
            rows = [e for e in EXERCISES[item.exercise].exclusions if e.then == "form"]
            for side in SIDES if item.side == BOTH else (Side(item.side),):
                asked = {e.form for e in rows if holds(e.when, facts(course, now, side)) is not Answer.NO}
                assert not asked or item.form in asked


@over_lives
def test_nothing_is_shown_that_she_has_no_equipment_for(life):
    """Every form shown needs only what is at hand."""
    everywhere = {"wall", "floor", "none", "towel"}
    for _, course, shown in offers(life):
        wish = course.wish.equipment
        owned = set(wish.things) | everywhere | {
            name for name, has in (("band", wish.bands), ("kg", wish.kg), ("cable", wish.cable_kg)) if has
        }  # fmt: skip
        for item in shown.items:
            form = next((sub for sub in EXERCISES[item.exercise].substitutes if sub.id == item.form), None)
            needs = form.needs if form else EXERCISES[item.exercise].equipment
            assert item.form.endswith("-walk") or set(needs) <= owned


@over_lives
def test_at_most_six_exercises_a_side(life):
    """The warm-up not counted (D27), and no exercise twice for one side."""
    for _, _, shown in offers(life):
        for side in SIDES:
            names = [item.exercise for item in of_side(shown, side)]
            assert len(names) == len(set(names)) <= 6


@over_lives
def test_every_session_begins_with_a_warm_up_and_has_work(life):
    """Slot 1 first (S0:L90), then a trial if one is due, then at least one exercise."""
    for _, _, shown in offers(life):
        slots = [item.slot for item in shown.items]
        assert slots[0] == 1
        warm = slots.index(next(slot for slot in slots if slot > 1))
        assert all(slot == 1 for slot in slots[:warm])
        assert 1 not in slots[warm:]


@over_lives
def test_an_exercise_belongs_to_the_stage_of_its_side(life):
    """Nothing of another stage, but for E15 at her wish and E08 in the place of E10 (D-S)."""
    for now, course, shown in offers(life):
        for side in SIDES:
            stage = Stage.SETTLE if easy_day(course, now, side) else course.plan.on(side).stage
            for item in of_side(shown, side):
                stages = EXERCISES[item.exercise].stages
                lower = min(stage, course.plan.on(side.other).stage) if item.side == BOTH else stage
                stands_in = item.exercise == "E15" or (item.exercise == "E08" and stage >= Stage.INTEGRATE)
                assert stage in stages or lower in stages or stands_in


@over_lives
def test_sprint_drills_only_in_the_last_stage_and_twice_a_week(life):
    """E13 never before 4b on both sides, nor in the third session of a plan week (D52)."""
    for now, course, shown in offers(life):
        if any(item.exercise == "E13" for item in shown.items):
            assert {course.plan.on(side).stage for side in SIDES} == {Stage.RETURN}
            calendar = Reading(course, knowledge=KNOWLEDGE, now=now).calendar
            week = calendar.week_of(now.date())
            before = [
                s for s in course.sats
                if calendar.week_of(s.day) == week and any(i.exercise == "E13" for i in s.done.shown.items)
            ]  # fmt: skip
            assert len(before) < 2


@over_lives
def test_both_gets_strength_and_length_in_one_session(life):
    """Label both, from Stage 1 on: a main hip-flexor exercise, and E17 unless a row excludes it and says so (S1:L13)."""
    for now, course, shown in offers(life):
        for side in SIDES:
            if course.plan.profile.on(side).label != "both" or course.plan.on(side).stage is Stage.SETTLE:
                continue
            if easy_day(course, now, side) or course.plan.on(side).cut:
                continue
            here = select(course, plan=course.plan, knowledge=KNOWLEDGE, now=now)[side]
            left_out = {left.exercise for left in here.left_out}
            slots = {item.slot for item in of_side(shown, side)}
            names = {item.exercise for item in of_side(shown, side)}
            assert 4 in slots or 8 in slots or {"E06", "E16a", "E08", "E10"} & left_out
            assert "E17" in names or "E17" in left_out


@over_lives
def test_a_stretch_never_comes_alone(life):
    """E01 only with a main hip-flexor exercise for the same side, straight before E17 or before that exercise (D28)."""
    for _, _, shown in offers(life):
        for side in SIDES:
            mine = of_side(shown, side)
            names = [item.exercise for item in mine]
            if "E01" in names:
                assert any(item.slot == 4 for item in mine)
                following = shown.items[[(i.exercise, i.side) for i in shown.items].index(("E01", side.value)) + 1]
                assert following.side == side.value
                assert following.exercise == "E17" or following.slot == 4


@over_lives
def test_static_stretch_appears_only_where_every_row_of_cl_allows_it(life):
    """Tight by a sure test, no joint sign, Stage 1 or higher with quiet pain, wanted, no row against it (C-L)."""
    for now, course, shown in offers(life):
        for side in SIDES:
            if not any(item.exercise == "E01" for item in of_side(shown, side)):
                continue
            profile, told = course.plan.profile.on(side), facts(course, now, side)
            assert (profile.length, profile.pain_limited) == ("yes", False)
            assert profile.length_confidence != "low"
            assert course.plan.on(side).stage >= Stage.ACTIVATE
            assert told["current_pain"] == "unknown" or told["current_pain"] <= 2
            assert course.wish.stretch != "no"
            assert KNOWLEDGE.protocols[course.plan.protocol].stretch != "never"
            for fact in ("hip_instability", "numb_front_thigh", "strain_recent"):
                assert told.get(fact) == "no"
            assert "E01" not in course.plan.on(side).away
            lately = [s for s in course.sats if (now.date() - s.day).days <= 14]
            assert not any(
                "deep_front" in (one.signs or ()) and sat.done.shown.items[one.item].side in (side.value, BOTH)
                for sat in lately
                for one in sat.done.sets
            )


@over_lives
def test_stretching_stays_under_ten_minutes_a_week(life):
    """Per side and seven days, all sessions together (Ingram; CL5)."""
    diary = lived(life)
    for side in SIDES:
        for _, shown in diary.begun:
            days = [s for _, s in diary.begun if 0 <= (shown.day - s.day).days < 7]
            stretched = [i.dose for s in days for i in s.items if i.exercise == "E01" and i.side == side.value]
            assert sum(dose.sets * dose.reps * dose.hold_s for dose in stretched) <= 600


@over_lives
def test_bird_dog_bridge_and_buttock_squeeze_never_count_as_hip_flexor_dose(life):
    """E02, E03 and E15 add no hip-flexor work and never stand in slot 4 (X04, X44)."""
    for now, course, shown in offers(life):
        here = Reading(course, knowledge=KNOWLEDGE, now=now)
        for item in shown.items:
            if item.exercise in NOT_HIP_FLEXORS:
                assert item.slot not in (4, 8)
                assert here.work_in(item.exercise, item.dose) == 0


@over_lives
def test_a_release_is_followed_at_once_by_work_of_the_same_side(life):
    """After E14 comes an activation or main exercise of that side (C4a), and E14 is there only at her wish."""
    for _, course, shown in offers(life):
        for place, item in enumerate(shown.items):
            if item.exercise == "E14":
                assert "E14" in course.wish.own_choice
                following = shown.items[place + 1]
                assert following.slot in (3, 4)
                assert following.side in (item.side, BOTH)


@over_lives
def test_doses_stay_inside_the_catalogue(life):
    """Sets, repetitions and holds within C-D, but for a first-days dose, a cut, an easier week, upkeep or a trial."""
    for _, course, shown in offers(life):
        for item in shown.items:
            exercise = EXERCISES[item.exercise]
            assert min(item.dose.sets, item.dose.reps) >= 1
            settling = exercise.settle is not None and item.dose == exercise.settle.dose
            smaller = item.cut or item.trial or shown.light or course.plan.mode == "maintenance" or settling
            for what, (low, high) in exercise.dose_range.items():
                value = getattr(item.dose, what)
                if item.slot == 1 or (what in ("hold_s", "metres") and value == 0):
                    continue
                assert value <= high, (item.exercise, what, item.dose)
                assert smaller or value >= low, (item.exercise, what, item.dose)


@over_lives
def test_what_is_shown_is_the_line_where_it_stands_or_less(life):
    """No item asks for more than the step held; a cut asks for less in exactly one number (D04, D55)."""
    for _, course, shown in offers(life):
        for item in shown.items:
            if item.slot == 1:
                continue
            exercise = EXERCISES[item.exercise]
            side = SIDES[0] if item.side == BOTH else Side(item.side)
            full = dose_of(exercise, standing(course.plan, side=side, exercise=exercise))
            assert item.dose.sets <= full.sets
            assert item.dose.reps <= full.reps
            assert item.dose.hold_s <= full.hold_s
            if item.cut and not item.trial:
                held = standing(course.plan, side=side, exercise=exercise)
                less = [item.dose.sets < full.sets, item.dose.reps < full.reps, item.dose.hold_s < full.hold_s]
                weighs = item.load.kg or item.load.band or 0
                lighter = weighs < (held.load.kg or held.load.band or 0)
                assert sum(less) + lighter == 1 or full.reps * full.sets * max(full.hold_s, 1) == 1


@over_lives
def test_an_easier_week_keeps_the_load_and_takes_a_third_to_a_half_of_the_sets(life):
    """Three sets become two, two become one, one stays; load, repetitions and holds as held (D62)."""
    for _, course, shown in offers(life):
        if shown.light:
            for item in shown.items:
                if item.slot > 1 and not item.cut and not item.trial:
                    exercise = EXERCISES[item.exercise]
                    side = SIDES[0] if item.side == BOTH else Side(item.side)
                    full = dose_of(exercise, standing(course.plan, side=side, exercise=exercise))
                    assert item.dose.reps == full.reps
                    assert item.dose.sets == {1: 1, 2: 1, 3: 2, 4: 2, 6: 3}[full.sets]


@over_lives
def test_stage_0_holds_nothing_but_the_gentle_two(life):
    """In Stage 0, or with pain of 4 or 5 today: E15 and E06 at most, and E06 only with pain of 2 or less in Stage 0."""
    for now, course, shown in offers(life):
        for side in SIDES:
            settling = course.plan.on(side).stage is Stage.SETTLE
            if settling or easy_day(course, now, side):
                assert {item.exercise for item in of_side(shown, side)} <= {"E06", "E15"}
            if settling and any(item.exercise == "E06" for item in of_side(shown, side)):
                assert current_pain(course, side, day=now.date()) <= 2


@over_lives
def test_a_trial_is_shown_once_when_a_side_has_just_come_into_its_stage(life):
    """A trial only while it is due, before everything but the warm-up; a side that follows has none (D24)."""
    for _now, course, shown in offers(life):
        following = followers(course.plan.profile, hurting=hurting(course))
        for item in shown.items:
            if item.trial:
                sides = SIDES if item.side == BOTH else (Side(item.side),)
                assert any(course.plan.on(side).trial for side in sides)
                assert item.dose.sets == 1
                assert any(side not in following or course.plan.on(side).trial for side in sides)
        first = [item.trial for item in shown.items if item.slot > 1]
        assert first == sorted(first, reverse=True)


@over_lives
def test_loads_are_ones_she_has(life):
    """Every weight or band shown is among what she said she has."""
    for _, course, shown in offers(life):
        wish = course.wish.equipment
        for item in shown.items:
            if item.load.kind == "kg":
                assert item.load.kg in (*wish.kg, *wish.cable_kg)
            if item.load.kind == "band":
                assert 1 <= item.load.band <= wish.bands


@over_lives
def test_what_is_left_out_says_why(life):
    """Nothing that the stage has is missing without a reason the clinic can put into words."""
    for now, course, _ in offers(life)[::4]:
        for here in select(course, plan=course.plan, knowledge=KNOWLEDGE, now=now).values():
            for left in here.left_out:
                assert left.reasons
                assert all(reason.rule in KNOWLEDGE.rules for reason in left.reasons)
                assert not here.has(left.exercise)


@over_lives
def test_two_sessions_a_week_at_65_with_the_heaviest_line_or_after_a_sore_week(life):
    """Three only below 65, when nothing stands on an 8RM line and last week's sessions were quiet (X33, D34)."""
    for look in lived(life).looks[::3]:
        if look.course.plan is None or look.course.plan.mode != "course":
            continue
        calendar = Reading(look.course, knowledge=KNOWLEDGE, now=look.now).calendar
        often = calendar.frequency_on(look.now.date())
        assert often in (2, 3)
        if life.who.born < "1961" or life.who.sessions == 2:
            assert often == 2
