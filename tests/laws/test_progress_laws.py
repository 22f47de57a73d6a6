"""Laws of going up and stepping back: what earns a step, what holds it, how far one decision goes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from lives import lived, over_lives
from people import KNOWLEDGE
from psoas.pathway import decisions as d
from psoas.pathway.counting import Reading
from psoas.pathway.due import check_due, form_due
from psoas.pathway.gates import highest
from psoas.pathway.seen import Sat
from psoas.pathway.selection import select
from psoas.pathway.sides import followers, hurting
from psoas.pathway.standing import dose_of, standing
from psoas.terms import BOTH, SIDES, STAGES, Answer, Side, Stage

D = Decimal
WEIGHTS = {name: exercise.weight for name, exercise in KNOWLEDGE.exercises.items()}


def sides_of(change):
    """The sides a change concerns."""
    return SIDES if change.side == BOTH else (Side(change.side),)


def rose(change, before) -> bool:
    """Whether the change takes something up."""
    match change:
        case d.StepTo():
            kilos = (change.load.kg or change.load.band or 0) > (change.was_load.kg or change.was_load.band or 0)
            return change.step > change.was or change.extra_reps > 0 or kilos
        case d.StageTo():
            return change.stage > before.plan.on(change.side).stage
        case d.Joins():
            return True
    return False


def fell(change, before) -> bool:
    """Whether the change takes something down."""
    match change:
        case d.StepTo():
            return change.step < change.was and not rose(change, before)  # with the next load fewer repetitions (D46)
        case d.StageTo():
            return change.stage < before.plan.on(change.side).stage
        case d.CutNext():
            return True
        case d.Leaves(until=until):
            return until != "episode"  # a stretch that ends with the check is no drop (CL8)
    return False


def rises(life):
    """Every change upwards, with the step of the record that made it."""
    for step, decision in lived(life).decisions:
        if step.before.plan is not None:
            for change in decision.changes:
                if rose(change, step.before):
                    yield step, decision, change


def look(step) -> Reading:
    """The course as the decision saw it."""
    return Reading(step.before, knowledge=KNOWLEDGE, now=step.entry.at)


def flawless(sat: Sat, course, exercise: str, side: Side) -> bool | None:
    """Plainly, from the record: was it clean on that side? None where it was not begun."""
    shown = sat.done.shown.items
    places = [n for n, i in enumerate(shown) if i.exercise == exercise and i.side in (side.value, BOTH) and not i.trial]
    sets = [s for s in sat.done.sets if s.item in places and s.did != "none"]
    if not sets:
        return None
    told = [m.body for m in course.mornings.get(sat.done.session, ()) if m.day > sat.day]
    if not told or len(sets) != shown[places[0]].dose.sets:
        return False
    now, before = told[0].now.get(side), sat.done.before.get(side)
    return (
        all(s.did == "all" and s.compensations == () and s.signs is not None for s in sets)
        and all((pain := s.pain.get(side)) is not None and pain <= 2 for s in sets)
        and not any({"sharp", "catching"} & set(s.signs) for s in sets)
        and now is not None
        and before is not None
        and now - before <= 1
        and told[0].settled is not Answer.NO
        and sat.done.limp is not Answer.YES
    )


@over_lives
def test_a_step_up_needs_the_last_three_sessions_of_it_to_be_clean(life):
    """Of the newest three sessions in which the exercise was begun, every one was clean and answered for (PR1)."""
    for step, decision, change in rises(life):
        if isinstance(change, d.StepTo) and decision.moment == "morning":
            for side in sides_of(change):
                all_of_it = [flawless(sat, step.before, change.exercise, side) for sat in step.before.sats]
                last = [seen for seen in all_of_it if seen is not None][-3:]
                assert last == [True, True, True]


@over_lives
def test_a_stage_up_needs_three_clean_sessions_of_what_its_gate_names(life):
    """From Stage 1 on: the main exercises of the gate were clean in their newest three sessions (D50)."""
    named = {Stage.ACTIVATE: ("E06",), Stage.CONTROL: ("E16a",), Stage.INTEGRATE: ("E12", "E11")}
    for step, decision, change in rises(life):
        if isinstance(change, d.StageTo) and change.how == "gate" and decision.moment == "morning":
            old = step.before.plan.on(change.side).stage
            shown = {i.exercise for sat in step.before.sats[-3:] for i in sat.done.shown.items if i.side == change.side}
            for exercise in named.get(old, ()):
                if exercise in shown:
                    told = [flawless(sat, step.before, exercise, change.side) for sat in step.before.sats]
                    assert [seen for seen in told if seen is not None][-3:] == [True, True, True]


@over_lives
def test_what_is_not_known_never_goes_up(life):
    """A side goes up only after a session of it that is green through and through: sets, signs, limp, next morning."""
    for step, decision, change in rises(life):
        if decision.moment == "morning":
            here = look(step)
            for side in sides_of(change):
                assert here.zone(len(step.before.sats) - 1, side) == "green"
                assert step.before.sats[-1].done.stressors == ()


@over_lives
def test_after_a_session_things_go_up_only_when_its_morning_was_answered(life):
    """A morning forgotten, or told too late, holds."""
    for step, _, change in rises(life):
        if isinstance(change, (d.StepTo, d.Joins)):
            assert step.before.sats[-1].done.session in step.before.mornings


@over_lives
def test_one_decision_takes_one_thing_up(life):
    """One stage, one step of one exercise, or one exercise joining (PR3, D44)."""
    for step, decision in lived(life).decisions:
        up = [change for change in decision.changes if step.before.plan is not None and rose(change, step.before)]
        kinds = {(type(change), getattr(change, "exercise", "")) for change in up}
        assert len(kinds) <= 1
        assert len({(type(c), getattr(c, "exercise", ""), side) for c in up for side in sides_of(c)}) <= len(SIDES)


@over_lives
def test_a_step_up_changes_one_line_or_one_load(life):
    """One line, two repetitions or one load more; a heavier load never comes with more repetitions."""
    for _, _, change in rises(life):
        if isinstance(change, d.StepTo):
            assert change.step <= change.was + 1
            exercise = KNOWLEDGE.exercises[change.exercise]
            if change.load != change.was_load:
                now, was = exercise.ladder[change.step - 1].dose, exercise.ladder[change.was - 1].dose
                assert now.reps + change.extra_reps <= was.reps + 6
                assert (
                    change.step == change.was
                    or exercise.ladder[change.was - 1].rm is not None
                    or change.extra_reps <= 0
                )


@over_lives
def test_a_load_rises_by_a_tenth_at_most_or_by_the_next_there_is_with_a_warning(life):
    """Within 10 %, else the smallest load above with its jump named (PR5, D46)."""
    for step, decision, change in rises(life):
        if isinstance(change, d.StepTo) and change.load.kind == "kg" and change.was_load.kg and change.load.kg:
            wish = step.before.wish.equipment
            owned = sorted({*wish.kg, *wish.cable_kg})
            rise = (change.load.kg / change.was_load.kg - 1) * 100
            if rise > 10:
                assert change.jump is not None
                assert any(reason.rule == "PR5" and "jump" in reason.values for reason in decision.reasons)
                smaller = [kg for kg in owned if change.was_load.kg < kg < change.load.kg]
                assert not smaller or (wish.kg and wish.cable_kg)
        if isinstance(change, d.StepTo) and change.load.kind == "band" and change.was_load.kind == "band":
            assert change.load.band <= change.was_load.band + 1


@over_lives
def test_nothing_goes_up_beside_a_drop(life):
    """A decision that takes anything down takes nothing up, on either side (D43)."""
    for step, decision in lived(life).decisions:
        if step.before.plan is not None and any(fell(change, step.before) for change in decision.changes):
            ups = [
                c
                for c in decision.changes
                if rose(c, step.before) and not (isinstance(c, d.StageTo) and c.how == "tests")
            ]
            assert ups == []


@over_lives
def test_the_sides_are_never_more_than_one_stage_apart(life):
    """The higher side at most one stage above the lower; 4a and 4b are entered and left together (D23)."""
    for step in lived(life).steps:
        if step.after.plan is not None:
            left, right = step.after.plan.left.stage, step.after.plan.right.stage
            assert abs(STAGES.index(left) - STAGES.index(right)) <= 1
            assert left == right or max(left, right) < Stage.INTEGRATE


@over_lives
def test_a_follower_is_never_ahead(life):
    """The pain-free side that follows is in no higher stage, and on no higher step, than the side it follows (D23)."""
    for step, decision in lived(life).decisions:
        plan = step.after.plan
        if plan is None or not any(rose(change, step.before) for change in decision.changes if step.before.plan):
            continue
        for side in followers(plan.profile, hurting=hurting(step.after)):
            assert plan.on(side).stage <= plan.on(side.other).stage
            for change in decision.changes:
                if (
                    isinstance(change, d.StepTo)
                    and side in sides_of(change)
                    and plan.on(side).stage == plan.on(side.other).stage
                ):
                    exercise = KNOWLEDGE.exercises[change.exercise]
                    mine, others = (standing(plan, side=of, exercise=exercise) for of in (side, side.other))
                    assert mine.step <= others.step


@over_lives
def test_no_stage_above_her_goal_or_what_is_open_to_her(life):
    """A gate never leads above the goal stage, nor above what pregnancy, bone or a clearance allow (D50, D71)."""
    for step, _, change in rises(life):
        if isinstance(change, d.StageTo) and change.how == "gate":
            assert change.stage <= highest(look(step))


@over_lives
def test_a_stage_lasts_its_time(life):
    """A week in Stage 0 and 1, two in 2, three in 3, two in 4a, counted from the first session there (PR12)."""
    weeks = {Stage.SETTLE: 7, Stage.ACTIVATE: 7, Stage.CONTROL: 14, Stage.LOAD: 21, Stage.INTEGRATE: 14}
    for step, _, change in rises(life):
        if isinstance(change, d.StageTo) and change.how == "gate":
            here = step.before.plan.on(change.side)
            first = [sat.day for sat in step.before.sats if sat.done.began >= here.entered]
            since = here.entered.date() if here.stage is Stage.SETTLE else first[0]
            assert (step.entry.day - since).days >= weeks[here.stage]


@over_lives
def test_nothing_goes_up_in_maintenance_in_an_easier_week_or_while_something_is_overdue(life):
    """Maintenance, a deload week, a check overdue, form not looked at again, a hold by a clinician's row: the same again."""
    for step, decision, change in rises(life):
        if decision.moment in ("morning", "session") and isinstance(change, (d.StepTo, d.StageTo, d.Joins)):
            here = look(step)
            check = check_due(here)
            assert here.plan.mode == "course"
            assert not here.calendar.in_deload(here.today)
            assert check is None or not check.overdue
            assert not form_due(here)
            assert here.plan.held_until is None
            assert step.before.stops == ()


@over_lives
def test_a_drop_raises_nothing(life):
    """After a decision that steps back no exercise stands higher on its ladder than before, on either side."""
    for step, decision in lived(life).decisions:
        if isinstance(decision, (d.Regress, d.Reduce)) and step.after.plan is not None and decision.moment != "tests":
            for side in SIDES:
                before, after = step.before.plan, step.after.plan
                assert after.on(side).stage <= before.on(side).stage
                for name in after.on(side).held:
                    exercise = KNOWLEDGE.exercises[name]
                    if before.on(side).stage in exercise.stages and after.on(side).stage in exercise.stages:
                        now, was = (standing(plan, side=side, exercise=exercise) for plan in (after, before))
                        assert now.step <= was.step


@over_lives
def test_a_red_in_a_set_takes_its_exercise_down_or_out(life):
    """Above 5, sharp or catching in a set: that exercise is lower, cut or away in the next prescription (RG2)."""
    diary = lived(life)
    for step, decision in diary.decisions:
        if decision.moment not in ("session", "morning") or step.before.plan is None:
            continue
        key = decision.about.split(":", 1)[1]
        index = next(n for n, sat in enumerate(step.before.sats) if sat.done.session == key)
        here = look(step)
        known = {x.about for _, x in diary.decisions if x.moment == "session"}
        for side in SIDES:
            for work in here.red_works(index, side):
                if decision.moment == "morning" and f"session:{key}" in known:
                    continue
                name = work.item.exercise
                gone = [c for c in decision.changes if getattr(c, "exercise", name) == name and fell(c, step.before)]
                stopped = any(isinstance(c, d.Stops) for c in decision.changes)
                assert gone or stopped or (WEIGHTS[name] == 0 and work.item.slot == 1)


@over_lives
def test_hip_flexor_work_grows_by_a_fifth_a_week_at_most_or_once_in_seven_days(life):
    """A step that raises a side's work beyond 1.2 times that of seven days ago is the only one in seven days (PR6, D48)."""
    for step, _, change in rises(life):
        if not isinstance(change, d.StepTo) or WEIGHTS[change.exercise] == 0:
            continue
        here, exercise = look(step), KNOWLEDGE.exercises[change.exercise]
        for side in sides_of(change):
            was = dose_of(exercise, standing(here.plan, side=side, exercise=exercise))
            now = dose_of(exercise, d.Held(step=change.step, since=step.entry.at, extra_reps=change.extra_reps))
            more = here.work_in(change.exercise, now) - here.work_in(change.exercise, was)
            lately = [
                c
                for told in step.before.decisions
                if told.day > step.entry.day - dt.timedelta(days=7)
                for c in told.body.decision.changes
                if isinstance(c, d.StepTo) and side in sides_of(c) and WEIGHTS[c.exercise] > 0
                and here.work_in(c.exercise, KNOWLEDGE.exercises[c.exercise].ladder[c.step - 1].dose)
                > here.work_in(c.exercise, KNOWLEDGE.exercises[c.exercise].ladder[c.was - 1].dose)
            ]  # fmt: skip
            if more <= 0 or not lately:
                continue
            entered = here.side(side).entered
            old = [
                s
                for s in step.before.sats
                if s.day <= step.entry.day - dt.timedelta(days=7) and s.done.began >= entered
            ]
            assert old
            assert asked_next(here, side) + more <= work_of(here, old[-1], side) * D("1.2")


def asked_next(here, side):
    """Hip-flexor work that the next session asks of that side in full, before the step."""
    chosen = select(here.course, plan=here.plan, knowledge=KNOWLEDGE, now=here.now)[side].chosen
    exercises = [KNOWLEDGE.exercises[each.exercise] for each in chosen]
    doses = [(each.id, dose_of(each, standing(here.plan, side=side, exercise=each))) for each in exercises]
    return sum((here.work_in(name, dose) for name, dose in doses), D(0))


def work_of(here, sat, side):
    """Hip-flexor work prescribed to that side in that session."""
    items = [i for i in sat.done.shown.items if i.side in (side.value, BOTH) and not i.trial]
    return sum((here.work_in(i.exercise, i.dose) for i in items), D(0))


@over_lives
def test_a_new_stage_begins_with_all_runs_at_nothing(life):
    """Within three sessions of entering a stage no exercise of that side goes up (D50, D59)."""
    for step, _, change in rises(life):
        if isinstance(change, d.StepTo):
            for side in sides_of(change):
                entered = step.before.plan.on(side).entered
                assert sum(1 for sat in step.before.sats if sat.done.began >= entered) >= 3


@over_lives
def test_a_week_of_eight_days_without_a_session_starts_every_run_again(life):
    """The three sessions that earn a step lie less than eight days apart each, and so does the decision (D38)."""
    for step, _, change in rises(life):
        if isinstance(change, d.StepTo):
            for side in sides_of(change):
                days = [
                    sat.day for sat in step.before.sats if flawless(sat, step.before, change.exercise, side) is not None
                ][-3:]
                assert all((b - a).days < 8 for a, b in zip(days, [*days[1:], step.entry.day], strict=True))


@over_lives
def test_more_than_a_point_on_the_next_morning_makes_the_next_session_smaller(life):
    """Amber+ (CP3): the exercises of that side are cut, lower or away in the next session, and none is bigger (D55)."""
    diary = lived(life)
    for step, decision in diary.decisions:
        if isinstance(decision, d.Reduce) and decision.moment == "morning":
            cut = [c for c in decision.changes if isinstance(c, d.CutNext)]
            assert cut
            for change in cut:
                for side in sides_of(change):
                    assert change.exercise in step.after.plan.on(side).cut
