"""Where an exercise stands on its ladder (D-S), and what is prescribed from there (D04, D46, D47, D55, D62)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from psoas.knowledge.schema import Exercise, Knowledge, Step
from psoas.pathway.decisions import Held, Plan, SidePlan
from psoas.terms import BOTH, NO_LOAD, Dose, Load, Side, Stage


def slot_in(exercise: Exercise, stage: Stage) -> int:
    """The exercise's slot in that stage (E06 is the main exercise in stages 0 and 1, an activation in stage 2)."""
    return exercise.slots.get(stage.value, exercise.slot)


def bilateral(exercise: Exercise, step: int) -> bool:
    """Whether both sides work at once on that step: one step, one run (D23)."""
    return exercise.sided == BOTH or (exercise.sided == "by_step" and step <= exercise.both_steps)


def standing(plan: Plan, *, side: Side, exercise: Exercise) -> Held:
    """Where the exercise stands on that side, or would enter; a bilateral one stands where the worse side does.

    While one side is still on a step that both sides do at once, so is the other: one step, one run (D23).
    """
    mine = _standing(plan.on(side), exercise)
    if exercise.sided == "by_step" and plan.on(side.other).stage not in exercise.stages:
        return mine
    others = _standing(plan.on(side.other), exercise)
    low = min((mine, others), key=lambda held: held.step)
    if not bilateral(exercise, low.step):
        return mine
    return replace(low, since=max(mine.since, others.since)) if mine.step == others.step else low


def _standing(here: SidePlan, exercise: Exercise) -> Held:
    held = here.held.get(exercise.id)
    if held is None:
        return Held(step=entry_step(exercise, here.stage), since=here.entered, find=exercise.load != "none")
    if held.since < here.entered:  # brought along from another stage: it enters no lower than that stage does
        step = min(max(held.step, entry_step(exercise, here.stage)), top_step(exercise, here.stage))
        return replace(held, step=step, since=here.entered)
    return held


def entry_step(exercise: Exercise, stage: Stage) -> int:
    """The step on which the exercise enters that stage."""
    return exercise.enters.get(stage.value, 1)


def top_step(exercise: Exercise, stage: Stage, *, irritable: bool = False) -> int:
    """The highest step open in that stage; an irritable side stays with the bilateral steps of E03 (D-S)."""
    top = exercise.tops.get(stage.value, len(exercise.ladder))
    return min(top, exercise.both_steps) if irritable and exercise.sided == "by_step" else top


def step_of(exercise: Exercise, number: int) -> Step:
    """The line of the ladder with that number, from 1."""
    return exercise.ladder[min(max(number, 1), len(exercise.ladder)) - 1]


def lines_held(plan: Plan, *, side: str, knowledge: Knowledge) -> Iterator[Step]:
    """The lines on which the main hip-flexor exercises of that side stand."""
    here = plan.on(Side(side))
    for exercise_id, held in here.held.items():
        exercise = knowledge.exercises[exercise_id]
        if here.stage in exercise.stages and slot_in(exercise, here.stage) == 4:
            yield step_of(exercise, held.step)


def dose_of(exercise: Exercise, held: Held) -> Dose:
    """The full dose of where it stands, extra repetitions above the last line included (D46)."""
    dose = step_of(exercise, held.step).dose
    return replace(dose, reps=dose.reps + held.extra_reps) if held.extra_reps else dose


# ---- a smaller dose (D04: rounded down, at least one unit smaller, never below 1)


def cut_dose(
    dose: Dose, *, load: Load, exercise: Exercise, knowledge: Knowledge, loads: tuple[Load, ...]
) -> tuple[Dose, Load]:
    """A fifth less (D55): of the load where there is one, of the hold for E17, else of the repetitions."""
    share = 1 - knowledge["cut_percent"] / 100
    lighter = lighter_load(load, share=share, loads=loads)
    if lighter is not None:
        return dose, lighter
    if exercise.id == "E17" or dose.reps == 1:
        return _shorter(dose, share), load
    return replace(dose, reps=_less(dose.reps, share)), load


def _shorter(dose: Dose, share: Decimal) -> Dose:
    if dose.hold_s:
        return replace(dose, hold_s=_less(dose.hold_s, share))
    if dose.metres:
        return replace(dose, metres=_less(dose.metres, share))
    return replace(dose, sets=_less(dose.sets, share))


def _less(number: int, share: Decimal) -> int:
    return max(min(int(number * share), number - 1), 1)


def lighter_load(load: Load, *, share: Decimal, loads: tuple[Load, ...]) -> Load | None:
    """The heaviest available load at or under that share of this one; None without an external load or a lighter one."""
    if load.kind == "kg" and load.kg is not None:
        lighter = [other for other in loads if other.kg is not None and other.kg <= load.kg * share]
        return lighter[-1] if lighter else None
    if load.kind == "band" and load.band is not None:
        lighter = [other for other in loads if other.band is not None and other.band < load.band]
        return lighter[-1] if lighter else None
    return None


def light_dose(dose: Dose) -> Dose:
    """The dose of a deload week: 3 sets become 2, 2 become 1, 1 stays (D62); 4 become 2."""
    return replace(dose, sets={1: 1, 2: 1, 3: 2}.get(dose.sets, dose.sets // 2))


# ---- loads (D46, D47)


Felt = Callable[[Load, Load], Decimal | None]
"""How much more the hip carries with the second load than with the first, in percent; None where nobody knows."""


def not_felt(_before: Load, _after: Load) -> Decimal | None:
    """Nobody has worked out what the hip carries."""
    return None


class Heavier(Struct, frozen=True):
    """The next load, the rise in percent where it is worth a warning, and how much more the hip carries, if that is known."""

    load: Load
    jump: Decimal | None = None
    hip: Decimal | None = None


def next_load(load: Load, *, loads: tuple[Load, ...], knowledge: Knowledge, felt: Felt = not_felt) -> Heavier | None:
    """The largest load within +10 %, else the smallest above with the rise in percent; None when there is none (D46).

    Within is what lies within on the weight itself and, where that is known, at the hip. Of bands the next comes.
    """
    if load.kind == "hand":  # against her own hand she simply presses more, by effort (D32)
        return Heavier(load)
    limit = knowledge["load_step_max"]
    heavier = [other for other in loads if weight(other) > weight(load)]
    for other in reversed([other for other in heavier if load.kg and _kilograms(load, other) <= limit]):
        hip = felt(load, other)
        if hip is None or hip <= limit:
            return Heavier(other, hip=hip)
    return _smallest(load, heavier[0], hip=felt(load, heavier[0]), limit=limit) if heavier else None


def _smallest(load: Load, above: Load, *, hip: Decimal | None, limit: Decimal) -> Heavier:
    """The smallest load above, with the larger of its rises where that is beyond the limit."""
    rises = [_kilograms(load, above)] if load.kg else []
    most = max([*rises, *([] if hip is None else [hip])], default=limit)
    return Heavier(above, jump=most if most > limit else None, hip=hip)


def _kilograms(load: Load, other: Load) -> Decimal:
    """By how many percent the other weighs more."""
    return (weight(other) / weight(load) - 1) * 100


def weight(load: Load) -> Decimal:
    """Kilograms, or the grade of a band: only loads of one kind compare."""
    return load.kg or Decimal(load.band or 0)


def sought(held: Held, loads: tuple[Load, ...]) -> bool:
    """Whether the load is still to be found: never found yet, or no longer at hand in the form that is done (D32, D47)."""
    return bool(loads) and loads[0].kind in ("kg", "band") and (held.find or held.load not in loads)


def lightest(loads: tuple[Load, ...]) -> Load:
    """The load to begin with: upward from the lightest (D47)."""
    return loads[0] if loads else NO_LOAD
